"""The ledger, the disputes, the network and the account of the data, without a browser."""

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from hostagegraph import build
from hostagegraph.errors import SettingsError
from hostagegraph.queries import Catalogue
from hostagegraph.service.accounts.days import Day
from hostagegraph.service.app import create_app
from hostagegraph.service.drawing.scale import Scale, outline
from hostagegraph.service.pages.about import contact_of
from tests.projects import FOURTH, SOURCE, edit, sample_project
from tests.service.conftest import Service, running
from tests.service.test_pages import HTML, show, text_of
from tests.service.world import catalogue_in, snapshot_in

FIRST, LAST = date(1900, 1, 1), date(1900, 1, 31)


@pytest.fixture(scope="module")
def reachable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve the sample by an operator who gives an address, second in a row of versions."""
    root = sample_project(tmp_path_factory.mktemp("reachable"))
    build.build(build.Project(root), root / "snapshots")
    edit(root, FOURTH, "Port Example in the evening.", "Port Example that evening.")
    built = build.build(build.Project(root), root / "snapshots")
    app = create_app(
        built.snapshot, Catalogue.load(root / "queries"), contact="editors@example.org"
    )
    yield from running(app)


def rows(page: str) -> list[str]:
    found = re.findall(r'<tr role="row".*?</tr>', page.partition("<tbody")[2], re.DOTALL)
    plain = (html.unescape(re.sub(r"<[^>]*>", " ", row)) for row in found)
    return [re.sub(r"\s+", " ", row).replace(" ,", ",") for row in plain]


# The ledger


def test_the_ledger_has_a_row_for_each_change_with_its_voice(site: Service) -> None:
    page = site.client.get("/mandates", headers=HTML).text
    grant, narrowing = rows(page)
    assert "1 Jan 1900" in grant
    assert "granted completed" in grant
    assert "Cabinet of Freedonia" in grant
    assert "may listen to mediators, hold talks with mediators, present own position" in grant
    assert "narrowed" in narrowing
    assert "Basil Thrumm" in narrowing
    assert "may not make proposals" in narrowing
    assert "reply of Basil Thrumm : none reported" in narrowing
    assert all("Example Gazette" in row for row in (grant, narrowing))


@pytest.mark.parametrize(
    ("day", "certain", "possible"),
    [
        ("1900-01-03", "Mandate from 1 January", "None whose dates allow this day"),
        ("1900-01-05", "Mandate from 1 January", "Mandate from 5 January"),
        ("1900-01-08", "No source settles that any state held", "Mandate from 5 January"),
        ("1899-12-31", "No source settles that any state held", "None whose dates allow this day"),
    ],
)
def test_the_ledger_tells_what_was_certain_and_possible_on_a_day(
    site: Service, day: str, certain: str, possible: str
) -> None:
    page = show(site, f"/mandates?as_of={day}")
    first, _, rest = page.partition("Certainly in force")[2].partition("Possibly in force")
    assert certain in first
    assert possible in rest.partition("According to")[0] + rest


def test_what_a_mandate_leaves_open_is_not_said(site: Service) -> None:
    page = show(site, "/mandates?as_of=1900-01-08")
    state = page.partition("Mandate from 5 January")[2].partition("claim 0105-02")[0]
    unsaid = state.partition("not said")[2]
    assert "travel to talks" in unsaid
    assert "make proposals" not in unsaid


def test_without_a_day_the_ledger_takes_that_of_the_last_change(site: Service) -> None:
    page = site.client.get("/mandates", headers=HTML).text
    assert 'value="1900-01-05"' in page
    assert "the day of the last reported change" in page


@pytest.mark.parametrize("day", ["yesterday", "1900-02-30", "<b>", "1900-01-05T00:00"])
def test_a_day_that_is_none_is_named_beside_its_field(site: Service, day: str) -> None:
    response = site.client.get("/mandates", params={"as_of": day}, headers=HTML)
    assert response.status_code == 422
    assert "is no day; write it as" in response.text
    assert "<b>" not in response.text
    assert len(rows(response.text)) == 2


# Said against said


def test_a_contradiction_has_both_voices_the_judge_and_no_first_speaker(site: Service) -> None:
    page = show(site, "/disputes?show=open")
    pair = page.partition("Reported article in the Example Courier")[2]
    left, _, right = pair.partition("Not settled")
    assert "Basil Thrumm" in left
    assert "is contradicted by" in left
    assert right.startswith(" the days may overlap judge: Example Gazette")
    assert "carried no such article" in right


def test_a_denial_stands_beside_the_claim_with_the_other_explanation(site: Service) -> None:
    page = show(site, "/disputes")
    pair = page.partition("Alleged disclosure of the brief")[2]
    pair = pair.partition("Reported article")[0]
    assert pair.index("“Two Freedonian diplomats”") < pair.index("is denied")
    assert pair.index("is denied") < pair.index("denies")
    assert "one claim, two chains" in pair
    assert "Offered as another explanation" in page


def test_pairs_are_chosen_by_what_is_known_of_them(site: Service) -> None:
    counts = {
        show_: site.client.get("/disputes", params={"show": show_}, headers=HTML).text.count(
            'class="pair"'
        )
        for show_ in ("", "settled", "open", "unnamed")
    }
    assert counts == {"": 2, "settled": 0, "open": 2, "unnamed": 1}
    wrong = site.client.get("/disputes", params={"show": "<i>"}, headers=HTML)
    assert wrong.status_code == 400
    assert "is not one of settled, open, unnamed" in wrong.text
    assert "<i>" not in wrong.text


# The network


def test_each_dealing_of_the_network_is_a_claim_with_its_voice(site: Service) -> None:
    page = site.client.get("/network", headers=HTML).text
    items = page.split("<li data-kind=")[1:]
    assert len(items) == 8  # nine rows of the question: the denial has a row of its own there
    for item in items:
        assert "Example Gazette" in item
        claim = re.search(r'data-claim="([^"]+)"', item)
        assert claim
        assert site.client.get(claim[1], headers=HTML).status_code == 200
    (denied,) = [item for item in items if "data-denied" in item]
    assert "denied by" in denied
    (delayed,) = [item for item in items if "data-undone" in item]
    assert "delayed" in delayed


# The account of the data


def test_the_account_of_the_data_has_sources_counts_and_balance(site: Service) -> None:
    page = show(site, "/about")
    assert re.search(r"Example Gazette 1900-01-08 30 ", page)
    assert "claims 30" in page
    assert re.search(r"Basil Thrumm \d+ 1 ", page)
    assert "the oldest at hand" in page


def test_without_an_address_the_page_says_so_and_how_records_are_corrected(site: Service) -> None:
    page = show(site, "/about")
    assert "gives no address" in page
    assert "plain text files" in page
    assert "challenged" in page
    assert "within a day" not in show(site, f"/id/{SOURCE}/c0103-06")


def test_an_address_stands_where_objections_are_spoken_of(reachable: Service) -> None:
    for path in ("/about", f"/id/{SOURCE}/c0103-06"):
        page = reachable.client.get(path, headers=HTML).text
        assert '<a href="mailto:editors@example.org">editors@example.org</a>' in page, path


def test_versions_are_told_with_what_changed(reachable: Service) -> None:
    page = show(reachable, "/about")
    assert "the same counts, other details" in page
    assert page.index("in service") < page.index("the oldest at hand")


@pytest.mark.parametrize("text", ["nobody", "javascript:alert(1)", "a@b", "mailto:a@example.org x"])
def test_an_address_that_leads_nowhere_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="contact takes a mail address"):
        contact_of(text)
    with pytest.raises(SettingsError):
        create_app(snapshot_in(tmp_path / "s"), catalogue_in(tmp_path / "q"), contact=text)


def test_pages_whose_question_is_missing_are_not_offered(service: Service) -> None:
    home = service.client.get("/", headers=HTML).text
    for path in ("/mandates", "/disputes", "/network", "/about"):
        assert f'href="{path}"' not in home
        assert service.client.get(path, headers=HTML).status_code == 404
    assert 'href="/queries"' in home


def test_the_pages_are_in_the_navigation(site: Service) -> None:
    for path in ("/mandates", "/disputes", "/network", "/about"):
        page = site.client.get(path, headers=HTML)
        assert text_of(page)
        assert f'<a href="{path}" aria-current="page">' in page.text


# Days on a line


def test_a_scale_goes_from_its_first_day_to_its_last() -> None:
    scale = Scale(FIRST, LAST, 10, 310)
    assert scale.x(FIRST) == 10
    assert scale.x(LAST) == 310
    assert scale.x(date(1900, 1, 16)) == 160
    known = Day("x", "x", "", "x", FIRST, FIRST, FIRST, FIRST)
    assert scale.ends(known) == (10, 10, 10)
    by = Day("x", "x", "", "x", None, None, LAST, LAST)
    assert scale.ends(by) == (310 - 46, 310, 310)
    assert outline("by", 264, 310) == "M264.0 0L310.0-5V5Z"


def test_a_long_scale_names_years_and_a_short_one_months() -> None:
    short = Scale(FIRST, date(1900, 3, 1), 0, 100)
    assert [day.month for _, day, by_year in short.months() if not by_year] == [1, 2, 3]
    long = Scale(FIRST, date(1903, 1, 1), 0, 100)
    assert [day.year for _, day, by_year in long.months() if by_year] == [1900, 1901, 1902, 1903]
