"""The real data in a real browser: every kind of page, and the way from question to source."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.service.browsing import visit
from tests.service.test_browser import RULES

pytestmark = pytest.mark.browser

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HERE = "/id/haaretz-2024-07-10"
OFFICIALS = "/queries/statements-by-anonymous-officials"
RECORD = "/queries/record-of-a-claim?claim=haaretz-2024-07-10/c0702-12"
PAGES = [
    *("/", "/?view=list", "/search?q=official", "/queries", "/about", "/sparql", "/data", "/ns"),
    *(RECORD, f"{RECORD}&view=table"),
    *(OFFICIALS, f"{OFFICIALS}?view=timeline", "/queries/leak-paths", "/queries/mandate-changes"),
    *("/mandates", "/mandates?as_of=2024-02-15", "/disputes", "/network"),
    *("/id/agent/benjamin-netanyahu", "/id/agent/haaretz", "/id/office/finance-minister-il"),
    *(f"{HERE}/u-d", f"{HERE}/s-stmt-sio-0206", f"{HERE}/s-paris-0128", f"{HERE}/s-leak-0425-2"),
    *("/id/mandate/il-team-2024", "/id/proposal/framework-2024", "/id/source/haaretz-2024-07-10"),
    *(f"{HERE}/c0702-12", f"{HERE}/c0206-16", f"{HERE}/p-14490-14594"),
    *(f"{HERE}/s-share-0702", f"{HERE}/c0704-02", "/id/curator/1"),
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_in_the_dark(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.emulate_media(color_scheme="dark")
    visit(page, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("body")).to_contain_text("Haaretz")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_of_access(page: Page, path: str) -> None:
    visit(page, path)
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        found = Axe().run(page, options=RULES).response["violations"]
        told = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
        assert told == [], theme


def test_no_two_pairs_have_the_same_heading(page: Page) -> None:
    visit(page, "/disputes")
    headings = page.locator(".pair > h2").all_inner_texts()
    assert len(headings) == len(set(headings)) > 3
    assert [each[-6:] for each in headings if each.endswith(" of 2")] == ["1 of 2", "2 of 2"]


def test_a_range_of_days_is_no_dot_in_the_ledger_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, "/mandates")
    widths = page.locator(".ledger .marks .range").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().width)"
    )
    assert len(widths) > 3
    assert min(widths) > 13.5


def test_the_way_from_a_question_to_the_source(page: Page) -> None:
    visit(page, "/queries/denied-claims")
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


def test_a_parameter_is_changed_and_the_answer_taken_along(page: Page) -> None:
    visit(page, OFFICIALS)
    expect(page.locator("main")).to_contain_text("39 rows")
    page.get_by_label("Scope").select_option("broad")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**scope=broad**")
    expect(page.locator("main")).to_contain_text("43 rows")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert "senior diplomatic official" in taken.value.path().read_text(encoding="utf-8")
