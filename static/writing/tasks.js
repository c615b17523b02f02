"use strict";
// A line of the checklist or of the mistakes leads into its field: whatever hides it opens, and the field has the focus.
{
    const CONTROLS = "input:not([type=hidden]), textarea, select, button, .select2-selection";

    const reachable = (control) => control.checkVisibility?.() !== false
        && !control.classList.contains("select2-hidden-accessible");

    // A choice is drawn by select2 beside its select; a list has the focus in the first control of a row.
    const controlOf = (target) => {
        if (target.matches(CONTROLS) && reachable(target)) {
            return target;
        }
        const drawn = target.matches("select") && target.parentElement.querySelector(".select2-selection");
        return drawn || [...target.querySelectorAll(CONTROLS)].find(reachable) || target.querySelector(".add-row a");
    };

    document.addEventListener("click", (event) => {
        const link = event.target.closest(".tasks a, .problems a, .messagelist a[href^='#']");
        const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (!target) {
            return;
        }
        for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) {
            around.open = true;
        }
        const control = controlOf(target);
        if (!control) {
            return;
        }
        event.preventDefault();
        history.pushState(null, "", link.hash);
        (target.closest(".form-row") ?? target).scrollIntoView({ block: "start" });
        control.focus({ preventScroll: true });
    });
}
