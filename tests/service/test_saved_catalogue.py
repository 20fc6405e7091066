"""The catalogue of saved queries: JSON, SHACL executables, badges and the page."""

import html
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest

from hostagegraph.queries import SavedQuery
from hostagegraph.service.questions.badges import colour, says
from tests.service.conftest import Service
from tests.test_queries_folder import CATALOGUE

EXECUTABLE = ox.NamedNode("http://www.w3.org/ns/shacl#SPARQLExecutable")
HTML = {"Accept": "text/html"}


def test_the_list_tells_all_that_is_known_of_a_query(site: Service) -> None:
    told = site.client.get("/queries.json").json()["queries"]
    assert [each["name"] for each in told] == [query.name for query in CATALOGUE.queries]
    by_name = {each["name"]: each for each in told}
    officials = by_name["statements-by-anonymous-officials"]
    assert officials["claim"] == "claim"
    assert set(officials["sources"]) >= {"on-record", "no-leaks", "min-voices:2"}
    assert officials["paging"] == {"offered": True, "per_page": None, "most": 10_000}
    assert officials["columns"]["via"]["label"] == "Via"
    (source,) = (each for each in officials["parameters"] if each["name"] == "source")
    assert source["suggested"] == {"source/example-gazette-1900": "Example Gazette, 8 January 1900"}
    assert officials["tests"]["run"] == 4
    assert officials["tests"]["failures"] == 0
    assert by_name["record-of-a-claim"]["paging"]["offered"] is False


def test_the_list_tells_the_rows_that_an_answer_has(site: Service) -> None:
    told = site.client.get("/queries.json").json()["queries"]
    counted = {each["name"]: each["rows"] for each in told if each["rows"] is not None}
    for query in CATALOGUE.queries:
        asked = site.client.get(f"/queries/{query.name}.json")
        if query.kind == "solutions" and asked.status_code == 200:
            rows = asked.json()["results"]["bindings"]
            assert counted.pop(query.name) == len(rows), query.name
        else:
            assert query.name not in counted
    assert counted == {}
    assert any(query.needs_value for query in CATALOGUE.queries)


def test_an_operation_has_the_short_title_and_then_says_more(site: Service) -> None:
    paths = site.client.get("/openapi.json").json()["paths"]
    told = paths["/queries/denied-claims"]["get"]
    query = CATALOGUE.get("denied-claims")
    assert told["summary"] == query.title
    assert told["description"].startswith(f"{query.summary}. {query.description[:40]}")


@pytest.mark.parametrize(
    ("at", "accept", "form"),
    [
        ("/queries", "text/turtle", ox.RdfFormat.TURTLE),
        ("/queries.ttl", "*/*", ox.RdfFormat.TURTLE),
        ("/queries", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("/queries.jsonld", "*/*", ox.RdfFormat.JSON_LD),
    ],
)
def test_the_catalogue_is_also_shacl_executables(
    site: Service, at: str, accept: str, form: ox.RdfFormat
) -> None:
    response = site.client.get(at, headers={"Accept": accept})
    quads = list(ox.parse(response.content, format=form))
    named = {str(quad.subject) for quad in quads if quad.object == EXECUTABLE}
    assert named == {f"<{CATALOGUE.base}id/query/{query.name}>" for query in CATALOGUE.queries}


def test_the_catalogue_is_in_the_data_as_well(site: Service) -> None:
    base = CATALOGUE.base
    asked = f"SELECT ?q {{ GRAPH <{base}graph/queries> {{ ?q a {EXECUTABLE} }} }}"
    rows = site.sparql(asked).json()["results"]["bindings"]
    assert len(rows) == len(CATALOGUE.queries)


def test_what_is_no_form_of_the_catalogue_is_404_or_406(site: Service) -> None:
    assert site.client.get("/queries.csv").status_code == 404
    assert site.client.get("/queries", headers={"Accept": "text/csv"}).status_code == 406


def test_a_graph_is_given_by_ending_and_by_wish(site: Service) -> None:
    at, asked = "/queries/record-of-a-claim", {"claim": "example-gazette-1900/c0103-06"}
    for ending, media in (("ttl", "text/turtle"), ("jsonld", "application/ld+json")):
        by_ending = site.client.get(f"{at}.{ending}", params=asked)
        by_wish = site.client.get(at, params=asked, headers={"Accept": media})
        assert by_ending.content == by_wish.content
        form = ox.RdfFormat.from_media_type(media)
        assert form is not None
        assert list(ox.parse(by_ending.content, format=form))


def test_a_badge_says_how_many_tests_passed_and_when(site: Service) -> None:
    response = site.client.get("/queries/statements-by-anonymous-officials/badge.svg")
    assert response.headers["content-type"] == "image/svg+xml"
    day = site.serving.snapshot.published.date().isoformat()
    assert f"4 passed · {day}" in response.text
    assert ET.fromstring(response.text).tag.endswith("svg")  # noqa: S314 - our own bytes
    tag = {"If-None-Match": response.headers["etag"]}
    assert site.client.get(response.request.url.path, headers=tag).status_code == 304


def test_a_badge_hides_no_failure_and_claims_no_success() -> None:
    told = {"failures": 0, "run": 3, "on": "1900-01-08"}
    assert says(told) == "3 passed · 1900-01-08"
    assert says({**told, "failures": 1}) == "some failed · 1900-01-08"
    assert says({**told, "run": 0}) == "none · 1900-01-08"
    assert says({**told, "run": None}) == "not told"
    colours = {colour({**told, **more}) for more in ({}, {"failures": 1}, {"run": None})}
    assert len(colours) == 3


def test_the_page_leads_to_receipt_citation_feed_and_other_pages(site: Service) -> None:
    at = "/queries/statements-by-anonymous-officials"
    page = site.client.get(f"{at}?per_page=2&explain=1&sources=no-leaks", headers=HTML).text
    tail = "sources=no-leaks&amp;explain=1&amp;per_page=2"
    for link in (f"{at}/cite.txt?{tail}", f"{at}.atom?{tail}", f"{at}.json?{tail}&amp;receipt=1"):
        assert f'href="{link}"' in page
    assert f'href="{at}?{tail}&amp;page=2" rel="next"' in page
    assert "Source policy <code>no-leaks</code>" in page
    assert "said_by" in page


@pytest.mark.parametrize("query", CATALOGUE.queries, ids=lambda query: query.name)
def test_every_question_has_a_page_before_and_after_it_is_asked(
    site: Service, query: SavedQuery
) -> None:
    values = {param.name: param.example[0] for param in query.params if not param.droppable}
    for asked in ({}, values):
        page = site.client.get(f"/queries/{query.name}", params=asked, headers=HTML)
        assert page.status_code == 200
        assert f"<h1>{query.title}</h1>" in page.text
        lede = page.text.partition('<p class="lede">')[2].partition("</p>")[0]
        assert html.unescape(lede).removesuffix(".") == query.summary
