"""Names in Hebrew and Arabic on an English page: in their language, and everything in its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from hostagegraph import build
from hostagegraph.queries import Catalogue
from hostagegraph.service.app import create_app
from tests.projects import FIRST, ROOT, SECOND, SOURCE, edit, sample_project
from tests.service.browsing import seen, watched
from tests.service.conftest import Service, running

pytestmark = pytest.mark.browser

# Invented labels; the brackets and the full stop are where a wrong direction shows.
OFFICIAL = "בכיר בנמל (לא בשמו)"
DIPLOMATS = "دبلوماسيان من فريدونيا."
INITIAL = "ק'"
MEMBER = "חברת הצוות (א)"
THRUMM = "בזיל תראם"
WORDING = "באותו שבוע (בערך)"
TITLE = "הנמל: דיווח ראשון"
HEADLINE = "/queries/statements-by-anonymous-officials?scope=broad"
STATEMENT = f"/id/{SOURCE}/s-stmt-official-0103"
CLAIM = f"/id/{SOURCE}/c0103-06"


def foreign_project(folder: Path) -> Path:
    """Copy the sample with labels in other languages, and queries that do not test for theirs."""
    root = sample_project(folder)
    (root / "queries").unlink()
    (root / "queries").mkdir()
    for query in (ROOT / "queries").glob("*.rq"):
        text = query.read_text(encoding="utf-8").replace(f"sources: {SOURCE}", "sources: none-1900")
        (root / "queries" / query.name).write_text(text, encoding="utf-8")
    edit(
        *(root, SECOND, "descriptor: senior harbour official"),
        f'descriptor: {{he: "{OFFICIAL}"}}',
    )
    edit(
        *(root, SECOND, "descriptor: Two Freedonian diplomats"),
        f'descriptor: {{ar: "{DIPLOMATS}"}}',
    )
    edit(
        *(root, FIRST, "descriptor: senior member of the Freedonian team, pseudonym: K."),
        f'descriptor: {{he: "{MEMBER}"}}, pseudonym: "{INITIAL}"',
    )
    edit(root, SECOND, "whenText: In the same week", f'whenText: {{he: "{WORDING}"}}')
    people = "data/agents/people.yaml"
    edit(root, people, "{label: Basil Thrumm}", f"{{label: {{en: Basil Thrumm, he: {THRUMM}}}}}")
    source = f"data/sources/{SOURCE}.yaml"
    edit(root, source, "language: en", "language: he")
    edit(root, source, "title: The harbour talks, day by day", f'title: "{TITLE}"')
    return root


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    root = foreign_project(tmp_path_factory.mktemp("foreign"))
    built = build.build(build.Project(root), root / "snapshots")
    yield from running(create_app(built.snapshot, Catalogue.load(root / "queries")))


@pytest.fixture(scope="module")
def shared(browser: Browser, foreign: Service) -> Iterator[tuple[Page, list[str]]]:
    problems: list[str] = []
    with watched(browser, foreign.url, problems) as start:
        yield start("/"), problems


@pytest.fixture
def page(shared: tuple[Page, list[str]]) -> Iterator[Page]:
    page, problems = shared
    yield page
    seen(problems)


# Finds what stands in such letters without its language, or could disturb what stands beside it.
LOOSE = """() => {
  const letters = /[\\u0590-\\u06ff]/;
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode;
    const parent = text.parentElement;
    if (!letters.test(text.data) || parent.closest("script, style, pre, code, option")) continue;
    if (parent.matches("title") || parent.closest(".cm-editor, textarea")) continue;
    const wanted = /[\\u0590-\\u05ff]/.test(text.data) ? "he" : "ar";
    const language = parent.closest("[lang]").getAttribute("lang");
    const bidi = getComputedStyle(parent).unicodeBidi;
    const asked = parent.closest(".paper"); // in whatever language the reader wrote
    if (language !== wanted && !asked) found.push(`${text.data}: lang ${language}`);
    if (!/isolate|plaintext/.test(bidi)) found.push(`${text.data}: ${bidi}`);
  }
  return found;
}"""
PAGES = [
    *("/", "/?view=list", "/search?q=thrumm", HEADLINE, f"{HEADLINE}&view=timeline"),
    *(f"{HEADLINE}&view=ledger", "/queries/leak-paths", STATEMENT, CLAIM, f"/id/{SOURCE}/u-k"),
    *(f"/id/{SOURCE}/u-diplomats-0103", f"/id/{SOURCE}/s-instruction-0103"),
    *(f"/id/source/{SOURCE}", "/id/agent/basil-thrumm", "/disputes", "/network", "/about"),
    *("/queries/denied-claims", "/queries/claims-on-one-unnamed-source", "/queries/agents"),
]


@pytest.mark.parametrize("path", PAGES)
def test_a_text_from_right_to_left_has_its_language_and_stands_apart(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.locator("html[data-ready]")).to_have_count(1)
    assert page.evaluate(LOOSE) == []
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"


def box(found: Locator) -> dict[str, float]:
    told = found.bounding_box()
    assert told
    return {"left": told["x"], "right": told["x"] + told["width"]}


def edges(found: Locator, text: str) -> tuple[float, float]:
    """Measure where a part of an element's text is drawn: its left and its right edge."""
    told = found.evaluate(
        """(element, part) => {
          const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(part);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + part.length);
            const box = range.getBoundingClientRect();
            return [box.left, box.right];
          }
          return null;
        }""",
        text,
    )
    assert told, f"{text} is not drawn"
    return told[0], told[1]


