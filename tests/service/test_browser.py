"""The pages in a real browser: nothing complains, nothing leaves the host, all fits a phone."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from hostagegraph import build
from hostagegraph.queries import Catalogue
from hostagegraph.service.app import create_app
from tests.projects import SOURCE, sample_project
from tests.service.conftest import Service, running

pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
HEADLINE = "/queries/statements-by-anonymous-officials"
PAGES = [
    "/",
    "/queries",
    HEADLINE,
    f"{HEADLINE}?scope=broad",
    f"/id/{SOURCE}/c0103-06",
    f"/id/{SOURCE}/s-stmt-official-0103",
    f"/id/{SOURCE}/u-k",
    "/id/agent/basil-thrumm",
    "/data",
    "/ns",
    "/sparql",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open a browser for this module alone: its driver keeps an event loop in this thread."""
    found = os.environ.get("HOSTAGEGRAPH_BROWSER") or next(
        filter(None, map(shutil.which, NAMES)), ""
    )
    if not found:
        if os.environ.get("HOSTAGEGRAPH_REQUIRE_BROWSER"):
            pytest.fail("no browser found; run: make browser")
        pytest.skip("no browser found; run: make browser")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve the sample as a reader would find it."""
    root: Path = sample_project(tmp_path_factory.mktemp("site"))
    built = build.build(build.Project(root), root / "snapshots")
    yield from running(create_app(built.snapshot, Catalogue.load(root / "queries")))


@pytest.fixture
def page(browser: Browser, site: Service) -> Iterator[Page]:
    """Open a page of a phone's width; any complaint or request to another host fails the test."""
    context = browser.new_context(base_url=site.url, viewport={"width": 390, "height": 800})
    opened = context.new_page()
    problems: list[str] = []

    def guard(route: Route) -> None:
        if route.request.url.startswith(site.url):
            route.continue_()
        else:
            problems.append(f"off-host request: {route.request.url}")
            route.abort()

    opened.on("console", lambda m: problems.append(m.text) if m.type != "log" else None)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    context.route("**/*", guard)
    yield opened
    context.close()
    assert problems == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_and_has_one_heading(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response is not None
    assert response.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_question_is_asked_by_its_form(page: Page) -> None:
    page.goto(HEADLINE)
    expect(page.locator("main")).to_contain_text("Statement under the label of an official")
    rows = page.locator("tbody tr").count()
    page.get_by_label("Scope").select_option("broad")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**scope=broad**")
    assert page.locator("tbody tr").count() > rows


def test_a_row_leads_to_the_voice_the_denial_and_the_passage(page: Page) -> None:
    page.goto(HEADLINE)
    page.get_by_role("link", name="two unnamed diplomats said").first.click()
    main = page.locator("main")
    expect(main).to_contain_text("Two Freedonian diplomats")
    expect(main).to_contain_text("denies")
    expect(main.locator(".mark").first).to_have_text("draft")
    expect(main).to_contain_text("characters 946 to 1080")
    expect(main).to_contain_text("Basil Thrumm: denied")


def test_the_first_page_says_that_one_source_is_one_view(page: Page) -> None:
    page.goto("/")
    expect(page.locator("main")).to_contain_text("one newspaper's view")
