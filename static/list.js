// The list follows what is chosen, in place. Without this file, or when anything fails, its form and links work as they are.
"use strict";

(() => {
  const finder = document.querySelector(".finder");
  const form = finder.querySelector("form");
  const HEAD = "link[rel=canonical], link[rel=alternate], meta[name=robots], meta[name=description]";
  const part = (name, from = document) => from.querySelector(`[data-part=${name}]`);
  const wide = matchMedia("(min-width: 60rem)");
  let shown = location.pathname + location.search;
  let request = null;

  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  finder.before(status);
  form.classList.add("live");

  /* What tells a control again after the page has changed; "" for one that cannot be told. */
  function keyOf(control) {
    if (!control || !finder.contains(control)) return "";
    if (control.id) return `#${CSS.escape(control.id)}`;
    if (control.name && control.value) return `[name="${CSS.escape(control.name)}"][value="${CSS.escape(control.value)}"]`;
    if (control.dataset.key) return `[data-key="${CSS.escape(control.dataset.key)}"]`;
    return control.tagName === "SUMMARY" ? `[data-key="${CSS.escape(control.parentNode.dataset.key)}"] > summary` : "";
  }

  function refresh(address, fresh, go) {
    const focused = document.activeElement;
    const key = go || keyOf(focused);
    const unfolded = new Map([...finder.querySelectorAll("details[data-key]")].map((details) => [details.dataset.key, details]));
    const ticked = [...finder.querySelectorAll("[name=codigo]:checked")].map(keyOf);
    for (const old of document.querySelectorAll("[data-part]")) {
      const made = part(old.dataset.part, fresh);
      for (const details of made.querySelectorAll("details[data-key]")) {
        const before = unfolded.get(details.dataset.key);
        if (before) details.open = before.open;
      }
      old.replaceWith(made);
      for (const details of made.querySelectorAll("details[open]")) {
        const before = unfolded.get(details.dataset.key)?.querySelector(".checks");
        if (before) details.querySelector(".checks").scrollTop = before.scrollTop;
      }
    }
    ticked.forEach((practice) => finder.querySelector(practice)?.click());
    const box = form.querySelector("[name=q]");
    if (box !== focused) box.value = fresh.querySelector("[name=q]").value;
    document.querySelectorAll(HEAD).forEach((old) => old.remove());
    document.head.append(...fresh.head.querySelectorAll(HEAD));
    document.title = fresh.title;
    for (const link of document.querySelectorAll("body a[hreflang]")) {
      link.href = fresh.querySelector(`body a[hreflang="${link.hreflang}"]`)?.href || link.href;
    }
    if (focused !== document.activeElement || go) {
      const control = (key && finder.querySelector(key)) || finder.querySelector("#resultados");
      if (go || focused !== document.body) control.focus();
    }
    status.textContent = part("results").dataset.count;
    shown = address;
  }

  /* Fetch the page of that address and show it here. `go`: where the focus goes, else it stays where it is. */
  async function show(address, { go = "", back = false } = {}) {
    request?.abort();
    const mine = new AbortController();
    request = mine;
    part("results").setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal });
      if (!answer.ok || answer.redirected) throw new Error("not a list");
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (request !== mine) return;
      if (!["sentence", "filters", "sort", "results"].every((name) => part(name, fresh))) throw new Error("not a list");
      if (!back && address !== shown) history.pushState(null, "", address);
      refresh(address, fresh, go);
    } catch {
      // A later choice took the place of this one; or else the browser goes there by itself.
      if (request !== mine) return;
      if (back) location.reload();
      else location.assign(address);
    }
  }

  function chosen() {
    const pairs = [...new FormData(form)].filter(([, value]) => value);
    const query = new URLSearchParams(pairs).toString();
    return form.getAttribute("action") + (query && `?${query}`);
  }

  form.addEventListener("change", (event) => {
    if (event.target.matches("[type=checkbox], select")) show(chosen());
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const seeks = document.activeElement?.closest(".facet-search") || event.submitter?.closest(".facet-search");
    if (!seeks && !wide.matches) form.querySelector(".filters")?.removeAttribute("open");
    show(chosen(), { go: seeks ? `#${CSS.escape(seeks.querySelector("input").id)}` : "#resultados" });
  });

  finder.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const address = new URL(link.getAttribute("href"), location.href);
    if (address.origin !== location.origin || address.pathname !== form.getAttribute("action")) return;
    event.preventDefault();
    show(address.pathname + address.search, { go: link.dataset.key ? "" : "#resultados" });
  });

  addEventListener("popstate", () => {
    const address = location.pathname + location.search;
    if (address !== shown) show(address, { back: true });
  });
})();
