"""The real data without script: every kind of page still asks, answers, opens and gives away."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.service.browsing import seen, watched
from tests.service.conftest import Service
from tests.service.keys import Keys
from tests.service.test_real_walks import THINGS, told

pytestmark = pytest.mark.browser

WORK = "haaretz-2024-07-10"
HERE = f"/id/{WORK}"
OFFICIALS = "/queries/statements-by-anonymous-officials"
FULL = [
    *("/", "/search?q=barnea", "/queries", OFFICIALS, "/mandates", "/disputes", "/network"),
    *("/sparql", "/about"),
]


@pytest.fixture(scope="module")
def shared(browser: Browser, real: Service) -> Iterator[tuple[Page, list[str]]]:
    """Open one page without script for all tests."""
    problems: list[str] = []
    with watched(browser, real.url, problems) as start:
        yield start("/about", java_script_enabled=False), problems


@pytest.fixture
def plain(shared: tuple[Page, list[str]]) -> Iterator[Page]:
    page, problems = shared
    yield page
    seen(problems)


@pytest.mark.parametrize("path", FULL)
def test_nothing_waits_for_a_script_that_never_comes(plain: Page, path: str) -> None:
    plain.goto(path)
    main = plain.locator("main")
    assert len(main.inner_text()) > 200
    expect(plain.locator("button.theme")).to_be_hidden()
    for control in main.locator("button:visible, input:visible, select:visible").all():
        assert control.evaluate("each => each.form !== null"), "it does nothing without script"


def test_the_days_stand_on_the_first_page_as_a_list(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("link", name="as a list").click()
    plain.wait_for_url("**view=list**")
    entries = plain.locator(".dated > li")
    assert entries.count() > 40
    expect(entries.first).to_be_visible()
    expect(entries.first).to_contain_text("Haaretz")
    entries.first.locator(".what > a").click()
    plain.wait_for_url("**/id/**")


def test_words_are_searched_by_a_form(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("searchbox").fill("barnea")
    plain.get_by_role("search").get_by_role("button", name="Search").click()
    plain.wait_for_url("**/search?q=barnea")
    plain.get_by_role("link", name="David Barnea", exact=True).first.click()
    plain.wait_for_url("**/id/agent/david-barnea")


def test_a_question_is_asked_by_its_form_and_taken_away(plain: Page, tmp_path: Path) -> None:
    plain.goto(OFFICIALS)
    plain.get_by_label("Scope").select_option("broad")
    plain.get_by_role("button", name="Ask").click()
    plain.wait_for_url("**scope=broad**")
    told(plain, "43 rows")
    with plain.expect_download() as started:
        plain.get_by_role("link", name="CSV with who says so").click()
    started.value.save_as(tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == plain.locator("tbody.record").count() == 43
    assert all(row["said_by"] for row in rows)


def test_who_says_so_opens_by_a_key(plain: Page) -> None:
    plain.goto("/queries/denied-claims")
    row = plain.locator("tbody.record").filter(has_text="Senior defense officials").first
    expect(row.locator(".says").first).to_be_visible()
    keys = Keys(plain)
    keys.to(row.locator("summary").first)
    keys.press("Enter")
    opened = row.locator(".opened").first
    expect(opened).to_be_visible()
    expect(opened).to_contain_text("denies")
    keys.to(opened.get_by_role("link", name="claim 0702-12"))
    plain.keyboard.press("Enter")
    plain.wait_for_url(f"**{HERE}/c0702-12")


@pytest.mark.parametrize("word", ["Table", "Ledger", "Timeline"])
def test_a_view_is_a_link(plain: Page, word: str) -> None:
    plain.goto("/queries/mandate-changes")
    plain.get_by_role("navigation", name="Views").get_by_role("link", name=word).click()
    expect(plain.get_by_role("navigation", name="Views").locator("[aria-current]")).to_have_text(
        word
    )
    told(plain, "Haaretz", "narrowed")


@pytest.mark.parametrize("path", THINGS)
def test_a_thing_tells_all_of_it(plain: Page, path: str) -> None:
    plain.goto(path)
    told(plain, *THINGS[path], "Haaretz")
    expect(plain.locator(".own-copy")).to_be_hidden()


def test_what_held_on_a_day_is_asked_by_a_form(plain: Page) -> None:
    plain.goto("/mandates")
    expect(plain.get_by_label("As of, by days")).to_be_hidden()
    plain.get_by_label("As of", exact=True).fill("2024-04-26")
    plain.get_by_role("button", name="Show").click()
    plain.wait_for_url("**as_of=2024-04-26")
    expect(plain.get_by_role("status")).to_contain_text("revoked, blocked")
    told(plain, "Reported mandate in February", "listen to mediators")


def test_pairs_are_chosen_by_links(plain: Page) -> None:
    plain.goto("/disputes")
    plain.get_by_role("link", name="Order not settled").click()
    plain.wait_for_url("**show=**")
    expect(plain.locator("article.pair")).to_have_count(4)
    told(plain, "Not settled")


def test_the_network_is_drawn_and_listed_and_each_line_opens_a_claim(plain: Page) -> None:
    plain.goto("/network")
    edges = plain.locator(".edges > li")
    assert edges.count() > 15
    expect(plain.locator("#graph a.dealt")).to_have_count(edges.count())
    edges.first.locator(".what > a").click()
    plain.wait_for_url(f"**{HERE}/c*")


def test_a_query_is_run_by_a_form(plain: Page) -> None:
    plain.goto("/sparql")
    query = "PREFIX hg: <https://w3id.org/hostagegraph/ns#> SELECT ?leak { ?leak a hg:Leak }"
    plain.get_by_label("Query").fill(query)
    plain.get_by_role("button", name="Run").click()
    expect(plain.locator("#answer tbody tr")).to_have_count(5)
    expect(plain.get_by_label("Query")).to_have_value(query)
    plain.get_by_text("Begin from a saved query").click()
    plain.locator('.examples a[href="/sparql?from=sources"]').click()
    expect(plain.get_by_label("Query")).to_have_value(re.compile("SELECT"))
