"""The pages without a browser: the voice stands beside whatever is said, and nothing is cut."""

import html
import re

import httpx
import pytest

from hostagegraph.service.pages.layout import environment
from tests.projects import SOURCE
from tests.service.conftest import Service
from tests.service.markup import words

HTML = {"Accept": "text/html"}


def text_of(response: httpx.Response) -> str:
    """Read a page as a person would: without its markup."""
    assert response.status_code == 200, response.text
    main = response.text.partition("<main")[2].partition("</main>")[0]
    return words(main)


def show(site: Service, path: str) -> str:
    return text_of(site.client.get(path, headers=HTML))


def test_a_denied_claim_has_two_sides_with_the_same_words(site: Service) -> None:
    page = show(site, f"/id/{SOURCE}/c0103-06")
    forward, _, denied = page.partition("Denied ")
    assert "Put forward" in forward
    proposition = page[page.index("Alleged") :].split(" Passage ")[0]
    assert page.count(proposition.strip()[:60]) == 2
    assert "“Two Freedonian diplomats”" in forward
    assert "denies" in denied
    assert "Basil Thrumm : denied" in page


def test_a_claim_says_where_its_passage_stands_and_what_its_digest_is(site: Service) -> None:
    page = show(site, f"/id/{SOURCE}/c0103-06")
    assert "946 to 1080" in page
    assert re.search(r"sha256 [0-9a-f]{8}…[0-9a-f]{4}", page)


def test_a_label_and_the_one_said_to_stand_behind_it_stay_apart(site: Service) -> None:
    response = site.client.get(f"/id/{SOURCE}/s-stmt-official-0103", headers=HTML)
    page = text_of(response)
    assert page.index("Published under the label") < page.index("Said to stand behind it")
    label = page[page.index("Published under the label") : page.index("Said to stand behind it")]
    assert "“" in label
    assert "Example Gazette" not in label
    behind = page[page.index("Said to stand behind it") : page.index("Who says so")]
    assert "Example Gazette" in behind


def test_an_unnamed_source_belongs_to_its_publication_and_to_nobody(site: Service) -> None:
    page = show(site, f"/id/{SOURCE}/u-k")
    assert "never linked to a person" in page
    assert "Pseudonymous source" in page
    assert "alone" in page


def test_a_disclosure_is_drawn_leg_by_leg_with_its_accuracy(site: Service) -> None:
    page = show(site, f"/id/{SOURCE}/s-leak-0105-2")
    assert page.index("Leg 1") < page.index("Leg 2")
    assert "inaccurate , as the source states" in page
    assert "The content itself is not stored" in page
    assert page == show(site, f"/id/{SOURCE}/s-leak-0105-2")


def test_no_situation_is_shown_without_a_voice(site: Service) -> None:
    found = site.sparql(
        "PREFIX hg: <https://w3id.org/hostagegraph/ns#> "
        "SELECT ?s { ?c hg:content ?s . ?s a hg:ReportedSituation }"
    ).json()["results"]["bindings"]
    paths = {row["s"]["value"].partition("hostagegraph")[2] for row in found}
    assert len(paths) > 20
    for path in paths:
        page = show(site, path)
        assert any(word in page for word in ("Who says so", "Leg 1", "Put forward")), path
        assert "Example Gazette" in page, path


def test_a_source_shows_every_passage_along_its_text(site: Service) -> None:
    page = site.client.get(f"/id/source/{SOURCE}", headers=HTML).text
    counted = site.sparql(
        "PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX hg: <https://w3id.org/hostagegraph/ns#> "
        "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?l hg:ofClaim ?c ; hg:reportedIn ?p . "
        "?p oa:hasSelector/oa:start ?s }"
    ).json()["results"]["bindings"][0]["n"]["value"]
    strip = page[page.index('class="strip"') : page.index('class="keys"')]
    assert strip.count("<rect") == int(counted) > 10


def test_a_passage_is_named_by_its_offsets(site: Service) -> None:
    page = show(site, f"/id/{SOURCE}/p-946-1080")
    assert "Characters 946 to 1080" in page
    assert "Claims that rest on this passage" in page
    assert re.search(r"\b[0-9a-f]{64}\b", page)


def test_where_a_thing_is_named_is_limited_and_paged(site: Service) -> None:
    whole = show(site, "/id/agent/example-gazette")
    found = re.search(r"6 of (\d+) · all", whole)
    assert found
    part = site.client.get("/id/agent/example-gazette?part=word", headers=HTML).text
    assert part.count('<div class="what">') == min(int(found[1]), 50)
    for page in ("0", "99", "x", "-1"):
        path = f"/id/agent/example-gazette?part=word&page={page}"
        assert site.client.get(path, headers=HTML).status_code == 404, page
        path = f"/id/source/{SOURCE}?page={page}"
        assert site.client.get(path, headers=HTML).status_code == 404, page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("thrumm", "Basil Thrumm"),
        ("diplomats", "“Two Freedonian diplomats”"),
        ("officials", "Statements attributed to officials"),
        ("3 January 1900", "What is reported for 3 January 1900"),
        ("1900-01-03", "What is reported for 3 January 1900"),
        ("no such word anywhere", "says nothing about what happened"),
    ],
)
def test_search_finds_names_labels_claims_questions_and_days(
    site: Service, asked: str, found: str
) -> None:
    page = text_of(site.client.get("/search", params={"q": asked}, headers=HTML))
    assert found in page


