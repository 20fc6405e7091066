"""The page of a question in a real browser: from a row to who says so, by mouse and by keys."""

import csv
import re
from itertools import combinations
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.projects import SOURCE
from tests.service.browsing import Open
from tests.service.conftest import Service
from tests.service.test_browser import RULES

pytestmark = pytest.mark.browser

OFFICIALS = "/queries/statements-by-anonymous-officials"
LEAKS = "/queries/leak-paths"
RECORD = "/queries/record-of-a-claim?claim=example-gazette-1900/c0103-06"
# One address for each view, for an empty answer and for a page of many.
PAGES = [
    f"{OFFICIALS}?view=timeline",
    f"{OFFICIALS}?view=ledger",
    f"{OFFICIALS}?since=1950-01-01",
    LEAKS,
    f"{LEAKS}?view=table",
    "/queries/statements-per-month?view=chart",
    RECORD,
    f"{RECORD}&view=table",
    f"/queries/claims-by-source?source=source/{SOURCE}&per_page=5&page=2",
    "/queries/contradictions",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_view_fits_a_phone(open_page: Open, path: str) -> None:
    page = open_page(path, 390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_view_breaks_no_rule_of_access(open_page: Open, path: str, theme: str) -> None:
    page = open_page(path, color_scheme=theme)
    page.locator("details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    assert told == []


def test_each_row_names_the_voice_the_outlet_and_the_denier(open_page: Open) -> None:
    page = open_page(OFFICIALS)
    lines = page.locator("tr.voices .says")
    rows = page.locator("tbody.record")
    assert lines.count() == rows.count() == 4
    for line in lines.all():
        expect(line).to_be_visible()
        expect(line).to_contain_text("Example Gazette")
    denied = rows.filter(has_text="two unnamed diplomats said").locator(".says")
    expect(denied).to_contain_text("“Two Freedonian diplomats”")
    expect(denied).to_contain_text(re.compile(r"denied by\s+Basil Thrumm"))


def test_a_row_opens_to_its_chain_then_claim_passage_and_source(open_page: Open) -> None:
    page = open_page(OFFICIALS)
    row = page.locator("tbody.record").filter(has_text="two unnamed diplomats said")
    opened = row.locator(".opened")
    expect(opened).to_be_hidden()
    row.get_by_text("Voices").click()
    expect(opened).to_be_visible()
    expect(opened).to_contain_text("reports")
    expect(opened).to_contain_text("denies")
    expect(opened.get_by_role("link", name="946 to 1080").first).to_be_visible()
    opened.get_by_role("link", name="claim 0103-06").click()
    page.wait_for_url(f"**/id/{SOURCE}/c0103-06")
    page.locator(".colophon").get_by_role("link", name="Example Gazette").click()
    page.wait_for_url(f"**/id/source/{SOURCE}")
    page.go_back()
    page.go_back()
    expect(opened).to_be_visible()


def test_a_question_is_asked_and_a_row_opened_by_keys_alone(open_page: Open) -> None:
    page = open_page(OFFICIALS)
    page.get_by_label("Scope").focus()
    page.keyboard.press("ArrowDown")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Ask":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**scope=broad**")
    assert page.locator("tbody.record").count() == 5
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.reading summary')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".opened").first).to_be_visible()


def test_a_source_policy_keeps_as_many_rows_as_it_said(open_page: Open) -> None:
    page = open_page(LEAKS)
    switch = page.get_by_role("group", name="Source policy")
    named = switch.locator("label").filter(has_text="named voices alone")
    left = int(named.locator(".count").inner_text())
    named.click()
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**sources=on-record**")
    assert page.locator("tbody.record").count() == left == 2
    expect(page.locator("main")).to_contain_text("Source policy on-record")


def test_a_view_is_switched_and_kept_over_reload_and_back(open_page: Open) -> None:
    page = open_page(OFFICIALS)
    page.get_by_role("link", name="Timeline", exact=True).click()
    page.wait_for_url("**view=timeline**")
    expect(page.locator("svg.timeline[data-ready]")).to_have_count(1)
    page.reload()
    expect(page.locator("svg.timeline[data-ready]")).to_have_count(1)
    page.get_by_role("link", name="Ledger", exact=True).click()
    expect(page.locator("ol.rows-by-day > li")).to_have_count(4)
    page.go_back()
    expect(page.locator("svg.timeline")).to_have_count(1)


def test_a_line_of_the_network_is_a_claim_and_opens_it(open_page: Open) -> None:
    page = open_page(LEAKS)
    ties = page.locator("a.dealt")
    assert ties.count() == 3
    expect(page.locator("a.dealt.denied")).to_have_count(1)
    tie = page.get_by_role("link", name=re.compile("Basil Thrumm to .*denied by Basil Thrumm"))
    tie.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/id/{SOURCE}/c0103-06")


def test_a_download_holds_the_rows_of_the_page_and_who_says_so(
    open_page: Open, tmp_path: Path
) -> None:
    page = open_page(f"{OFFICIALS}?scope=broad")
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV with who says so").click()
    started.value.save_as(tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == page.locator("tbody.record").count() == 5
    assert {row["published_in"] for row in rows} == {"Example Gazette, 8 January 1900"}
    assert "Basil Thrumm" in {row["denied_by"] for row in rows}


def test_code_for_elsewhere_is_unfolded_by_its_link(open_page: Open) -> None:
    page = open_page(f"{OFFICIALS}?scope=broad")
    code = page.locator("#from-curl pre")
    expect(code).to_be_hidden()
    page.get_by_role("link", name="curl").click()
    expect(code).to_be_visible()
    expect(code).to_contain_text("scope=broad")


@pytest.mark.parametrize("path", [OFFICIALS, LEAKS, RECORD, f"{OFFICIALS}?view=ledger"])
def test_a_question_tells_the_same_without_script(open_page: Open, path: str) -> None:
    plain = open_page(path, java_script_enabled=False)
    scripted = open_page(path)
    answer = plain.locator("#answer").inner_text()
    assert "Example Gazette" in answer
    assert answer == scripted.locator("#answer").inner_text()
    if path == OFFICIALS:
        plain.locator(".reading summary").first.click()
        expect(plain.locator(".opened").first).to_be_visible()


def test_the_first_view_of_a_question_is_small(browser: Browser, site: Service) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 1200, "height": 800})
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda r: sizes.update({r.url: r.sizes()["responseBodySize"]}))
    page.goto(OFFICIALS)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    page.wait_for_load_state("load")
    context.close()
    assert len(sizes) >= 5
    assert 20_000 < sum(sizes.values()) < 100_000


