"""The pages in a real browser: nothing complains, nothing leaves the host, all fits a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.projects import SOURCE
from tests.service.browsing import Open
from tests.service.conftest import Service

pytestmark = pytest.mark.browser

HEADLINE = "/queries/statements-by-anonymous-officials"
CLAIM = f"/id/{SOURCE}/c0103-06"
# One address for each kind of page.
PAGES = [
    "/",
    "/?view=list",
    "/search?q=official",
    "/queries",
    HEADLINE,
    f"{HEADLINE}?scope=broad",
    CLAIM,
    f"/id/{SOURCE}/s-stmt-official-0103",
    f"/id/{SOURCE}/s-leak-0105-2",
    f"/id/{SOURCE}/u-k",
    f"/id/{SOURCE}/p-946-1080",
    f"/id/source/{SOURCE}",
    "/id/agent/basil-thrumm",
    "/id/agent/example-gazette?part=word",
    "/mandates",
    "/mandates?as_of=1900-01-08",
    "/disputes",
    "/network",
    "/about",
    "/data",
    "/ns",
    "/sparql",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_and_has_one_heading(open_page: Open, path: str) -> None:
    page = open_page(path, 390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_of_access(open_page: Open, path: str, theme: str) -> None:
    page = open_page(path, color_scheme=theme)
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    assert told == []


def test_the_first_view_is_small(browser: Browser, site: Service) -> None:
    context = browser.new_context(base_url=site.url, viewport={"width": 1200, "height": 800})
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("requestfinished", lambda r: sizes.update({r.url: r.sizes()["responseBodySize"]}))
    page.goto("/")
    expect(page.locator("svg.timeline[data-ready]")).to_have_count(1)
    page.wait_for_load_state("load")
    context.close()
    assert len(sizes) >= 5
    assert 20_000 < sum(sizes.values()) < 100_000


COVERED = """() => {
  const boxes = [...document.querySelectorAll("a.entry text")].map(
    (each) => [each.textContent, each.getBoundingClientRect()]);
  const found = [];
  const wall = document.querySelector("path.issued")?.getBoundingClientRect().x ?? Infinity;
  boxes.forEach(([a, one], i) => {
    if (one.left < wall && wall < one.right) found.push([a, "the day of publication"]);
    boxes.slice(i + 1).forEach(([b, other]) => {
      if (one.left < other.right && other.left < one.right
          && one.top + 4 < other.bottom && other.top + 4 < one.bottom) found.push([a, b]);
    });
  });
  return found;
}"""


def test_labels_of_the_timeline_cover_nothing_in_any_font(open_page: Open) -> None:
    page = open_page("/")
    expect(page.locator("svg.timeline[data-ready]")).to_have_count(1)
    assert page.locator("a.entry").count() > 5
    assert page.evaluate(COVERED) == []
    label = page.locator("a.entry text").first
    width = label.evaluate("each => each.getComputedTextLength()")
    page.evaluate(
        """() => {
          for (const each of ["--sans", "--serif"])
            document.documentElement.style.setProperty(each, "DejaVu Sans Mono, monospace");
          document.fonts.dispatchEvent(new Event("loadingdone"));
        }"""
    )
    assert label.evaluate("each => each.getComputedTextLength()") != width
    assert page.evaluate(COVERED) == []


def test_an_entry_of_the_timeline_says_who_says_so_when_it_is_chosen(open_page: Open) -> None:
    page = open_page("/")
    expect(page.locator("svg.timeline[data-ready]")).to_have_count(1)
    panel = page.locator(".plot .spoken")
    expect(panel).to_be_hidden()
    for _ in range(2):
        page.locator('a.entry[tabindex="0"]').focus()
        page.keyboard.press("ArrowDown")
    expect(panel).to_contain_text("Example Gazette")
    entry, below = page.locator("a.entry:focus").bounding_box(), panel.bounding_box()
    assert entry
    assert below
    assert entry["y"] + entry["height"] <= below["y"] + 1
    told = panel.inner_text()
    page.locator("a.entry").last.hover()
    assert panel.inner_text() != told


def test_arrow_keys_step_through_the_timeline_and_enter_opens(open_page: Open) -> None:
    page = open_page("/")
    expect(page.locator("svg.timeline[data-ready]")).to_have_count(1)
    stops = page.locator('a.entry[tabindex="0"]')
    expect(stops).to_have_count(1)
    stops.focus()
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    assert second != first
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{second}")
    page.go_back()
    expect(page.locator("svg.timeline")).to_have_count(1)


def test_the_theme_is_kept_over_pages_and_reloads(open_page: Open) -> None:
    page = open_page("/queries", color_scheme="light")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != paper
    page.goto("/ns")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    expect(page.get_by_role("button", name="Light")).to_be_visible()


def test_the_first_key_leads_past_the_navigation(open_page: Open) -> None:
    page = open_page("/queries")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_search_is_reached_and_left_by_keys_alone(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_label("Search people, labels, claims, days").focus()
    page.keyboard.type("thrumm")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=thrumm")
    link = page.get_by_role("link", name="Basil Thrumm").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/id/agent/basil-thrumm")
    page.go_back()
    expect(page.get_by_label("Words in names")).to_have_value("thrumm")


def test_a_question_is_asked_by_its_form(open_page: Open) -> None:
    page = open_page(HEADLINE)
    expect(page.locator("main")).to_contain_text("Statement under the label of an official")
    rows = page.locator("tbody tr").count()
    page.get_by_label("Scope").select_option("broad")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**scope=broad**")
    assert page.locator("tbody tr").count() > rows


def test_a_row_leads_to_the_voice_the_denial_the_passage_and_the_source(open_page: Open) -> None:
    page = open_page(HEADLINE)
    page.get_by_role("link", name="two unnamed diplomats said").first.click()
    main = page.locator("main")
    expect(main).to_contain_text("Two Freedonian diplomats")
    expect(main).to_contain_text("denies")
    expect(main.locator(".mark").first).to_have_text("draft")
    main.get_by_role("link", name="946 to 1080").first.click()
    expect(page.locator("h1")).to_have_text("Characters 946 to 1080")
    page.go_back()
    page.locator(".colophon").get_by_role("link", name="Example Gazette").click()
    expect(page.locator(".strip rect").first).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/", HEADLINE, CLAIM, "/search?q=official", "/id/agent/basil-thrumm"]
)
def test_pages_tell_the_same_without_script(open_page: Open, path: str) -> None:
    plain = open_page(path, java_script_enabled=False)
    scripted = open_page(path)
    expect(scripted.locator("h1")).to_have_text(plain.locator("h1").inner_text())
    told = plain.locator("main").inner_text()
    assert len(told) > 200
    if path != "/":
        # What a reader's own copy needs a script for is not there without one.
        scripted.locator(".own-copy").evaluate_all("all => all.forEach((each) => each.remove())")
        assert told == scripted.locator("main").inner_text()
    expect(plain.locator("button.theme")).to_be_hidden()


def test_the_timeline_is_a_list_on_a_phone(open_page: Open) -> None:
    page = open_page("/", 390)
    expect(page.locator("svg.timeline")).to_be_hidden()
    assert page.locator(".dated > li:visible").count() > 5
    wide = open_page("/?view=list")
    expect(wide.locator(".dated")).to_be_visible()
    expect(wide.locator("svg.timeline")).to_have_count(0)
