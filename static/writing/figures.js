"use strict";
// "Propose figures": the rows that the impact's bullets give, each to be added or left.
{
    const ROWS = "metric_set";
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    const group = document.getElementById(`${ROWS}-group`);
    const control = (number, name) => document.getElementById(`id_${ROWS}-${number}-${name}`);
    const total = () => Number(document.getElementById(`id_${ROWS}-TOTAL_FORMS`).value);
    const numbers = () => [...Array(total()).keys()];

    const present = () => numbers()
        .filter((number) => !control(number, "DELETE")?.checked)
        .flatMap((number) => [control(number, "text").value, control(number, "label").value]);

    const isEmpty = (number, names) => names.every((name) => !control(number, name).value) && !control(number, "id")?.value;

    // A row that stands empty, or one more.
    const place = (names) => {
        const empty = numbers().find((number) => isEmpty(number, names));
        if (empty !== undefined) {
            return empty;
        }
        group.querySelector(".add-row a").click();
        return total() - 1;
    };

    const add = (row) => {
        const number = place(Object.keys(row));
        for (const [name, value] of Object.entries(row)) {
            const field = control(number, name);
            field.value = value;
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
    };

    // What is counted is said once: "355 peticiones resueltas", but "98,5 % usuarios satisfechos".
    const figure = (row) => {
        const number = row.baseline ? `${row.baseline} → ${row.value}` : row.value;
        return row.label.startsWith(row.unit) ? number : `${number} ${row.unit}`;
    };

    const offer = (box, row) => {
        const item = document.createElement("li");
        const words = document.createElement("span");
        const strong = document.createElement("strong");
        const button = document.createElement("button");
        words.lang = "es";
        strong.textContent = figure(row);
        words.append(strong, ` ${[row.label, row.period].filter(Boolean).join(" · ")}`);
        words.id = `proposal-${Math.random().toString(36).slice(2)}`;
        button.type = "button";
        button.className = "button";
        button.textContent = box.dataset.add;
        button.setAttribute("aria-describedby", words.id);
        button.addEventListener("click", () => {
            add(row);
            const next = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector("button");
            item.remove();
            (next ?? box.querySelector("button")).focus();
            say(box, box.dataset.added);
        });
        item.append(words, button);
        return item;
    };

    const say = (box, text) => { box.querySelector("[role=status]").textContent = text; };

    const ask = async (box) => {
        const body = new URLSearchParams({ text: document.getElementById("id_impact").value });
        present().forEach((text) => body.append("present", text));
        try {
            const answer = await fetch(box.dataset.address, { method: "POST", headers: { "X-CSRFToken": token }, body });
            const { rows } = await answer.json();
            box.querySelector("ul").replaceChildren(...rows.map((row) => offer(box, row)));
            say(box, rows.length ? box.dataset.found : box.dataset.none);
        } catch {
            say(box, box.dataset.failed);
        }
    };

    document.querySelectorAll(".proposals").forEach((box) => {
        if (!group || !token) {
            return;
        }
        box.querySelector("button").addEventListener("click", (event) => {
            event.preventDefault();
            ask(box);
        });
    });
}
