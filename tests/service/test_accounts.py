"""The ledger, the disputes, the network and the account of the data, without a browser."""

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
from tests.service.markup import words
from tests.service.test_pages import HTML, show, text_of
from tests.service.world import catalogue_in, snapshot_in

FIFTH = f"data/records/{SOURCE}/0105-mandate-narrowed.yaml"
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
    return [words(row).replace(" ,", ",") for row in found]


# The ledger


def test_the_ledger_has_a_row_for_each_change_with_its_voice(site: Service) -> None:
    page = site.client.get("/mandates", headers=HTML).text
    grant, narrowing = rows(page)
    assert "Day, 1900" in page
    assert grant.strip().startswith("1 Jan ")
    assert "granted completed" in grant
    assert "Cabinet of Freedonia" in grant
    assert "may listen to mediators, hold talks with mediators, present own position" in grant
    assert "narrowed" in narrowing
    assert "Basil Thrumm" in narrowing
    assert "may not make proposals" in narrowing
    assert "state Mandate from 5 January" in narrowing
    assert "Basil Thrumm: no reply reported" in narrowing
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
    assert pair.index("Two Freedonian diplomats") < pair.index("is denied")
    assert pair.index("is denied") < pair.index("denies")
    assert "one claim, two chains" in pair
    assert pair.count("which Basil Thrumm") <= 1  # its words once, what is claimed in each chain
    assert "Offered as another explanation" in page
    other = page.partition("Offered as another explanation")[2]
    assert re.match(r"\s*Claim \d{4}-\d\d", other)


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
    items = page.partition('class="entries edges"')[2].split("<li ")[1:]
    assert len(items) == 8  # nine rows of the question: the denial has a row of its own there
    for item in items:
        assert "Example Gazette" in item
        claim = re.search(r'data-claim="([^"]+)"', item)
        assert claim
        assert site.client.get(claim[1], headers=HTML).status_code == 200
    (denied,) = [item for item in items if "denied by" in item]
    assert "disclosed to" in denied
    assert len([item for item in items if "delayed: to meet" in item]) == 1


def test_the_drawing_of_the_network_has_a_line_for_each_dealing_of_the_list(site: Service) -> None:
    page = site.client.get("/network", headers=HTML).text
    lines = re.findall(r'<a class="dealt [^"]+" href="([^"]+)" aria-label="([^"]+)"', page)
    listed = re.findall(r'<li data-claim="([^"]+)"', page)
    assert sorted(href for href, _ in lines) == sorted(listed)
    assert all("according to Example Gazette" in told for _, told in lines)
    assert [told for _, told in lines if "denied by" in told]


def test_what_did_not_come_about_has_a_line_and_a_verb_of_its_own(site: Service) -> None:
    page = site.client.get("/network?kind=met", headers=HTML).text
    (undone,) = re.findall(r'<a class="dealt met undone".*?</a>', page, re.DOTALL)
    assert "delayed: to meet" in undone
    assert " met " not in words(undone)
    assert "4 lines from 2 claims" in words(page)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 8),
        ({"kind": "met"}, 4),
        ({"kind": "did not tell"}, 0),
        ({"month": "1900-01"}, 8),
        ({"kind": "met", "month": "1900-01"}, 4),
    ],
)
def test_dealings_are_chosen_by_kind_and_month(
    site: Service, asked: dict[str, str], count: int
) -> None:
    page = site.client.get("/network", params=asked, headers=HTML).text
    assert page.count("<li data-claim=") == count
    assert page.count('class="dealt ') == count
    assert ("No dealing of this kind" in page) == (not count)


@pytest.mark.parametrize("asked", [{"kind": "<i>"}, {"month": "1900-13"}])
def test_a_choice_that_is_none_is_refused(site: Service, asked: dict[str, str]) -> None:
    wrong = site.client.get("/network", params=asked, headers=HTML)
    assert wrong.status_code == 400
    assert "is not one of" in wrong.text
    assert "<i>" not in wrong.text


# The account of the data