@pytest.mark.parametrize("asked", ['"', '")) } #', "\\", "<script>", "?q $THINGS", "\u0000", "“a”"])
def test_a_search_takes_any_text_as_text(site: Service, asked: str) -> None:
    response = site.client.get("/search", params={"q": asked}, headers=HTML)
    assert response.status_code == 200
    assert "<script>" not in response.text


def test_a_found_claim_has_its_voices_beside_it(site: Service) -> None:
    page = site.client.get("/search", params={"q": "reports"}, headers=HTML).text
    claims = page[page.index(">Claims<") :]
    entries = claims.split("<li>")[1:]
    assert entries
    assert all('class="line"' in each for each in entries if 'class="word"' in each)


def test_the_first_page_has_each_day_with_its_words_and_its_voice(site: Service) -> None:
    page = site.client.get("/?view=list", headers=HTML).text
    dated = page[page.index('class="dated"') : page.index('class="questions"')]
    entries = dated.split("<li ")[1:]
    assert len(entries) > 5
    for entry in entries:
        assert "Example Gazette" in entry
    assert "start unknown" in dated or "one day in these" in dated or "about" in dated


def test_a_drawing_says_to_a_screen_reader_what_it_shows(site: Service) -> None:
    page = site.client.get("/", headers=HTML).text
    marks = re.findall(r'<a class="entry[^>]*>', page)
    assert len(marks) > 5
    assert all("according to Example Gazette" in html.unescape(mark) for mark in marks)


def test_all_questions_stand_on_the_first_page(site: Service) -> None:
    page = site.client.get("/", headers=HTML).text
    for query in site.serving.catalogue.queries:
        assert page.count(f'href="/queries/{query.name}"') >= 1, query.name


def test_the_page_comes_in_the_theme_that_was_chosen(site: Service) -> None:
    plain = site.client.get("/queries", headers=HTML).text
    assert "data-theme" not in plain
    dark = site.client.get("/queries", headers=HTML | {"Cookie": "theme=dark"}).text
    assert '<html lang="en" data-theme="dark">' in dark
    odd = site.client.get("/queries", headers=HTML | {"Cookie": 'theme="><b>'}).text
    assert "data-theme" not in odd


def test_pages_come_compressed_where_the_client_likes_it(site: Service) -> None:
    small = site.client.get("/", headers=HTML | {"Accept-Encoding": "gzip"})
    plain = site.client.get("/", headers=HTML | {"Accept-Encoding": "identity"})
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"]) / 3

    def without_nonce(page: str) -> str:
        return re.sub(r'content="[\w-]{22}"', "", page)

    assert without_nonce(small.text) == without_nonce(plain.text)
    assert "Accept-Encoding" in plain.headers["vary"]


def test_a_nonce_is_good_for_one_page(site: Service) -> None:
    found = set()
    for _ in range(2):
        response = site.client.get("/queries", headers=HTML)
        nonce = re.search(r'name="csp-nonce" content="([\w-]+)"', response.text)
        assert nonce
        assert f"'nonce-{nonce[1]}'" in response.headers["content-security-policy"]
        found.add(nonce[1])
    assert len(found) == 2
    assert "nonce" not in site.client.get("/version").headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/id/agent/basil-thrumm", "Person"),
        ("/id/agent/example-gazette", "Media outlet"),
        (f"/id/{SOURCE}/u-k", "Pseudonymous source"),
        (f"/id/{SOURCE}/s-leak-0105-2", "Disclosure, as reported"),
    ],
)
def test_a_page_says_what_kind_of_thing_it_shows(site: Service, path: str, kind: str) -> None:
    assert show(site, path).split(">")[-1].strip().startswith(kind)


def test_a_search_tells_unnamed_sources_and_claims_apart(site: Service) -> None:
    page = show(site, "/search?q=diplomats")
    assert re.search(r"“Two Freedonian diplomats” several · (section of|in claim)", page)
    assert "claim 0103-06" in page


def test_a_search_takes_either_apostrophe(site: Service) -> None:
    for mark in ("'", "’"):
        assert "the minister’s step delayed" in show(site, f"/search?q=minister{mark}s+step"), mark


def test_a_list_of_other_allegations_says_that_it_has_not_all(site: Service) -> None:
    page = show(site, "/id/agent/basil-thrumm")
    assert "Disclosures, as ascribed" in page
    assert "Other allegations, with the reply that is reported" in page


def test_every_template_can_be_read() -> None:
    pages = environment()
    for name in pages.list_templates():
        pages.get_template(name)
