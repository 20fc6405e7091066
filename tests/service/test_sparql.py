"""The SPARQL Protocol over HTTP."""

import csv
import io
import json

import httpx
import pyoxigraph as ox
import pytest

from hostagegraph.service.negotiation import SUFFIXES
from hostagegraph.store import GRAPH_FORMATS, SOLUTION_FORMATS
from tests.service.conftest import Service
from tests.service.world import BASE

SELECT = "SELECT ?x { VALUES ?x { 1 'two' <http://example.org/3> } }"
ASK = "ASK {}"
CONSTRUCT = "CONSTRUCT { <urn:s> <urn:p> 'o' } {}"
LABELS = (
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "SELECT ?label { <id/agent/example-gazette> rdfs:label ?label }"
)
DIRECT = {"Content-Type": "application/sparql-query"}


def media(response: httpx.Response) -> str:
    return response.headers["content-type"].partition(";")[0]


@pytest.mark.parametrize("accept", SOLUTION_FORMATS)
def test_rows_and_truth_are_answered_in_each_format(service: Service, accept: str) -> None:
    for query, kind in ((SELECT, ox.QuerySolutions), (ASK, ox.QueryBoolean)):
        response = service.sparql(query, accept)
        assert (response.status_code, media(response)) == (200, accept)
        if accept != "text/csv":
            read = ox.parse_query_results(response.content, format=SOLUTION_FORMATS[accept])
            assert isinstance(read, kind)


@pytest.mark.parametrize("accept", GRAPH_FORMATS)
def test_a_graph_is_answered_in_each_format(service: Service, accept: str) -> None:
    for query in (CONSTRUCT, f"DESCRIBE <{BASE}id/agent/markup>"):
        response = service.sparql(query, accept)
        assert (response.status_code, media(response)) == (200, accept)
        assert list(ox.parse(response.content, format=GRAPH_FORMATS[accept]))


def test_csv_has_a_bare_header_and_ends_lines_as_the_standard_says(service: Service) -> None:
    response = service.sparql(SELECT, "text/csv")
    assert response.content.startswith(b"x\r\n")
    assert sorted(row[0] for row in csv.reader(io.StringIO(response.text)))[:2] == [
        "1",
        "http://example.org/3",
    ]


def test_without_a_wish_the_answer_is_json_or_turtle(service: Service) -> None:
    with httpx.Client(base_url=service.url) as client:
        del client.headers["accept"]
        rows = client.get("/sparql", params={"query": SELECT})
        graph = client.get("/sparql", params={"query": CONSTRUCT})
    assert media(rows) == "application/sparql-results+json"
    assert media(graph) == "text/turtle"


def test_a_format_that_is_not_offered_is_406(service: Service) -> None:
    for query, accept in ((SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (ASK, "image/png")):
        response = service.sparql(query, accept)
        assert response.status_code == 406
        assert response.json()["type"].endswith("#not-acceptable")


def test_answers_name_their_data_and_may_be_read_by_any_page(service: Service) -> None:
    response = service.client.get(
        "/sparql", params={"query": ASK}, headers={"Origin": "http://example.org"}
    )
    assert response.headers["x-data-version"] == service.serving.snapshot.name
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-length"] == str(len(response.content))


def test_a_browser_may_ask_before_it_posts(service: Service) -> None:
    headers = {
        "Origin": "http://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = service.client.options("/sparql", headers=headers)
    assert response.status_code == 200
    assert "POST" in response.headers["access-control-allow-methods"]


def test_queries_come_by_get_by_form_and_directly(service: Service) -> None:
    text = 'SELECT ("café 漢 😀 %41 + &" AS ?x) {}'
    answers = (
        service.client.get("/sparql", params={"query": text}),
        service.client.post("/sparql", data={"query": text}),
        service.client.post("/sparql", content=text.encode(), headers=DIRECT),
    )
    for response in answers:
        (row,) = response.json()["results"]["bindings"]
        assert row["x"]["value"] == "café 漢 😀 %41 + &"


def post(service: Service, kind: str, body: bytes = b"ASK {}", tail: str = "") -> int:
    headers = {"Content-Type": kind} if kind else {}
    return service.client.post(f"/sparql{tail}", content=body, headers=headers).status_code


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "body", "tail", "status"),
    [
        ("application/sparql-query; charset=utf-8", b"ASK {}", "", 200),
        (f"{FORM}; charset=UTF-8", b"query=ASK+%7B%7D", "", 200),
        (FORM, b"query=ASK+%7B%7D&format=&unknown=1", "", 200),
        ("application/sparql-query; charset=utf-16", b"ASK {}", "", 415),
        ("application/sparql-update", b"ASK {}", "", 415),
        ("application/json", b"{}", "", 415),
        ("multipart/form-data; boundary=x", b"--x--", "", 415),
        ("", b"ASK {}", "", 415),
        (FORM, b"foo=bar", "", 400),
        (FORM, b"query=ASK+%7B%7D&query=ASK+%7B%7D", "", 400),
        (FORM, b"update=CLEAR+ALL", "", 400),
        (FORM, b"query=ASK+%7B%7D&update=CLEAR+ALL", "", 400),
        (FORM, b"query=%ff", "", 400),
        (FORM, b"&".join(b"a=1" for _ in range(2000)), "", 400),
        ("application/sparql-query", b"ASK {}", "?query=ASK+%7B%7D", 400),
        ("application/sparql-query", b"\xff\xfe", "", 400),
        ("application/sparql-query", b"INSERT DATA { <urn:a> <urn:b> 1 }", "", 400),
        ("application/sparql-query", b"", "", 400),
        ("application/sparql-query", b"#" * 300_000, "", 413),
        (FORM, b"query=" + b"a" * 2_000_000, "", 413),
    ],
)
def test_the_protocol_is_kept(
    service: Service, kind: str, body: bytes, tail: str, status: int
) -> None:
    assert post(service, kind, body, tail) == status


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("?query=ASK+%7B%7D&query=ASK+%7B%7D", 400),
        ("?update=CLEAR+ALL", 400),
        ("?query=", 400),
        ("?query=ASK+%7B%7D%00", 400),
        ("?query=%ff", 400),
        ("?query=ASK+%7B%7D&default-graph-uri=relative", 400),
        ("?query=ASK+%7B%7D&default-graph-uri=urn:a%0d%0aX:1", 400),
        ("?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D&default-graph-uri=urn:none", 200),
    ],
)
def test_addresses_are_read_with_care(service: Service, address: str, status: int) -> None:
    assert service.client.get(f"/sparql{address}").status_code == status