def test_the_account_of_the_data_has_sources_counts_and_balance(site: Service) -> None:
    page = show(site, "/about")
    assert re.search(r"Example Gazette 8 January 1900 30 ", page)
    assert "1 source work, 30 claims, " in page
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


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/queries/denied-claims", "/queries"),
        (f"/id/source/{SOURCE}", "/about"),
        ("/id/mandate/fr-team-1900", "/mandates"),
        ("/data", "/about"),
        ("/ns", "/about"),
        ("/id/agent/basil-thrumm", ""),
    ],
)
def test_the_navigation_says_to_which_place_a_page_belongs(
    site: Service, path: str, place: str
) -> None:
    masthead = site.client.get(path, headers=HTML).text.partition("<main")[0]
    marked = re.findall(r'<a href="([^"]*)" aria-current="true">', masthead)
    assert marked == ([place] if place else [])
    assert 'aria-current="page"' not in masthead


# Claims


def test_a_claim_offers_its_citation_beside_its_record(site: Service) -> None:
    page = site.client.get(f"/id/{SOURCE}/c0103-06", headers=HTML).text
    found = re.findall(rf'href="(/(?:cite|id)/{SOURCE}/c0103-06\.[a-z]+)"', page)
    assert len(set(found)) == 8
    kinds = {path: site.client.get(path).headers["content-type"] for path in found}
    assert kinds[f"/cite/{SOURCE}/c0103-06.bib"].startswith("application/x-bibtex")
    assert "Cite and download" in page
    assert "Cite and download" not in show(site, f"/id/{SOURCE}/u-k")


def test_the_section_is_named_where_its_heading_gives_one_day(site: Service) -> None:
    for claim in ("c0105-04", "c0105-03"):  # the heading dates the one, and so the section of both
        page = show(site, f"/id/{SOURCE}/{claim}")
        assert re.search(r"8 January 1900 ?, section of 5 January 1900", page)
    assert "section of" not in show(site, f"/id/{SOURCE}/c0103-06")


def test_a_claim_that_bears_on_another_points_at_it_with_word_and_judge(site: Service) -> None:
    page = site.client.get(f"/id/{SOURCE}/c0103-07", headers=HTML).text
    bearing = page.partition('class="bearing"')[2].partition("</section>")[0]
    first, second = bearing.split('<li class="')[1:]
    assert first.startswith("outwards")
    assert "explains otherwise" in first
    assert "Curator 1" in first
    assert "Claim 0103-06" in first
    assert second.startswith("inwards")
    assert "contradicts" in second
    assert "Example Gazette" in second.partition("judge:")[2].partition("</p>")[0]
    assert "negated" in second


def test_a_negated_claim_says_so_in_words(site: Service) -> None:
    page = site.client.get(f"/id/{SOURCE}/c0103-08", headers=HTML).text
    assert "that this did <em>not</em> happen: " in page
    assert 'class="sign denies"' not in page.partition("<main")[2]


def test_who_read_a_claim_again_has_a_page_with_what_was_read(site: Service) -> None:
    page = show(site, "/id/curator/1")
    assert "Curator" in page
    assert "Claims whose bearing on another was judged so" in page


# Disclosures


def test_a_disclosure_tells_what_became_of_others_in_a_table(site: Service) -> None:
    page = site.client.get(f"/id/{SOURCE}/s-leak-0105-2", headers=HTML).text
    table = page.partition('class="disclosures')[2].partition("</table>")[0]
    (row,) = table.partition("<tbody>")[2].split("<tr>")[1:]
    assert "Two Freedonian diplomats" in words(row)
    assert "denied by Basil Thrumm" in words(row)
    assert re.search(r"Basil Thrumm ?: denied", words(row))


