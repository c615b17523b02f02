"use strict";
// Counts what is written beside the length that is advised; tells a screen reader only when little more fits.
{
    const status = document.createElement("div");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");

    const NEAR = 0.9;
    const number = new Intl.NumberFormat(document.documentElement.lang || "es");

    const count = (field, line) => {
        const length = [...field.value.replace(/\r\n?/g, "\n").trim()].length;
        const { advised, limit, counted } = line.dataset;
        if (!length) {
            line.textContent = line.dataset.words;
        } else {
            line.textContent = counted.replace("{count}", number.format(length));
        }
        line.classList.toggle("beyond-advised", length > Number(advised));
        line.classList.toggle("beyond-limit", length > Number(limit));
        return length >= NEAR * Number(limit);
    };

    let waiting;
    const announce = (line) => {
        clearTimeout(waiting);
        waiting = setTimeout(() => { status.textContent = line.textContent; }, 1000);
    };

    const lineOf = (field) => document.getElementById(`${field.id}_length`);

    const countAll = (root) => root.querySelectorAll(".length").forEach((line) => {
        const field = document.getElementById(line.id.replace(/_length$/, ""));
        line.dataset.words ??= line.textContent;
        if (field) {
            count(field, line);
        }
    });

    // A new row is a copy of an empty one, whose descriptions still have the name of the copy.
    const describe = (row) => row.querySelectorAll("[aria-describedby*='__prefix__']").forEach((field) => {
        const place = field.name.match(/-(\d+)-/);
        if (place) {
            field.setAttribute("aria-describedby", field.getAttribute("aria-describedby").replaceAll("__prefix__", place[1]));
        }
    });

    document.body.append(status);
    countAll(document);
    document.addEventListener("input", (event) => {
        const line = lineOf(event.target);
        if (line?.classList.contains("length") && count(event.target, line)) {
            announce(line);
        }
    });
    document.addEventListener("formset:added", (event) => {
        describe(event.target);
        countAll(event.target);
    });
}
