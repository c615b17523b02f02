"use strict";
// Draws beside each long text what the public will see of it. The server draws it, with the public page's own template.
{
    const PAUSE = 400;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;

    const asked = new WeakMap();
    const draw = async (field, box) => {
        asked.get(box)?.abort();
        const now = new AbortController();
        asked.set(box, now);
        try {
            const answer = await fetch(box.dataset.address, {
                method: "POST",
                headers: { "X-CSRFToken": token },
                body: new URLSearchParams({ text: field.value }),
                signal: now.signal,
            });
            // Whoever is no longer signed in is led to the login: that is no text.
            const good = answer.ok && !answer.redirected;
            box.classList.toggle("stale", !good);
            if (good) {
                box.querySelector(".as-seen-text").innerHTML = await answer.text();
            }
        } catch (problem) {
            if (problem.name !== "AbortError") {
                box.classList.add("stale");
            }
        }
    };

    document.querySelectorAll(".as-seen").forEach((box) => {
        const field = box.closest(".writing").querySelector("textarea");
        if (!field || !token) {
            return;
        }
        box.hidden = false;
        let waiting;
        field.addEventListener("input", () => {
            clearTimeout(waiting);
            waiting = setTimeout(() => draw(field, box), PAUSE);
        });
    });
}
