"""What a first visit of each page costs the visitor: `python -m bench.pages http://127.0.0.1:8000 [PATH …]`.

Against a server started as in production (`make serve`, or `make run`), with an empty cache for each page: requests,
bytes over the wire as the browser counts them, and the layout shift.
"""

import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import chromium

PATHS = ["/", "/practicas/", "/practicas/BP-ANDESCO-SSPD-002-2020/", "/panorama/", "/comparar/"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SHIFT = """() => new Promise(told => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => told(sum), 500);
})"""


@dataclass
class Visit:
    path: str
    requests: int = 0
    bytes: int = 0
    shift: float = 0.0


def visit(browser: Browser, base: str, path: str) -> Visit:
    """The page opened by somebody who has never been here, on a telephone's width."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page, found = context.new_page(), Visit(path)
    session = context.new_cdp_session(page)
    session.send("Network.enable")

    def arrived(event: dict) -> None:
        found.requests += 1
        found.bytes += int(event["encodedDataLength"])

    session.on("Network.loadingFinished", arrived)
    page.goto(base + path, wait_until="networkidle")
    found.shift = page.evaluate(SHIFT)
    context.close()
    return found


def main(base: str, *paths: str) -> None:
    sys.stdout.write(f"{'page':45} {'requests':>8} {'kB':>7} {'shift':>6}" + "\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        for path in paths or PATHS:
            found = visit(browser, base.rstrip("/"), path)
            sys.stdout.write(f"{found.path:45} {found.requests:8} {found.bytes / 1000:7.1f} {found.shift:6.3f}" + "\n")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
