"""The pages on paper, in a real browser: black on white, nothing to press, nothing cut."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.projects import SOURCE
from tests.service.browsing import Open
from tests.service.conftest import Service
from tests.service.test_browser import PAGES

pytestmark = pytest.mark.browser

A4 = 680  # CSS pixels of a sheet within its margins
HEADLINE = "/queries/statements-by-anonymous-officials"
SEEN = """const seen = (each) => {
  const box = each.getBoundingClientRect(), style = getComputedStyle(each);
  return box.width > 1 && box.height > 1 && style.visibility === "visible";
};"""
PALE = """const grey = (color) => {
  const [r, g, b, alpha = 1] = color.match(/[\\d.]+/g).map(Number);
  return alpha === 0 ? 255 : 0.2126 * r + 0.7152 * g + 0.0722 * b;
};"""


def on_paper(open_page: Open, path: str, **choices: Any) -> Page:
    page = open_page(path, A4, color_scheme="dark", **choices)
    page.emulate_media(media="print", color_scheme="dark")
    return page


def found(page: Page, script: str) -> list[str]:
    answer = page.evaluate(f"() => {{ {SEEN} {PALE} {script} }}")
    assert isinstance(answer, list)
    return answer


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_the_paper_with_nothing_to_press(
    open_page: Open, site: Service, path: str
) -> None:
    page = on_paper(open_page, path)
    pressed = """return [...document.querySelectorAll(
        "nav, button, select, textarea, input:not(#day), .skip, .cm-editor, canvas")]
      .filter((each) => seen(each) && !each.matches(".choices")).map((each) => each.outerHTML);"""
    assert found(page, pressed) == []
    cut = f"""return [...document.querySelectorAll("main *")]
      .filter((each) => seen(each) && each.getBoundingClientRect().right > {A4} + 1)
      .map((each) => each.outerHTML.slice(0, 120));"""
    assert found(page, cut) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= A4
    paper = page.locator(".masthead .paper")
    expect(paper).to_contain_text(f"{site.url}{path}")
    expect(paper).to_contain_text(f"data {site.serving.snapshot.name}")
    expect(paper).to_contain_text(re.compile(r"printed \d{1,2} [A-Z][a-z]+ \d{4}$"))
    expect(page.locator(".notice")).to_contain_text("Everything on this page rests on one source")
    expect(page.locator(".notice")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_black_on_white_in_a_dark_theme(open_page: Open, path: str) -> None:
    page = on_paper(open_page, path)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    faint = """return [...document.querySelectorAll("body *")].filter((each) => seen(each)
        && [...each.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
      .filter((each) => grey(getComputedStyle(each)[each.matches("svg *") ? "fill" : "color"]) > 99)
      .map((each) => each.outerHTML);"""
    assert found(page, faint) == []
    dark = """return [...document.querySelectorAll("html, body, body *")].filter(seen)
      .filter((each) => grey(getComputedStyle(each).backgroundColor) < 240)
      .map((each) => each.outerHTML.slice(0, 120));"""
    assert found(page, dark) == []


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("/", ".dated > li"),
        ("/queries", ".described > div"),
        (HEADLINE, "tbody.record"),
        ("/mandates", ".ledger tbody tr"),
        ("/disputes", ".against-each"),
        ("/network", ".entries > li"),
        ("/about", "tbody tr"),
        (f"/id/source/{SOURCE}", ".entries > li"),
    ],
)
def test_no_row_is_cut_in_two(open_page: Open, path: str, row: str) -> None:
    page = on_paper(open_page, path)
    rows = page.locator(row)
    assert rows.count() > 0
    breaks = rows.evaluate_all("rows => rows.map((each) => getComputedStyle(each).breakInside)")
    assert set(breaks) == {"avoid"}


def test_the_paper_has_all_days_and_voices_of_the_first_page(open_page: Open) -> None:
    page = on_paper(open_page, "/")
    expect(page.locator("svg.timeline")).to_be_hidden()
    entries = page.locator(".dated > li")
    assert entries.count() > 12
    for n in range(entries.count()):
        expect(entries.nth(n)).to_be_visible()
        expect(entries.nth(n)).to_contain_text("Example Gazette")
    expect(page.locator(".themes .figure").first).to_be_visible()


def test_a_table_is_a_table_with_its_voices_and_says_what_is_folded(open_page: Open) -> None:
    page = on_paper(open_page, f"{HEADLINE}?scope=broad")
    answer = page.locator("#answer")
    expect(answer).to_contain_text("Scope: ")
    expect(answer).to_contain_text("the others are folded")
    headings = page.locator(".reading thead")
    assert headings.evaluate("each => getComputedStyle(each).display") == "table-header-group"
    says = page.locator(".reading .says")
    assert says.count() > 3
    for n in range(says.count()):
        expect(says.nth(n)).to_be_visible()
    expect(page.locator(".opened:visible")).to_have_count(0)
    page.emulate_media(media="screen")
    page.locator(".reading summary").first.click()
    page.emulate_media(media="print")
    expect(page.locator(".opened:visible")).to_have_count(1)


def test_what_a_row_is_stands_open_on_paper(open_page: Open) -> None:
    page = open_page(HEADLINE)
    told = page.locator(".about details p")
    assert told.evaluate("each => each.checkVisibility({contentVisibilityAuto: true})") is False
    page.emulate_media(media="print")
    assert told.evaluate("each => each.checkVisibility({contentVisibilityAuto: true})") is True
    assert told.evaluate("each => each.getBoundingClientRect().height") > 10


def test_both_sides_of_a_denial_have_the_same_width_on_paper(open_page: Open) -> None:
    page = on_paper(open_page, f"/id/{SOURCE}/c0103-06")
    sides = page.locator(".sides > section")
    boxes = sides.evaluate_all("all => all.map((e) => [e.offsetWidth, e.offsetTop, e.offsetLeft])")
    (one, other) = boxes
    assert one[:2] == other[:2]
    assert one[2] < other[2]


def test_the_ledger_on_paper_keeps_its_day(open_page: Open) -> None:
    page = on_paper(open_page, "/mandates?as_of=1900-01-08")
    expect(page.locator("#day")).to_have_value("1900-01-08")
    expect(page.locator("#day")).to_be_visible()
    expect(page.get_by_role("button", name="Show")).to_be_hidden()
    widths = page.locator(".ledger td").evaluate_all("all => all.map((e) => e.offsetWidth)")
    assert sum(widths[:6]) > A4 * 0.95


def test_without_script_the_paper_names_the_address_below_the_service(
    open_page: Open, site: Service
) -> None:
    page = on_paper(open_page, "/search?q=thrumm", java_script_enabled=False)
    paper = page.locator(".masthead .paper")
    expect(paper).to_be_visible()
    expect(paper).to_have_text(f"/search?q=thrumm data {site.serving.snapshot.name}")
    expect(page.locator("main")).to_contain_text("Searched for: thrumm")


def test_a_page_becomes_a_document(open_page: Open) -> None:
    page = open_page(f"/id/{SOURCE}/c0103-06", color_scheme="dark")
    document = page.pdf(format="A4")
    assert document.startswith(b"%PDF-")
    assert re.search(rb"/MediaBox \[0 0 59[45]\S* 84[12]", document)