def test_a_line_of_a_graph_leads_to_the_claim_that_has_it_so(open_page: Open) -> None:
    page = open_page(RECORD)
    denial = page.get_by_role("link", name=re.compile("to Basil Thrumm: .*denies"))
    expect(denial).to_have_class(re.compile("denied"))
    denial.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/id/{SOURCE}/c0103-06")


def test_no_name_in_a_drawing_covers_another(open_page: Open) -> None:
    page = open_page(RECORD)
    boxes = [box for each in page.locator("a.end text").all() if (box := each.bounding_box())]
    words = [box for each in page.locator("a.dealt text").all() if (box := each.bounding_box())]
    assert len(boxes) > 5
    assert len(words) > 5
    for one, other in combinations(boxes + words, 2):
        apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        above = one["y"] + one["height"] <= other["y"] + 4
        assert apart or above or other["y"] + other["height"] <= one["y"] + 4, (one, other)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 1200 for box in boxes)


def test_an_open_row_turns_tint_with_both_chains_side_by_side(open_page: Open) -> None:
    page = open_page("/queries/denied-claims")
    row = page.locator("tbody.record").first
    closed = row.evaluate("(each) => getComputedStyle(each).backgroundColor")
    row.locator("summary").first.click()
    assert row.evaluate("(each) => getComputedStyle(each).backgroundColor") != closed
    forward, denied = (
        each.bounding_box() for each in row.locator(".two").first.locator("> section").all()
    )
    assert forward is not None
    assert denied is not None
    assert forward["y"] == denied["y"]
    assert abs(forward["width"] - denied["width"]) < 1