@pytest.mark.parametrize(
    ("path", "label", "language"),
    [(STATEMENT, OFFICIAL, "he"), (CLAIM, DIPLOMATS, "ar")],
    ids=["he", "ar"],
)
def test_signs_and_quotes_keep_their_place_beside_a_label(
    page: Page, path: str, label: str, language: str
) -> None:
    page.goto(path)
    who = page.locator("main .who").filter(has_text=label).first
    words = who.locator(f"bdi[lang={language}]")
    expect(words).to_have_text(label)
    assert words.evaluate("each => getComputedStyle(each).direction") == "rtl"
    drawn = box(words)
    assert box(who.locator("svg.sign"))["right"] <= drawn["left"]
    assert edges(who, "“")[1] <= drawn["left"] + 1
    assert edges(who, "”")[0] >= drawn["right"] - 1
    # Within the label the order is its own: what ends it stands at its left.
    assert edges(words, label[-1])[1] < edges(words, label[0])[0]


def test_the_stance_follows_the_label_and_the_reply_its_colon(page: Page) -> None:
    page.goto(CLAIM)
    head = page.locator(".head").filter(has_text=DIPLOMATS).first
    words = box(head.locator("bdi[lang=ar]").first)
    assert words["right"] <= box(head.locator(".stance").first)["left"]
    page.goto("/queries/denied-claims")
    line = page.locator(".line").filter(has_text=DIPLOMATS).first
    assert edges(line, "\u203a")[1] <= box(line.locator("bdi[lang=ar]"))["left"]


def test_labels_of_the_timeline_stand_apart_and_beside_their_marks(page: Page) -> None:
    page.goto("/")
    expect(page.locator("svg.timeline[data-ready]")).to_have_count(1)
    entry = page.locator("a.entry").filter(has=page.locator("tspan[lang=he]")).first
    label = entry.locator("text")
    assert label.evaluate("each => getComputedStyle(each).direction") == "ltr"
    words = label.locator("tspan")
    expect(words).to_have_text(OFFICIAL)
    assert words.evaluate("each => getComputedStyle(each).unicodeBidi") == "plaintext"
    anchored = label.get_attribute("text-anchor") == "end"
    mark, drawn = box(entry.locator("use").first), box(label)
    assert drawn["right"] <= mark["left"] + 8 if anchored else mark["right"] - 8 <= drawn["left"]
    order = words.evaluate(
        """each => {
          const at = i => each.getExtentOfChar(i).x;
          const last = each.getNumberOfChars() - 1;
          const text = each.closest("text");
          return [text.getExtentOfChar(0).x, at(last), at(0),
            text.getExtentOfChar(text.getNumberOfChars() - 1).x];
        }"""
    )
    assert order == sorted(order), "quote, end, beginning, quote from left to right"


def test_a_title_holds_a_label_apart(page: Page) -> None:
    page.goto(f"/id/{SOURCE}/u-diplomats-0103")
    assert page.title() == f"\u2068{DIPLOMATS}\u2069 · hostagegraph"
    heading = page.locator("h1")
    expect(heading).to_contain_text(DIPLOMATS)
    assert box(heading.locator("svg"))["right"] <= box(heading.locator("bdi"))["left"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("תראם", "Basil Thrumm"), ("בנמל", OFFICIAL), ("دبلوماسيان", DIPLOMATS), ("ק'", INITIAL)],
    ids=["label", "he", "ar", "pseudonym"],
)
def test_search_finds_words_from_right_to_left(page: Page, words: str, found: str) -> None:
    page.goto("/search")
    field = page.get_by_label("Words in names")
    field.fill(words)
    assert field.evaluate("each => getComputedStyle(each).direction") == "rtl"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    expect(page.locator("main").get_by_role("link", name=found).first).to_be_visible()
    assert page.evaluate(LOOSE) == []


def test_a_pick_list_holds_a_label_apart(page: Page) -> None:
    page.goto("/queries/statements-of-a-speaker")
    options = page.locator("form.asking option").all_text_contents()
    assert f"\u2068{OFFICIAL}\u2069" in options
    assert "Basil Thrumm" in options


def test_what_is_cited_or_copied_holds_no_marks_of_direction(page: Page, foreign: Service) -> None:
    page.goto(HEADLINE)
    snippets = page.locator(".code pre").all_text_contents()
    cited = [
        foreign.client.get(f"/cite/{SOURCE}/c0103-06.{ending}").text
        for ending in ("txt", "bib", "json", "ttl")
    ]
    table = foreign.client.get(f"{HEADLINE.replace('?', '.csv?')}").text
    assert OFFICIAL in table
    assert TITLE in cited[0]
    for text in (*snippets, *cited, table):
        assert not set(text) & set("\u2066\u2067\u2068\u2069\u200e\u200f")


def test_the_words_of_a_date_are_quoted_in_their_language(page: Page) -> None:
    page.goto(f"/id/{SOURCE}/s-instruction-0103")
    quoted = page.locator("q bdi[lang=he]").first
    expect(quoted).to_have_text(WORDING)
    assert edges(quoted, ")")[1] < edges(quoted, WORDING[0])[0]
