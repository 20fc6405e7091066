"""The workbench in a real browser: complete, check, run, find again, share and take away."""

import csv
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.service.browsing import Open, watched
from tests.service.conftest import Service
from tests.service.test_browser import RULES

pytestmark = pytest.mark.browser

CLAIMS = (
    "PREFIX hg: <https://w3id.org/hostagegraph/ns#>\n"
    "SELECT ?claim ?claimLabel ?source WHERE "
    "{ ?claim hg:inSource ?source ; hg:gist ?claimLabel } ORDER BY ?claim"
)
VOICES = (
    "PREFIX hg: <https://w3id.org/hostagegraph/ns#>\n"
    "SELECT ?claim ?link ?voice ?stance "
    "{ ?link hg:ofClaim ?claim ; hg:assertor ?voice ; hg:stance ?stance } ORDER BY ?link"
)
NUMBERS = " ".join(map(str, range(40)))
MANY = f"SELECT ?a ?b {{ VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} }} ORDER BY ?a ?b"


def asking(query: str) -> str:
    return f"/sparql?{urlencode({'query': query})}"


def bench(page: Page) -> Locator:
    """Wait for the editor, and give its text."""
    expect(page.locator(".editor[data-ready]")).to_have_count(1)
    return page.locator(".cm-content")


def write(page: Page, text: str) -> None:
    """Replace what the editor holds, as if it were pasted."""
    bench(page).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def test_the_editor_runs_a_query_by_keys_and_the_address_holds_it(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, CLAIMS)
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("#answer tbody tr")).to_have_count(30)
    expect(page.locator("#answer")).to_contain_text("30 rows, complete")
    assert parse_qs(urlparse(page.url).query)["query"] == [CLAIMS]
    page.reload()
    expect(page.locator("#answer tbody tr")).to_have_count(30)
    bench(page)
    assert page.locator("textarea").input_value() == CLAIMS


def test_the_back_button_leads_to_the_query_before(open_page: Open) -> None:
    page = open_page("/sparql")
    for query in (CLAIMS, "ASK { ?s ?p ?o }"):
        write(page, query)
        page.keyboard.press("ControlOrMeta+Enter")
        expect(page.locator("#answer")).to_contain_text("Yes." if query[0] == "A" else "30 rows")
    page.go_back()
    expect(page.locator("#answer")).to_contain_text("30 rows")
    expect(bench(page)).to_contain_text("hg:inSource")


def test_terms_are_completed_with_their_prefix_declared(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "SELECT * { ?s a ")
    page.keyboard.type("hg:Pseudony")
    option = page.get_by_role("option").filter(has_text="hg:PseudonymousSource")
    expect(option).to_be_visible()
    expect(page.locator(".cm-completionInfo")).to_contain_text("source")
    option.click()
    expect(bench(page)).to_contain_text("PREFIX hg: <https://w3id.org/hostagegraph/ns#>")
    assert page.locator("textarea").input_value().endswith("?s a hg:PseudonymousSource")


def test_things_are_completed_by_words_of_their_labels(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "SELECT * { ?s ?p ")
    page.keyboard.type("<thrumm")
    option = page.get_by_role("option").filter(has_text="Basil Thrumm")
    expect(option).to_be_visible()
    option.click()
    iri = "<https://w3id.org/hostagegraph/id/agent/basil-thrumm>"
    assert iri in page.locator("textarea").input_value()


def test_a_mistake_is_marked_with_its_line_and_column(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "SELECT *\nWHERE { ?s ex:name ?o }")
    said = page.locator(".said")
    expect(said).to_contain_text("Line 2, column 12")
    expect(said).to_contain_text("ex:")
    expect(page.locator(".cm-lintRange-error")).to_have_text("ex:name")
    write(page, "SELECT * WHERE { ?s ?p ?o } LIMIT 1")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)
    expect(said).to_be_empty()


def test_a_query_that_names_nobody_who_says_so_is_noticed(open_page: Open) -> None:
    page = open_page("/sparql")
    write(
        page,
        "PREFIX hg: <https://w3id.org/hostagegraph/ns#>\nSELECT ?who { ?event hg:discloser ?who }",
    )
    expect(page.locator(".said")).to_contain_text("Unattributed")
    page.get_by_role("button", name="Run").click()
    notice = page.locator("#answer .advice")
    expect(notice).to_contain_text("these rows rest on hg:discloser without the claim")
    expect(notice.locator("code")).to_have_text("?claim hg:content ?event")


