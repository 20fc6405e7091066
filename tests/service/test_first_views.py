"""What every page of the real data brings along: few bytes, a title, a language, a way past."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.service.browsing import visit
from tests.service.conftest import Service
from tests.service.test_browser_real import HERE, OFFICIALS, PAGES

pytestmark = pytest.mark.browser

HEAVY = {"/sparql"}  # it brings an editor of its own
LIMIT = 100_000


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_itself_its_language_and_the_way_past_its_head(page: Page, path: str) -> None:
    visit(page, path)
    title = page.title()
    assert "hostagegraph" in title
    assert title != "hostagegraph"
    assert page.evaluate("document.documentElement.lang") == "en"
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_no_two_pages_have_one_title(page: Page) -> None:
    titles = {}
    for path in (path for path in PAGES if "?" not in path):
        page.goto(path)
        titles[path] = page.title()
    assert len(set(titles.values())) == len(titles)


@pytest.mark.parametrize("path", [path for path in PAGES if path not in HEAVY])
def test_a_first_view_is_small(browser: Browser, real: Service, path: str) -> None:
    context = browser.new_context(base_url=real.url, viewport={"width": 1200, "height": 800})
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda r: sizes.update({r.url: r.sizes()["responseBodySize"]}))
    page.goto(path)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    context.close()
    assert len(sizes) >= 5
    assert 20_000 < sum(sizes.values()) < LIMIT, sizes


def test_what_is_heavy_is_loaded_where_it_is_used(page: Page) -> None:
    for path in ("/", OFFICIALS, f"{HERE}/c0702-12"):
        page.goto(path)
        scripts = page.locator("script[src]").evaluate_all("all => all.map(each => each.src)")
        assert not [each for each in scripts if "/network-" in each or "/workbench-" in each]
