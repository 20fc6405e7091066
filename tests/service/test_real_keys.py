"""The real data by the keyboard alone: what is reached is seen at every step."""

import pytest
from playwright.sync_api import Page, expect

from tests.service.browsing import visit
from tests.service.keys import Keys

pytestmark = pytest.mark.browser

WORK = "haaretz-2024-07-10"
OFFICIALS = "/queries/statements-by-anonymous-officials"


def test_a_reader_walks_from_the_first_page_to_the_source_and_back(page: Page) -> None:
    visit(page, "/")
    keys = Keys(page)
    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    keys.to(
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Questions"),
        "Shift+Tab",
    )
    keys.open("Enter", "**/queries")
    keys.to(page.locator(f"main a[href='{OFFICIALS}']").first)
    keys.open("Enter", f"**{OFFICIALS}")
    keys.to(page.get_by_label("Scope"))
    keys.press("ArrowDown")
    keys.to(page.get_by_role("button", name="Ask"))
    keys.open("Space", "**scope=broad**")
    expect(page.locator("main")).to_contain_text("43 rows")
    row = page.locator("tbody.record").filter(has=page.locator("summary")).first
    keys.to(row.locator("summary").first)
    keys.press("Space")
    expect(row.locator(".opened").first).to_be_visible()
    keys.press("Enter")
    expect(row.locator(".opened").first).to_be_hidden()
    keys.press("Enter")
    asked = page.url
    keys.to(row.locator(".opened").first.get_by_role("link", name="claim 0"))
    keys.open("Enter", f"**/id/{WORK}/c0*")
    expect(page.locator(".voice").first).to_be_visible()
    keys.to(page.locator(".colophon").get_by_role("link", name="Haaretz"))
    keys.open("Enter", f"**/id/source/{WORK}")
    page.go_back()
    page.go_back()
    assert page.url == asked
    expect(row.locator(".opened").first).to_be_visible()
    expect(page.get_by_label("Scope")).to_have_value("broad")


def test_a_source_policy_and_a_view_are_chosen_by_keys(page: Page) -> None:
    visit(page, "/queries/leak-paths")
    keys = Keys(page)
    keys.to(page.get_by_role("radio", name="any voice"))
    keys.press("ArrowRight")
    keys.to(page.get_by_role("button", name="Ask"))
    keys.open("Enter", "**sources=on-record**")
    views = page.get_by_role("navigation", name="Views")
    keys.to(views.get_by_role("link", name="Ledger"))
    keys.open("Enter", "**view=ledger**")
    expect(views.get_by_role("link", name="Ledger")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("radio", name="named voices alone")).to_be_checked()


def test_the_timeline_is_one_stop_and_arrows_walk_its_lanes(page: Page) -> None:
    visit(page, "/")
    expect(page.locator("svg.timeline[data-ready]")).to_have_count(1)
    keys = Keys(page)
    keys.to(page.locator("a.entry[tabindex='0']"))
    seen = [page.evaluate("document.activeElement.getAttribute('href')")]
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp", "End", "Home"):
        keys.press(key)
        seen.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert len(set(seen)) >= 5
    keys.press("Tab")
    expect(page.locator("a.entry:focus")).to_have_count(0)
    keys.press("Shift+Tab")
    keys.open("Enter", f"**{seen[-1]}")


def test_the_day_of_the_ledger_moves_by_arrows_and_the_focus_stays(page: Page) -> None:
    visit(page, "/mandates?as_of=2024-04-25")
    keys = Keys(page)
    slider = page.get_by_label("As of, by days")
    keys.to(slider)
    keys.press("ArrowRight")
    page.wait_for_url("**/mandates?as_of=2024-04-26")
    expect(page.get_by_role("status")).to_contain_text("revoked, blocked")
    expect(slider).to_be_focused()
    keys.to(page.locator("#as-of .state a").first)
    keys.to(page.locator("table.ledger a.event").first)
    keys.open("Enter", f"**/id/{WORK}/c*")


def test_pairs_are_chosen_and_a_side_opened_by_keys(page: Page) -> None:
    visit(page, "/disputes")
    keys = Keys(page)
    keys.to(page.get_by_role("link", name="Order not settled"))
    keys.open("Enter", "**/disputes?show=**")
    expect(page.locator("article.pair")).to_have_count(4)
    keys.to(page.locator("article.pair .side a[href*='/c']").first)
    keys.open("Enter", f"**/id/{WORK}/c*")


def test_a_line_of_the_network_is_found_and_opened_by_keys(page: Page) -> None:
    visit(page, "/network")
    expect(page.locator("#graph[data-ready]")).to_have_count(1)
    keys = Keys(page)
    keys.to(page.locator('a.dealt[tabindex="0"]'))
    expect(page.locator("#edge-said")).to_contain_text("Haaretz")
    said = page.locator("#edge-said").inner_text()
    keys.press("ArrowRight")
    assert page.locator("#edge-said").inner_text() != said
    keys.press("Tab")
    expect(page.locator("#graph a:focus")).to_have_count(0)
    keys.press("Shift+Tab")
    claim = page.locator(".edges > li.chosen").get_attribute("data-claim")
    keys.open("Enter", f"**{claim}")


def test_words_are_searched_and_a_hit_opened_by_keys(page: Page) -> None:
    visit(page, "/search")
    keys = Keys(page)
    keys.to(page.get_by_label("Words in names"))
    page.keyboard.type("cairo")
    keys.open("Enter", "**/search?q=cairo")
    keys.to(page.locator(".hits a, .entries a").first)
    keys.open("Enter", "**/id/**")


def test_a_query_is_completed_run_and_left_by_keys(page: Page) -> None:
    visit(page, "/sparql")
    expect(page.locator(".editor[data-ready]")).to_have_count(1)
    keys = Keys(page)
    keys.to(page.locator(".cm-content"))
    keys.press("ControlOrMeta+a", "Delete")
    page.keyboard.type("SELECT ?leak { ?leak a hg:Lea")
    expect(page.get_by_role("option", selected=True)).to_contain_text("hg:Leak")
    page.wait_for_timeout(200)  # a key right after the list opens is meant for the text
    keys.press("Enter", "ControlOrMeta+Enter")
    expect(page.locator("#answer tbody tr")).to_have_count(5)
    keys.press("Escape", "Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()
    keys.to(page.locator("#answer tbody a").first)
    keys.open("Enter", f"**/id/{WORK}/s-*")


def test_every_stop_of_the_tab_key_about_the_data_can_be_seen(page: Page) -> None:
    visit(page, "/about")
    keys = Keys(page)
    stops = page.locator("a[href]:visible, button:visible, [tabindex='0']:visible").count()
    keys.to(page.locator("footer a").last, most=stops)
    keys.to(page.get_by_role("link", name="VoID and DCAT"), "Shift+Tab", stops)