def test_many_rows_are_all_there_and_few_are_drawn(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, MANY)
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("#answer")).to_contain_text("1600 rows, complete")
    drawn = page.locator("#answer tbody tr:not(.space)")
    assert 10 < drawn.count() < 200
    expect(page.locator("#answer table")).to_have_attribute("aria-rowcount", "1601")
    page.locator("#answer .long").evaluate("(region) => region.scrollTo(0, region.scrollHeight)")
    expect(page.locator('#answer tr[aria-rowindex="1601"]')).to_have_text("3939")
    page.get_by_role("button", name="a", exact=True).click()
    page.get_by_role("button", name="a", exact=True).click()
    expect(page.locator("#answer th").first).to_have_attribute("aria-sort", "descending")
    page.locator("#answer .long").evaluate("(region) => region.scrollTo(0, 0)")
    expect(page.locator('#answer tr[aria-rowindex="2"] td').first).to_have_text("39")


def test_rows_with_days_or_two_things_are_drawn(open_page: Open) -> None:
    page = open_page("/sparql")
    write(
        page,
        "PREFIX hg: <https://w3id.org/hostagegraph/ns#>\n"
        "SELECT ?claim ?act ?day { ?claim hg:content ?act . ?act hg:startMin ?day }",
    )
    page.keyboard.press("ControlOrMeta+Enter")
    views = page.locator("#answer .views")
    views.get_by_role("button", name="Timeline").click()
    assert page.locator("#answer svg .tick").count() > 5
    views.get_by_role("button", name="Network").click()
    assert page.locator("#answer svg .line").count() > 5
    expect(views.get_by_role("button", name="Network")).to_have_attribute("aria-pressed", "true")


def test_two_tabs_lose_nothing_of_what_was_run(browser: Browser, site: Service) -> None:
    with watched(browser, site.url) as start:
        first = start("/sparql")
        second = first.context.new_page()
        second.goto("/sparql")
        for page, number in ((first, 1), (second, 2), (first, 3)):
            write(page, f"ASK {{ ?s{number} ?p ?o }}")
            page.keyboard.press("ControlOrMeta+Enter")
            expect(page.locator("#answer")).to_contain_text("Yes.")
        for page in (first, second):
            expect(page.locator(".past summary")).to_have_text("Run in this browser: 3")
        second.locator(".past summary").click()
        second.get_by_role("button", name="ASK { ?s3 ?p ?o }").click()
        assert second.locator("textarea").input_value() == "ASK { ?s3 ?p ?o }"
        second.get_by_role("button", name="Forget all").click()
        expect(first.locator(".past")).to_be_hidden()


def test_an_answer_is_taken_away_as_a_file(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/sparql")
    write(page, CLAIMS)
    page.keyboard.press("ControlOrMeta+Enter")
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV").click()
    assert started.value.suggested_filename == "answer.csv"
    started.value.save_as(tmp_path / "answer.csv")
    with (tmp_path / "answer.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 30


def test_a_saved_query_is_a_place_to_begin(open_page: Open) -> None:
    page = open_page("/sparql")
    page.get_by_text("Begin from a saved query").click()
    page.locator('.examples a[href="/sparql?from=sources"]').click()
    page.wait_for_url("**from=sources")
    expect(bench(page)).to_contain_text("SELECT")
    assert "#+" not in page.locator("textarea").input_value()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_editor_and_its_answer_break_no_rule_of_access(open_page: Open, theme: str) -> None:
    page = open_page("/sparql", color_scheme=theme)
    write(page, "SELECT * { ?s ex:name ?o }")
    expect(page.locator(".cm-lintRange-error")).to_have_count(1)
    write(page, CLAIMS)
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("#answer tbody tr")).to_have_count(30)
    page.locator(".past summary").click()
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    assert told == []


def test_the_keyboard_leaves_the_editor(open_page: Open) -> None:
    page = open_page("/sparql")
    bench(page).focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


def test_the_workbench_fits_a_phone(open_page: Open) -> None:
    page = open_page("/sparql", 390)
    write(page, CLAIMS)
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("#answer tbody tr")).to_have_count(30)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_workbench_is_a_form_without_script(open_page: Open) -> None:
    page = open_page("/sparql", java_script_enabled=False)
    page.get_by_label("Query").fill(CLAIMS)
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#answer tbody tr")).to_have_count(30)
    expect(page.get_by_label("Query")).to_have_value(CLAIMS)


def test_a_link_to_a_query_shows_its_answer_at_once(open_page: Open) -> None:
    page = open_page(asking(CLAIMS))
    expect(page.locator("#answer tbody tr")).to_have_count(30)
    expect(bench(page)).to_contain_text("hg:inSource")