def test_offices_and_bodies_on_a_path_lead_to_the_claims_they_rest_on(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    (root / "queries").unlink()  # their expected rows are those of the sample as it is
    (root / "queries").mkdir()
    edit(root, FIFTH, "recipient: fr-reporters", "recipient: [fr-reporters, fr-cabinet]")
    edit(
        root,
        FIFTH,
        "  - id: 0105-05\n",
        """  - id: 0105-90
    at: delay
    gist: The Example Gazette states that Thrumm was no envoy.
    content:
      type: Tenure
      slug: envoy
      label: Supposed post
      person: basil-thrumm
      memberOf: fr-team
    polarity: negated
  - id: 0105-91
    at: delay
    gist: The Example Gazette reports that the cabinet set the number.
    content:
      type: Decision
      slug: number
      label: Choice of the number
      actor: fr-cabinet
      outcome: adopted
      concerns: info/lowest-number
  - id: 0105-05
""",
    )
    built = build.build(build.Project(root), root / "snapshots")
    app = create_app(built.snapshot, Catalogue.load(root / "queries"))
    for service in running(app):
        page = service.client.get(f"/id/{SOURCE}/s-leak-0105-2", headers=HTML).text
        kept = page.partition('class="kept"')[2].partition("</div>")[0]
        assert "Cabinet of Freedonia" in kept
        assert f"/id/{SOURCE}/c0105-91" in kept
        path = page.partition('class="path"')[2].partition("</ol>\n</div>")[0]
        assert "inaccurate forked" in path
        assert 'class="remark post"' in path
        assert f"/id/{SOURCE}/c0105-90" not in path  # a post that was not held is told, not drawn
        assert "Thrumm was no envoy" in page.partition('class="told"')[2]


def test_a_statement_under_no_speaker_has_the_sign_of_who_is_said_to_have_made_it(
    tmp_path: Path,
) -> None:
    root = sample_project(tmp_path)
    (root / "queries").unlink()
    (root / "queries").mkdir()
    speech = "subtype: speech, publishedSpeaker: ottilie-quill"
    unspoken = "subtype: speech, actor: ottilie-quill, attributionMode: unattributed"
    edit(root, FIFTH, speech, unspoken)
    built = build.build(build.Project(root), root / "snapshots")
    for service in running(create_app(built.snapshot, Catalogue.load(root / "queries"))):
        page = service.client.get("/", headers=HTML).text
    entry = page.partition("Speech of the chief negotiator, by Ottilie Quill")[2]
    mark = entry.partition("</a>")[0]
    assert 'href="#person"' in mark
    assert "Speech of the chief negotiator</text>" in mark


def test_a_denied_disclosure_gives_both_sides_the_same_room(site: Service) -> None:
    page = site.client.get(f"/id/{SOURCE}/s-brief-0103", headers=HTML).text
    sides = page.partition('<div class="sides">')[2]
    assert sides.index("Put forward") < sides.index("Denied")
    drawn = page.partition('class="path"')[2].partition('class="sides')[0]
    assert "denied by" in drawn


# A source along its text


def test_every_mark_of_the_strip_is_a_link_with_a_name(site: Service) -> None:
    page = site.client.get(f"/id/source/{SOURCE}", headers=HTML).text
    strip = page[page.index('class="strip"') : page.index('class="keys"')]
    marks = re.findall(r'<a href="([^"]+)" aria-label="Characters \d+ to \d+, \d+ claim', strip)
    assert len(marks) == strip.count("<rect") > 10
    assert "tabindex" not in strip
    listed = page[page.index('class="passages"') : page.index("</details>")]
    assert re.findall(r'<li><a href="([^"]+)">\d+ to \d+</a>', listed) == marks
    several = next(mark for mark in marks if "/p-" in mark)
    assert re.search(r"Claims that rest on this passage [2-9] claims", show(site, several))


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
    assert outline("by", 264, 310) == "M264.0 0L310.0-5.5V5.5Z"


def test_a_long_scale_names_years_and_a_short_one_months() -> None:
    short = Scale(FIRST, date(1900, 3, 1), 0, 100)
    assert [day.month for _, day, by_year in short.months() if not by_year] == [1, 2, 3]
    long = Scale(FIRST, date(1903, 1, 1), 0, 100)
    assert [day.year for _, day, by_year in long.months() if by_year] == [1900, 1901, 1902, 1903]
