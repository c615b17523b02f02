// Suggestions in the search box: an ARIA 1.2 combobox with a listbox. Without this file the form works as it is.
"use strict";

(() => {
  const WAIT = 120;
  const SHORTEST = 2;

  function enhance(row) {
    const input = row.querySelector("input");
    const words = row.dataset;
    let options = [];
    let active = -1;
    let timer = 0;
    let request = null;

    const list = element("ul", "suggestions");
    list.id = `${input.id}-suggestions`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.name);
    const status = element("p", "unseen");
    status.setAttribute("role", "status");
    row.append(list, status);

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function element(name, className, text = "") {
      const made = document.createElement(name);
      made.className = className;
      made.textContent = text;
      return made;
    }

    function forget() {
      clearTimeout(timer);
      request?.abort();
      request = null;
    }

    function close() {
      forget();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      choose(-1);
    }

    function choose(place) {
      active = place;
      options.forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
      if (place < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", options[place].id);
        options[place].scrollIntoView({ block: "nearest" });
      }
    }

    function option(suggestion, number) {
      const made = element("li", "suggestion");
      made.id = `${list.id}-${number}`;
      made.dataset.url = suggestion.url;
      made.setAttribute("role", "option");
      made.setAttribute("aria-selected", "false");
      const label = element("span", "", suggestion.label);
      label.lang = "es";
      made.append(label, element("span", "suggestion-kind", words[suggestion.kind]));
      if (suggestion.code) made.append(element("small", "code", suggestion.code));
      return made;
    }

    function show(suggestions) {
      options = suggestions.map(option);
      list.replaceChildren(...options);
      list.hidden = !options.length;
      list.scrollTop = 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      choose(-1);
      if (!options.length) status.textContent = words.none;
      else if (options.length === 1) status.textContent = words.one;
      else status.textContent = words.many.replace("{number}", options.length);
    }

    async function ask() {
      const text = input.value.trim();
      if (text.length < SHORTEST) {
        status.textContent = "";
        return;
      }
      const mine = new AbortController();
      request = mine;
      try {
        const answer = await fetch(`${words.address}?q=${encodeURIComponent(text)}`, { signal: mine.signal });
        const found = answer.ok ? (await answer.json()).suggestions : [];
        if (request === mine && document.activeElement === input) show(found);
      } catch {
        // Asked again since, or the network is away: typing goes on as if there were no suggestions.
      }
    }

    function move(step) {
      const places = options.length + 1;
      choose(((active + 1 + step + places) % places) - 1);
    }

    input.addEventListener("input", () => {
      forget();
      if (input.value.trim().length < SHORTEST) close();
      else choose(-1);
      timer = setTimeout(ask, WAIT);
    });

    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (open) move(event.key === "ArrowDown" ? 1 : -1);
        else ask();
      } else if (event.key === "Enter" && open && active >= 0) {
        event.preventDefault();
        location.assign(options[active].dataset.url);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        close();
        status.textContent = "";
      } else if (event.key === "Tab" || event.key === "Enter") {
        close();
      }
    });

    input.addEventListener("blur", close);
    // A press on the list must not take the focus from the box, or the list would close under the pointer.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const chosen = event.target.closest("[role=option]");
      if (chosen) location.assign(chosen.dataset.url);
    });
  }

  document.querySelectorAll("[data-search]").forEach(enhance);
})();
