"use strict";
// Whoever leaves a form with something typed and not saved is asked first. What the form says is compared with what
// it said when it was opened, so rows, autocompletes and the pickers of dates count as much as keys do.
{
    const form = document.querySelector("#content-main form[method=post]");
    const said = () => JSON.stringify(
        Array.from(new FormData(form), ([name, value]) => [name, value instanceof File ? value.name : value]),
    );
    if (form) {
        // A form that came back, because something in it is wrong or its session had ended, is not saved yet.
        const cameBack = form.querySelector("[data-unsaved], .errornote, .errorlist") !== null;
        let opened = cameBack ? null : said();
        let sent = false;
        window.addEventListener("load", () => {
            // The scripts of the admin have drawn what they draw.
            opened = cameBack ? null : said();
        });
        form.addEventListener("submit", () => {
            sent = true;
        });
        window.addEventListener("pageshow", () => {
            sent = false;
        });
        window.addEventListener("beforeunload", (event) => {
            if (!sent && said() !== opened) {
                event.preventDefault();
            }
        });
    }
}
