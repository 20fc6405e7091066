"""Pages on a phone: tables are small lists, drawings fit or give way, and signs are wide enough."""

import pytest
from playwright.sync_api import expect

from tests.projects import SOURCE
from tests.service.browsing import Open

pytestmark = pytest.mark.browser

PHONE = 390
LEAKS = "/queries/leak-paths"
RECORD = f"/queries/record-of-a-claim?claim={SOURCE}/c0103-06"
BARE = "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+20"
STACKED = ["/about", BARE, f"/id/{SOURCE}/s-leak-0105-2", f"{RECORD}&view=table"]
CUT = """() => [...document.querySelectorAll(".wide")]
  .filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.ariaLabel)"""
LABELS = """cells => cells.map((each) => getComputedStyle(each, "::before").content)"""


@pytest.mark.parametrize("scripted", [True, False])
@pytest.mark.parametrize("path", [*STACKED, "/data"])
def test_no_table_is_cut_on_a_phone(open_page: Open, path: str, scripted: bool) -> None:
    page = open_page(path, PHONE, java_script_enabled=scripted)
    expect(page.locator(".wide table").first).to_be_visible()
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("path", ["/about", BARE, f"/id/{SOURCE}/s-leak-0105-2"])
def test_a_stacked_cell_stands_beside_the_heading_of_its_column(open_page: Open, path: str) -> None:
    wide = open_page(path)
    table = wide.locator("table.stacking").first
    headings = [f'"{each}"' for each in table.locator("thead th").all_inner_texts()]
    cells = "tbody tr:first-child td"
    assert set(table.locator(cells).evaluate_all(LABELS)) == {"none"}
    narrow = open_page(path, PHONE).locator("table.stacking").first
    assert narrow.locator(cells).evaluate_all(LABELS) == headings


def test_an_answer_of_the_workbench_is_stacked_and_sorted_on_a_phone(open_page: Open) -> None:
    page = open_page("/sparql?query=SELECT+*+%7B+VALUES+%3Fn+%7B+2+1+3+%7D+%7D", PHONE)
    page.get_by_role("button", name="Run").click()
    heading = page.locator("#answer").get_by_role("button", name="n", exact=True)
    heading.click()
    expect(page.locator("#answer td")).to_have_text(["1", "2", "3"])
    assert page.locator("#answer td").evaluate_all(LABELS) == ['"n"'] * 3
    assert page.evaluate(CUT) == []


def test_a_thing_is_named_once_over_its_triples_on_a_phone(open_page: Open) -> None:
    page = open_page(f"{RECORD}&view=table", PHONE)
    rows = page.locator(".triples tbody tr")
    shown = page.locator(".triples tbody tr > td:first-child:visible")
    assert 1 < shown.count() < rows.count()


@pytest.mark.parametrize("path", [LEAKS, RECORD])
def test_a_network_gives_way_to_what_says_the_same_on_a_phone(open_page: Open, path: str) -> None:
    assert open_page(path).locator("div.drawn:visible").count() == 1
    page = open_page(path, PHONE)
    expect(page.locator("div.drawn")).to_be_hidden()
    expect(page.locator(".reading, .things").first).to_be_visible()


def test_the_strip_shows_the_whole_text_on_a_phone(open_page: Open) -> None:
    page = open_page(f"/id/source/{SOURCE}", PHONE)
    ends = page.locator(".strip rect").evaluate_all(
        "marks => marks.map((each) => each.getBoundingClientRect().right)"
    )
    assert PHONE / 2 < max(ends) <= PHONE
    assert page.locator(".places text:visible").count() == 3


def test_what_opens_the_voices_is_wide_enough_for_a_finger(open_page: Open) -> None:
    for width, touch, least in ((1200, False, 24), (PHONE, False, 24), (PHONE, True, 40)):
        page = open_page(LEAKS, width, has_touch=touch, is_mobile=touch)
        box = page.locator(".under summary").first.bounding_box()
        assert box is not None
        assert box["height"] >= least


def test_each_row_of_the_ledger_names_the_months_on_a_phone(open_page: Open) -> None:
    expect(open_page("/mandates").locator(".initials").first).to_be_hidden()
    page = open_page("/mandates", PHONE)
    rows = page.locator(".ledger tbody tr")
    assert page.locator(".ledger .initials:visible").count() == rows.count()


def test_the_list_of_days_draws_a_range_as_a_range(open_page: Open) -> None:
    page = open_page("/?view=list", PHONE)
    signed = page.locator(".dated > li").filter(has=page.locator(".shape"))
    ranges = signed.filter(has=page.locator(".shape > :not(.tick, .tried)"))
    told = [line.splitlines()[0] for line in signed.locator(".when").all_inner_texts()]
    open_ended = [line for line in told if line.startswith(("by ", "from ")) or "–" in line]
    assert 0 < len(open_ended) == ranges.count() < signed.count()
    expect(page.locator(".keys").filter(has_text="Days").first).to_be_visible()
