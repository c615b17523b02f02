"use strict";
// A paste with lists, links or tables becomes the text that the catalogue would keep of it; it can be undone.
{
    const LONGEST = 2_000_000;
    const WORTHWHILE = /<(li|table|a\s[^>]*href|h[1-6])\b|mso-list|MsoListParagraph/i;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;

    const insert = (field, text) => {
        field.focus();
        // Of the two ways only this old one can be undone with Ctrl+Z.
        if (!document.execCommand("insertText", false, text)) {
            field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
            field.dispatchEvent(new Event("input", { bubbles: true }));
        }
    };

    const copied = (html) => {
        const start = html.indexOf("<!--StartFragment-->");
        const end = html.lastIndexOf("<!--EndFragment-->");
        return start >= 0 && end > start ? html.slice(start, end) : html;
    };

    const asText = async (address, html) => {
        const answer = await fetch(address, {
            method: "POST",
            headers: { "X-CSRFToken": token },
            body: new URLSearchParams({ text: html }),
        });
        if (!answer.ok || answer.redirected) {
            throw new Error(answer.status);
        }
        return answer.text();
    };

    document.querySelectorAll(".writing textarea").forEach((field) => {
        const box = field.closest(".writing").querySelector("[data-paste]");
        field.addEventListener("paste", async (event) => {
            const html = copied(event.clipboardData.getData("text/html"));
            const plain = event.clipboardData.getData("text/plain");
            if (!box || !token || html.length > LONGEST || !WORTHWHILE.test(html)) {
                return;
            }
            event.preventDefault();
            const { selectionStart, selectionEnd } = field;
            let text = plain;
            try {
                text = await asText(box.dataset.paste, html) || plain;
            } catch {
                // The plain text of the clipboard has the same words.
            }
            field.setSelectionRange(selectionStart, selectionEnd);
            insert(field, text);
        });
    });
}
