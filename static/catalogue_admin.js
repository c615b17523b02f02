"use strict";
// What the stock scripts draw has no name for a screen reader: it is given here.
// select2 draws boxes of its own in place of a <select> and gives them no name: take the label's.
{
    const name = (select) => {
        const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
        const drawn = select.parentElement.querySelector(".select2-container");
        if (!label || !drawn) {
            return;
        }
        label.id = `${select.id}_label`;
        const rendered = drawn.querySelector("span.select2-selection__rendered");
        const box = drawn.querySelector(".select2-selection");
        box.setAttribute("aria-labelledby", rendered ? `${label.id} ${rendered.id}` : label.id);
        rendered?.setAttribute("aria-labelledby", label.id);
        drawn.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
    };
    const nameAll = (root) => root.querySelectorAll("select.admin-autocomplete").forEach(name);

    const nameSearchBox = (event) => {
        const label = document.querySelector(`label[for="${CSS.escape(event.target.id)}"]`);
        const box = document.querySelector(".select2-container--open .select2-search--dropdown .select2-search__field");
        box?.setAttribute("aria-label", label?.textContent.replace(/:\s*$/, "") ?? "");
    };

    const $ = window.django?.jQuery;
    // jQuery calls these in the order in which they were asked for: after the admin has drawn its boxes.
    $?.(() => nameAll(document));
    // The search box of a single choice is drawn only while it is open.
    $?.(document).on("select2:open", nameSearchBox);
    document.addEventListener("formset:added", (event) => nameAll(event.target));

    // The two boxes of a date and time share one heading; the pictures beside filters are spans.
    const nameDates = () => document.querySelectorAll(".vDateField, .vTimeField").forEach((field) => {
        const heading = field.closest(".form-row")?.querySelector("legend, label");
        if (!field.labels.length && heading) {
            field.setAttribute("aria-label", heading.textContent.trim());
        }
    });
    const namePictures = () => document.querySelectorAll("span.help-tooltip[aria-label]").forEach((picture) => {
        picture.setAttribute("role", "img");
    });
    window.addEventListener("load", () => {
        nameDates();
        namePictures();
    });
}