def count(service: Service, query: str, **graphs: str) -> int:
    named = {name.replace("_", "-"): value for name, value in graphs.items()}
    response = service.client.get("/sparql", params={"query": query, **named})
    return len(response.json()["results"]["bindings"])


def test_the_default_graph_is_the_union_unless_a_dataset_is_chosen(service: Service) -> None:
    shared = f"{BASE}graph/shared"
    assert count(service, LABELS) == 1
    assert count(service, LABELS, default_graph_uri=shared) == 1
    assert count(service, LABELS, default_graph_uri=f"{BASE}graph/ontology") == 0
    assert count(service, LABELS, named_graph_uri=shared) == 0
    assert count(service, LABELS.replace("{", f"FROM <{BASE}graph/ontology> {{", 1)) == 0
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert count(service, graphs) == 3
    assert count(service, graphs, named_graph_uri=shared) == 1


def test_the_default_graph_can_be_the_stores_own(small: Service) -> None:
    assert count(small, LABELS) == 0
    assert count(small, LABELS, default_graph_uri=f"{BASE}graph/shared") == 1


def test_without_a_query_the_service_describes_itself(service: Service) -> None:
    response = service.client.get("/sparql")
    assert media(response) == "text/turtle"
    sd = "http://www.w3.org/ns/sparql-service-description#"
    quads = list(ox.parse(response.content, format=ox.RdfFormat.TURTLE, base_iri=str(response.url)))
    endpoints = [quad.object for quad in quads if str(quad.predicate) == f"<{sd}endpoint>"]
    assert endpoints == [ox.NamedNode(f"{service.url}/sparql")]
    assert any(quad.object == ox.NamedNode(f"{sd}UnionDefaultGraph") for quad in quads)
    assert any(quad.object == ox.NamedNode(f"{BASE}graph/shared") for quad in quads)


def test_a_browser_gets_a_form_and_its_answer_on_a_page(service: Service) -> None:
    form = service.client.get("/sparql", headers={"Accept": "text/html"})
    assert "<textarea" in form.text
    page = service.sparql(LABELS, "text/html")
    assert "Example Gazette" in page.text
    assert "SELECT ?label" in page.text
    graph = service.sparql(CONSTRUCT, "text/html")
    assert "urn:s" in graph.text
    assert "Yes." in service.sparql(ASK, "text/html").text


def test_data_and_queries_are_escaped_on_pages(service: Service) -> None:
    query = (
        "# <script>alert(2)</script>\nSELECT ?l ?u { <id/agent/markup> ?p ?l "
        "BIND(<javascript:alert(3)> AS ?u) FILTER(isLiteral(?l)) }"
    )
    page = service.sparql(query, "text/html")
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert 'href="javascript' not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_a_head_request_gets_the_head_alone(service: Service) -> None:
    response = service.client.head("/sparql", params={"query": SELECT})
    assert response.status_code == 200
    assert response.content == b""
    assert service.client.head("/sparql", params={"query": "ASK {"}).status_code == 400


def test_an_answer_tells_of_a_term_that_nobody_uses(service: Service) -> None:
    response = service.sparql("PREFIX hg: <ns#> SELECT * { ?s a hg:Clam }")
    assert response.status_code == 200
    assert "hg:Claim" in response.headers["x-query-hint"]


def test_a_long_answer_comes_in_pieces_and_whole(service: Service) -> None:
    numbers = " ".join(map(str, range(300)))
    query = f"SELECT * {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"
    response = service.client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert response.headers["transfer-encoding"] == "chunked"
    assert response.text.count("\r\n") == 90_001


def test_json_of_no_rows_still_names_the_columns(service: Service) -> None:
    told = json.loads(service.sparql("SELECT ?a ?b { <urn:none> ?a ?b }").content)
    assert told == {"head": {"vars": ["a", "b"]}, "results": {"bindings": []}}


def test_the_description_of_the_interface_needs_nothing_from_elsewhere(service: Service) -> None:
    told = service.client.get("/openapi.json").json()
    assert {"/sparql", "/queries/{name}", "/id/{folder}/{name}", "/version"} <= set(told["paths"])
    assert service.client.get("/docs").status_code == 404
    assert set(SUFFIXES) == {"json", "xml", "csv", "tsv", "ttl", "nt", "jsonld"}
