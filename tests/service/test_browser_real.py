"""The real data in a real browser: every kind of page, and the way from question to source."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from hostagegraph import build
from hostagegraph.queries import Catalogue
from hostagegraph.service.app import create_app
from tests.projects import ROOT
from tests.service.browsing import Open, watched
from tests.service.conftest import Service, running
from tests.service.test_browser import RULES

pytestmark = pytest.mark.browser

HERE = "/id/haaretz-2024-07-10"
OFFICIALS = "/queries/statements-by-anonymous-officials"
PAGES = [
    *("/", "/?view=list", "/search?q=official", "/queries", "/about", "/sparql", "/data", "/ns"),
    *(OFFICIALS, f"{OFFICIALS}?view=timeline", "/queries/leak-paths", "/queries/mandate-changes"),
    *("/mandates", "/mandates?as_of=2024-02-15", "/disputes", "/network"),
    *("/id/agent/benjamin-netanyahu", "/id/agent/haaretz", "/id/office/finance-minister-il"),
    *(f"{HERE}/u-d", f"{HERE}/s-stmt-sio-0206", f"{HERE}/s-paris-0128", f"{HERE}/s-leak-0425-2"),
    *("/id/mandate/il-team-2024", "/id/proposal/framework-2024", "/id/source/haaretz-2024-07-10"),
    *(f"{HERE}/c0702-12", f"{HERE}/c0206-16", f"{HERE}/p-14490-14594"),
]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Publish and serve the data of the project."""
    built = build.build(build.Project(ROOT), tmp_path_factory.mktemp("real") / "snapshots")
    yield from running(create_app(built.snapshot, Catalogue.load(ROOT / "queries")))


@pytest.fixture
def open_page(browser: Browser, real: Service) -> Iterator[Open]:
    with watched(browser, real.url) as start:
        yield start


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_in_the_dark(open_page: Open, path: str) -> None:
    page = open_page(path, 390, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("body")).to_contain_text("Haaretz")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_of_access(open_page: Open, path: str, theme: str) -> None:
    page = open_page(path, color_scheme=theme)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found] == []


def test_the_way_from_a_question_to_the_source(open_page: Open) -> None:
    page = open_page("/queries/denied-claims")
    row = page.locator("tbody.record").first
    expect(row).to_contain_text("Haaretz")
    expect(row).to_contain_text("Senior defense officials")
    expect(row).to_contain_text("denied by Bezalel Smotrich")
    row.get_by_text("Voices of claim 0702-12").click()
    opened = row.locator(".opened").filter(has=page.get_by_role("link", name="claim 0702-12")).first
    expect(opened).to_contain_text("denies")
    opened.get_by_role("link", name="claim 0702-12").click()
    page.wait_for_url(f"**{HERE}/c0702-12")
    expect(page.locator("main")).to_contain_text("14490 to 14594")
    page.locator(".colophon").get_by_role("link", name="Haaretz").first.click()
    page.wait_for_url("**/id/source/haaretz-2024-07-10")


def test_a_parameter_is_changed_and_the_answer_taken_along(open_page: Open) -> None:
    page = open_page(OFFICIALS)
    expect(page.locator("main")).to_contain_text("39 rows")
    page.get_by_label("Scope").select_option("broad")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**scope=broad**")
    expect(page.locator("main")).to_contain_text("43 rows")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "senior diplomatic official" in taken.value.path().read_text(encoding="utf-8")
