"""What every browser test needs: to follow a link until the next page is there, and to look at a page's faults."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Locator, Page

# Only what is wrong is told, and only its place: all that axe knows of a page takes longer to hand over than to find.
# It would put the style sheets into the page to look at them, which the policy rightly refuses.
EVERY = {"preload": False, "resultTypes": ["violations"]}
# What may change with the width and the colours; the rest is the same page.
DRAWN = {**EVERY, "runOnly": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]}
# Axe makes thousands of colours for one page, each with weak maps as the private fields that old browsers lack, and
# reads the same few colours anew each time: half of its time. Fields by a symbol, and colours read once, say the same.
QUICK_AXE = """(() => {
    class Fields {
        field = Symbol();
        has(of) { return this.field in of; }
        get(of) { return of[this.field]; }
        set(of, value) { of[this.field] = value; return this; }
        add(of) { return this.set(of, true); }
    }
    ((WeakMap, WeakSet) => { %s })(Fields, Fields);
    const known = new Map(), color = axe.commons.color.Color.prototype, parse = color.parseString;
    color.parseString = function (text) {
        if (!known.has(text)) {
            const { r, g, b, alpha } = parse.call(this, text);
            known.set(text, { r, g, b, alpha });
        }
        return Object.assign(this, known.get(text));
    };
})()"""
AXE = QUICK_AXE % AXE_FILE_PATH.read_text(encoding="utf-8")
# To hand it over takes as long as to look at a small page: the window keeps it for every page that it opens later.
KEPT_AXE = f"window.bringAxe = () => {{ {AXE} }}"
READY = "'axe' in window || 'bringAxe' in window && (bringAxe(), true)"
FAULTS = """options => axe.run(document, options).then(({violations}) =>
    violations.flatMap(fault => fault.nodes.slice(0, 2).map(node => `${fault.id} ${node.html.slice(0, 150)}`)))"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def leaving(page: Page) -> Iterator[None]:
    """What is done inside opens another address: go on when that page is loaded, however slow the machine."""
    with page.expect_navigation():
        yield


def follow(way: Locator) -> None:
    """Click what leads to another page (a link, the button of a form), and be there."""
    with leaving(way.page):
        way.click()


def faults(page: Page, rules: dict = EVERY) -> list[str]:
    """What axe finds wrong with the page as it stands."""
    if not page.evaluate(READY):
        page.context.add_init_script(KEPT_AXE)
        page.evaluate(AXE)
    return [f"{page.url} {fault}" for fault in page.evaluate(FAULTS, rules)]


def too_wide(page: Page) -> list[str]:
    """The page, where it scrolls sideways."""
    wider = page.evaluate(WIDER)
    return [f"{page.url} is {wider} px too wide at {page.viewport_size}"] if wider else []
