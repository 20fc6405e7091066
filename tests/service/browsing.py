"""A browser for tests and screenshots: the one that is installed, or a word on how to get one."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

Open = Callable[..., Page]

ADVICE = "no browser found; run: make browser"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]


def installed() -> str:
    """Find a browser; empty where there is none."""
    return os.environ.get("HOSTAGEGRAPH_BROWSER") or next(
        filter(None, map(shutil.which, _NAMES)), ""
    )


@contextmanager
def opened(path: str) -> Iterator[Browser]:
    """Start it, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def watched(browser: Browser, url: str, problems: list[str] | None = None) -> Iterator[Open]:
    """Open pages of a service; any complaint and any request to another host fails the test.

    Those who share a page over tests give the list of problems, and look at it after each.
    """
    problems = [] if problems is None else problems

    def guard(route: Route) -> None:
        if route.request.url.startswith(url):
            route.continue_()
        else:
            problems.append(f"off-host request: {route.request.url}")
            route.abort()

    with ExitStack() as stack:

        def start(path: str, width: int = 1200, **choices: Any) -> Page:
            context = browser.new_context(
                base_url=url,
                viewport={"width": width, "height": 800},
                reduced_motion="reduce",
                **choices,
            )
            stack.callback(context.close)
            page = context.new_page()
            page.on("console", lambda m: problems.append(m.text) if m.type != "log" else None)
            page.on("pageerror", lambda error: problems.append(str(error)))
            context.route("**/*", guard)
            visit(page, path, scripted=choices.get("java_script_enabled", True))
            return page

        yield start
    assert problems == []


def visit(page: Page, path: str, *, scripted: bool = True) -> None:
    """Go to an address that answers, and wait until the scripts of the page have run."""
    response = page.goto(path)
    assert response is not None
    assert response.status == 200
    if scripted:
        expect(page.locator("html[data-ready]")).to_have_count(1)


def seen(problems: list[str]) -> None:
    """Fail on problems of this test, so that the next one begins without."""
    found, problems[:] = problems[:], []
    assert found == []