def test_things_stand_under_their_names_and_terms_as_a_query_writes_them(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, VOICES)
    page.keyboard.press("ControlOrMeta+Enter")
    row = page.locator("#answer tbody tr").filter(has_text="hg:denies")
    cells = row.locator("td")
    expect(cells.nth(0)).to_contain_text("Thrumm")
    expect(cells.nth(1)).to_have_text(re.compile(r"Voice b\d of claim 0103-06"))
    expect(cells.nth(2)).to_have_text("Basil Thrumm")
    expect(cells.nth(2).locator("a")).to_have_attribute("title", "agent/basil-thrumm")
    expect(page.locator("#answer td").filter(has_text="“Two Freedonian diplomats”")).to_have_count(
        1
    )
    expect(page.locator("#answer tbody")).not_to_contain_text("example-gazette-1900/")


def test_names_come_for_the_rows_that_are_scrolled_to(open_page: Open) -> None:
    page = open_page("/sparql")
    number = "".join(f"({n}) " for n in range(1, 12))
    write(
        page,
        "PREFIX hg: <https://w3id.org/hostagegraph/ns#>\n"
        f"SELECT ?n ?link {{ VALUES (?n) {{ {number} }} ?link hg:stance ?s }} ORDER BY ?n ?link",
    )
    page.keyboard.press("ControlOrMeta+Enter")
    region = page.locator("#answer .long")
    expect(region.locator("tr:not(.space) td").nth(1)).to_contain_text("Voice")
    region.evaluate("(each) => each.scrollTo(0, each.scrollHeight)")
    last = region.locator("tbody tr").last.locator("td").nth(1)
    expect(last).to_contain_text("Voice")
    assert last.evaluate("(cell) => getComputedStyle(cell).textOverflow") == "clip"


@pytest.mark.parametrize("view", ["Timeline", "Network"])
def test_no_label_of_a_drawing_is_shortened_or_covers_another(open_page: Open, view: str) -> None:
    page = open_page("/sparql")
    write(
        page,
        "PREFIX hg: <https://w3id.org/hostagegraph/ns#>\n"
        "SELECT ?claim ?act ?day { ?claim hg:content ?act . ?act hg:startMin ?day }",
    )
    page.keyboard.press("ControlOrMeta+Enter")
    page.locator("#answer .views").get_by_role("button", name=view).click()
    expect(page.locator("#answer svg")).to_have_count(1)
    labels = page.locator("#answer svg a text")
    told = labels.all_text_contents()
    assert len(told) > 10
    assert max(map(len, told)) > 80
    assert not any("…" in each for each in told)
    boxes = [box for each in labels.all() if (box := each.bounding_box())]
    columns: dict[bool, list[tuple[float, float]]] = {}
    for box in boxes:
        side = view == "Network" and box["x"] > 600
        columns.setdefault(side, []).append((box["y"], box["y"] + box["height"]))
    for spans in columns.values():
        ordered = sorted(spans)
        overlaps = [(one, other) for one, other in pairwise(ordered) if other[0] < one[1] - 2]
        assert overlaps == []


def test_prefixes_are_completed(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "")
    page.keyboard.type("sko")
    page.get_by_role("option").filter(has_text=re.compile(r"^skos:http")).click()
    text = page.locator("textarea").input_value()
    assert text == "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nskos:"


def test_properties_are_completed_with_what_they_mean(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "PREFIX hg: <https://w3id.org/hostagegraph/ns#>\nSELECT * { ?s ")
    page.keyboard.type("hg:publishedSp")
    option = page.get_by_role("option").filter(has_text="hg:publishedSpeaker")
    expect(option).to_be_visible()
    option.click()
    assert page.locator("textarea").input_value().count("PREFIX hg:") == 1


def test_a_term_that_the_ontology_does_not_have_is_marked(open_page: Open) -> None:
    page = open_page("/sparql")
    write(page, "PREFIX hg: <https://w3id.org/hostagegraph/ns#>\nSELECT * { ?s hg:stanc ?o }")
    expect(page.locator(".cm-lintRange-warning")).to_have_text("hg:stanc")


def test_the_plain_form_names_things_too(open_page: Open) -> None:
    page = open_page(asking(VOICES), java_script_enabled=False)
    row = page.locator("#answer tbody tr").filter(has_text="hg:denies")
    expect(row).to_contain_text("Basil Thrumm")
    expect(row).to_contain_text("of claim 0103-06")
    expect(row.get_by_role("link", name="Basil Thrumm")).to_have_attribute(
        "title", "agent/basil-thrumm"
    )
