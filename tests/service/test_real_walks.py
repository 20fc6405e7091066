"""The real data, page type by page type: what each kind of page promises is there."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.projects import ROOT
from tests.service.browsing import Open, visit
from tests.service.conftest import Service

pytestmark = pytest.mark.browser

WORK = "haaretz-2024-07-10"
HERE = f"/id/{WORK}"
OFFICIALS = "/queries/statements-by-anonymous-officials"
# A question, and what stands for each of the views that it offers.
VIEWS = {
    OFFICIALS: {"Table", "Ledger", "Timeline"},
    "/queries/leak-paths": {"Network", "Table", "Ledger"},
    "/queries/statements-per-month": {"Table", "Chart"},
    "/queries/mandate-changes": {"Timeline", "Table", "Ledger"},
}
DRAWN = {
    "Table": "table.reading tbody tr",
    "Ledger": "ol.rows-by-day > li",
    "Timeline": "svg.timeline[data-ready] a.entry",
    "Network": "svg.ways a.dealt",
    "Chart": "ol.bars > li",
}
# A page of each kind of thing, and what it has to name.
THINGS = {
    "/id/agent/benjamin-netanyahu": ("Statements published under this name", "as ascribed"),
    "/id/agent/il-war-cabinet": ("War cabinet of Israel", "States and changes of a mandate"),
    "/id/office/finance-minister-il": ("Finance Minister", "Bezalel Smotrich"),
    f"{HERE}/u-senior-israeli-official-0206": (
        *("“senior Israeli official”", "one person in Haaretz, 10 July 2024 alone"),
        "never linked to a person",
    ),
    f"{HERE}/u-d": ("D.", "described as “senior member of the Israeli negotiating team”"),
    f"{HERE}/s-stmt-sio-0206": (
        *("Published under the label", "“senior Israeli official”", "Said to stand behind it"),
        *("What was said in it", "Neither replaces the other"),
    ),
    f"{HERE}/s-war-cabinet-0117": ("War cabinet session of 17 January", "formal session"),
    f"{HERE}/s-leak-0425-2": (
        *("top secret", "The content itself is not stored", "Leg 1", "Leg 2", "inaccurate"),
        *("Benjamin Netanyahu", "Bezalel Smotrich", "Media", "Ministers"),
    ),
    "/id/mandate/il-team-2024": (
        "States and changes of a mandate",
        "considerably reduced a mandate",
    ),
    "/id/proposal/framework-2024": ("Replies", "framework which Biden had presented"),
    f"{HERE}/c0702-12": (
        *("Put forward", "Denied", "“Senior defense officials”", "denies", "14490 to 14594"),
        *("14595 to 14773", "Claims that bear on it", "b75b6441…5d07"),
    ),
    f"/id/source/{WORK}": ("283", "Claims in the order of the text", "9d4c86da…10e4"),
}


def told(page: Page, *words: str) -> None:
    for word in words:
        expect(page.locator("main")).to_contain_text(word)


@pytest.mark.parametrize("path", VIEWS)
def test_each_view_that_a_question_offers_is_drawn_and_kept(page: Page, path: str) -> None:
    visit(page, path)
    views = page.get_by_role("navigation", name="Views")
    offered = views.get_by_role("link").all_inner_texts()
    assert set(offered) >= VIEWS[path]
    addresses = []
    for word in offered:
        views.get_by_role("link", name=word, exact=True).click()
        expect(views.locator("[aria-current]")).to_have_text(word)
        expect(page.locator(DRAWN[word]).first).to_be_visible()
        addresses.append(page.url)
    page.reload()
    expect(views.locator("[aria-current]")).to_have_text(offered[-1])
    expect(page.locator(DRAWN[offered[-1]]).first).to_be_visible()
    page.go_back()
    expect(views.locator("[aria-current]")).to_have_text(offered[-2])
    expect(page.locator(DRAWN[offered[-2]]).first).to_be_visible()
    page.go_forward()
    assert page.url == addresses[-1]
    expect(views.locator("[aria-current]")).to_have_text(offered[-1])


def test_the_view_that_a_question_declares_is_the_one_shown_first(real: Service) -> None:
    declared = {
        query.name: query.view
        for query in real.serving.catalogue.queries
        if query.view != "table" and all(p.default or not p.required for p in query.params)
    }
    assert len(declared) > 5
    for name, view in declared.items():
        page = real.client.get(f"/queries/{name}", headers={"Accept": "text/html"}).text
        current = re.search(r'aria-label="Views">.*?aria-current="true">(\w+)</a>', page, re.DOTALL)
        assert current, name
        assert current[1].lower() == view, name


def test_home_tells_the_days_in_lanes_and_the_questions_by_theme(page: Page) -> None:
    visit(page, "/")
    expect(page.locator("svg.timeline[data-ready]")).to_have_count(1)
    lanes = " ".join(page.locator(".lane-name").all_text_contents())
    for lane in ("Meetings", "Statements", "Mandates", "Disclosures", "Proposals"):
        assert lane in lanes
    assert page.locator("svg.timeline path.range").count() > 5
    entries = page.locator("svg.timeline a.entry")
    assert entries.count() > 40
    assert "according to Haaretz" in str(entries.first.get_attribute("aria-label"))
    themes = page.locator("section.questions")
    assert themes.get_by_role("heading", level=3).count() >= 6
    asked = themes.locator("a[href^='/queries/']")
    assert asked.count() == len(list((ROOT / "queries").glob("*.rq")))
    expect(page.locator(".notice")).to_contain_text("one source")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("barnea", "David Barnea"),
        ("senior diplomatic official", "“senior diplomatic official”"),
        ("minimum number of hostages", "told Smotrich the classified minimum number"),
    ],
    ids=["label", "descriptor", "gist"],
)
def test_search_finds_by_label_descriptor_and_gist(page: Page, words: str, found: str) -> None:
    visit(page, "/")
    page.get_by_role("searchbox").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    link = page.locator("main").get_by_role("link", name=found).first
    link.click()
    page.wait_for_url("**/id/**")
    expect(page.locator("h1")).to_contain_text(found)


def test_a_question_is_narrowed_by_its_pick_list_and_its_policy(page: Page) -> None:
    visit(page, "/queries/allegations-against")
    offered = page.locator("form.asking select").first.locator("option")
    smotrich = offered.filter(has_text="Bezalel Smotrich")
    expect(smotrich).to_have_count(1)
    page.locator("form.asking select").first.select_option(label="Bezalel Smotrich")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**bezalel-smotrich**")
    told(page, "Bezalel Smotrich")
    switch = page.get_by_role("group", name="Source policy")
    named = switch.locator("label").filter(has_text="named voices alone")
    left = int(named.locator(".count").inner_text())
    assert 0 < left < int(switch.locator("label").first.locator(".count").inner_text())
    named.click()
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**sources=on-record**")
    assert page.locator("tbody.record").count() == left


def test_a_question_is_taken_away_in_each_format_with_the_rows_shown(
    page: Page, tmp_path: Path
) -> None:
    visit(page, f"{OFFICIALS}?scope=broad")
    rows = page.locator("table.reading tbody.record").count()
    assert rows == 43

    def taken(link: str) -> bytes:
        with page.expect_download() as started:
            page.locator(".downloads").get_by_role("link", name=link, exact=True).click()
        started.value.save_as(tmp_path / link)
        return (tmp_path / link).read_bytes()

    def of_csv(body: bytes) -> int:
        return len(list(csv.DictReader(io.StringIO(body.decode()))))

    assert of_csv(taken("CSV")) == of_csv(taken("CSV with who says so")) == rows
    assert taken("TSV").strip().count(b"\n") == rows
    assert len(json.loads(taken("JSON"))["results"]["bindings"]) == rows
    assert len(ET.fromstring(taken("XML")).findall(".//{*}result")) == rows  # noqa: S314 - our own


def test_a_question_is_cited_followed_and_found_again_by_its_link(
    page: Page, real: Service
) -> None:
    visit(page, f"{OFFICIALS}?scope=broad")
    address = page.locator("[data-copy]").inner_text()
    linked = page.locator(".colophon a, .tests a").evaluate_all("all => all.map(a => a.href)")
    wanted = {
        name: next(each for each in linked if pattern in each)
        for name, pattern in {
            **{ending: f".{ending}" for ending in ("txt", "bib")},
            "receipt": "receipt=1",
            "feed": ".atom",
            "badge": "badge.svg",
        }.items()
    }
    for name, href in wanted.items():
        answer = httpx.get(href, timeout=30)
        assert answer.status_code == 200, name
        assert answer.content, name
    assert httpx.get(wanted["receipt"], timeout=30).json()["rows"] == 43
    shown = page.locator("table.reading tbody.record td").all_inner_texts()
    assert address.startswith(real.url)
    page.goto(address)
    assert page.locator("table.reading tbody.record td").all_inner_texts() == shown


@pytest.mark.parametrize("path", THINGS)
def test_a_thing_tells_what_its_kind_promises(page: Page, real: Service, path: str) -> None:
    visit(page, path)
    told(page, *THINGS[path], "Haaretz")
    expect(page.locator(".colophon")).to_contain_text("Object to this record")
    for name, media in (("Turtle", "text/turtle"), ("JSON-LD", "application/ld+json")):
        href = page.get_by_role("link", name=name, exact=True).get_attribute("href")
        answer = real.client.get(str(href))
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(media)
    page.locator(".colophon").evaluate("each => each.remove()")
    assert not re.search(r"https?://\S+/id/", page.locator("main").inner_text())


def test_neighbours_are_limited_and_paged(page: Page) -> None:
    visit(page, "/id/agent/benjamin-netanyahu")
    page.locator(".heading a[href*='part=']").first.click()
    page.wait_for_url("**part=**")
    assert page.locator("ol.entries > li").count() > 6
    visit(page, f"/id/source/{WORK}")
    told(page, "50 of 283")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**page=2")
    expect(page.locator(".pager")).to_contain_text("Page 2 of 6")
    assert page.locator(".strip rect").count() > 100


def test_the_legs_of_a_leak_lead_from_holder_to_recipient(page: Page) -> None:
    visit(page, f"{HERE}/s-leak-0425-2")
    legs = page.locator("ol.path > li")
    expect(legs).to_have_count(2)
    spots = page.locator("ol.path .end, ol.path .leg").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().left)"
    )
    assert spots == sorted(spots)
    expect(legs.nth(1)).to_contain_text("as the source states")


def test_the_ledger_tells_what_held_on_a_day_and_on_whose_word(page: Page) -> None:
    visit(page, "/mandates")
    page.get_by_label("As of", exact=True).fill("2024-02-15")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**as_of=2024-02-15")
    panel = page.locator("#as-of")
    expect(panel).to_contain_text("Certainly in force")
    state = panel.locator(".state").filter(has_text="Reported mandate in February")
    expect(state).to_contain_text("listen to mediators")
    expect(state).to_contain_text("make proposals")
    expect(state).to_contain_text("Haaretz")
    rows = page.locator("table.ledger tbody tr")
    assert rows.count() > 8
    tried = rows.filter(has_text="blocked")
    expect(tried.first).to_contain_text("revoked")


def test_both_sides_of_a_pair_stand_side_by_side_settled_or_not(page: Page) -> None:
    visit(page, "/disputes")
    pairs = page.locator("article.pair")
    expect(pairs).to_have_count(5)
    denied = pairs.filter(has_text="Alleged disclosure to a minister")
    expect(denied).to_contain_text("Not settled")
    sides = denied.locator(".side")
    expect(sides.first).to_contain_text("“Senior defense officials”")
    expect(sides.last).to_contain_text("denies")
    left, right = (side.bounding_box() for side in sides.all())
    assert left
    assert right
    assert abs(left["width"] - right["width"]) < 2
    assert abs(left["y"] - right["y"]) < 2


def test_an_edge_of_the_network_opens_its_chain(page: Page) -> None:
    visit(page, "/network")
    expect(page.locator("#graph[data-ready]")).to_have_count(1)
    edge = page.locator(".edges > li").filter(has_text="told Smotrich the classified")
    expect(edge).to_contain_text("Haaretz")
    edge.locator(".what > a").click()
    page.wait_for_url(f"**{HERE}/c*")
    expect(page.locator(".voice").first).to_contain_text("Haaretz")


def test_the_workbench_runs_marks_a_mistake_and_shares(page: Page) -> None:
    visit(page, "/sparql")
    editor = page.locator(".cm-content")
    expect(page.locator(".editor[data-ready]")).to_have_count(1)
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("SELECT ?leak\nWHERE { ?leak a ex:Leak }")
    expect(page.locator(".said")).to_contain_text("Line 2, column 17")
    page.keyboard.press("ControlOrMeta+a")
    query = "PREFIX hg: <https://w3id.org/hostagegraph/ns#> SELECT ?leak { ?leak a hg:Leak }"
    page.keyboard.insert_text(query)
    expect(page.locator(".said")).not_to_contain_text("Line")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#answer tbody tr")).to_have_count(5)
    shared = page.url
    visit(page, "/about")
    visit(page, shared)
    expect(page.locator("#answer tbody tr")).to_have_count(5)


def test_about_tells_counts_balance_versions_licence_and_how_to_object(page: Page) -> None:
    visit(page, "/about")
    told(page, "283", "Balance report", "Benjamin Netanyahu", "CC BY 4.0", "in service")
    told(page, "Object to a record", "challenged")
    expect(page.get_by_role("link", name="VoID and DCAT")).to_have_attribute(
        "href", "/.well-known/void"
    )


def test_the_theme_is_kept_over_a_reload_and_on_every_page(open_real: Open) -> None:
    page = open_real(OFFICIALS, color_scheme="light")
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for go in ("", f"{HERE}/c0702-12", "/network"):
        page.goto(go) if go else page.reload()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
