"""What an answer says of itself: data, rows, time, cache, hints; and to whom."""

import re

import httpx
import pytest

from hostagegraph.store import GRAPH_FORMATS, SOLUTION_FORMATS
from tests.service.conftest import Service
from tests.service.world import BASE

NUMBERS = " ".join(map(str, range(450)))  # its square of rows is more than is read ahead
LARGE = f"SELECT * {{ VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} }}"
ROWS = 'SELECT ?x { VALUES ?x { "a\\r\\nb" "},{" "<result>" UNDEF "\\"" } }'
NEW_SYNTAX = {
    "version": 'VERSION "1.2" ASK {}',
    "triple term": "ASK { ?s ?p <<( <urn:a> <urn:b> 'x' )>> }",
    "reified triple": "ASK { << <urn:a> <urn:b> ?o ~ <urn:r> >> <urn:p> ?z }",
    "reifier": "ASK { <urn:a> <urn:b> ?o ~ ?r . ?r ?p ?q }",
    "annotation": "ASK { <urn:a> <urn:b> ?o {| <urn:q> 1 ; <urn:r> 2 |} }",
    "direction": 'SELECT (LANGDIR("x"@en--ltr) AS ?d) ("x"@ar--rtl AS ?x) {}',
    "functions": "SELECT (isTRIPLE(TRIPLE(<urn:a>, <urn:b>, 1)) AS ?t) {}",
    "lateral": "SELECT * { VALUES ?x { 1 2 } LATERAL { SELECT ?y { BIND(2 AS ?y) } } }",
}


@pytest.mark.parametrize("media", SOLUTION_FORMATS)
def test_a_whole_answer_counts_its_rows_and_its_time(service: Service, media: str) -> None:
    headers = service.sparql(ROWS, media).headers
    assert headers["x-row-count"] == "5"
    assert re.fullmatch(r"query;dur=\d+\.\d", headers["server-timing"])
    assert headers["cache-status"] == "hostagegraph; fwd=bypass"
    assert headers["x-data-version"] == service.serving.snapshot.name


@pytest.mark.parametrize("media", GRAPH_FORMATS)
def test_a_whole_graph_counts_its_triples(service: Service, media: str) -> None:
    query = "CONSTRUCT { <urn:s> <urn:p> ?x } { VALUES ?x { 1 2 2 } }"
    assert service.sparql(query, media).headers["x-row-count"] == "2"


def test_yes_or_no_has_no_rows(service: Service) -> None:
    assert "x-row-count" not in service.sparql("ASK {}").headers


def test_a_streamed_answer_says_nothing_that_it_does_not_know_yet(service: Service) -> None:
    headers = service.sparql(LARGE, "text/csv").headers
    assert headers["transfer-encoding"] == "chunked"
    assert "x-data-version" in headers
    assert not {"x-row-count", "server-timing", "content-length"} & set(headers)


def test_a_kept_answer_says_so_and_keeps_its_count(service: Service) -> None:
    address = "/queries/agents.tsv"
    first, again = service.client.get(address), service.client.get(address)
    assert again.headers["cache-status"] == "hostagegraph; hit"
    assert first.headers["x-row-count"] == again.headers["x-row-count"] == "3"
    known = service.client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.headers["cache-status"]) == (304, "hostagegraph; hit")


def test_a_new_saved_answer_is_a_miss(service: Service) -> None:
    query = {"status": f"{BASE}ns#reviewed", "source": f"{BASE}id/source/never-asked-before"}
    response = service.client.get("/queries/claims-by-source.csv", params=query)
    assert response.headers["cache-status"] == "hostagegraph; fwd=miss"
    assert response.headers["x-row-count"] == "0"


def test_scripts_of_other_pages_may_read_all_of_it(service: Service) -> None:
    response = service.client.get(
        "/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"}
    )
    exposed = {
        name.strip() for name in response.headers["access-control-expose-headers"].split(",")
    }
    assert {
        *("X-Data-Version", "X-Row-Count", "Server-Timing", "Cache-Status", "X-Query-Hint"),
        *("X-Attribution", "ETag", "Retry-After"),
    } <= exposed


@pytest.mark.parametrize("query", [ROWS, LARGE, "ASK {"])
def test_head_has_the_headers_of_get(service: Service, query: str) -> None:
    heads = []
    for method in ("GET", "HEAD"):
        response = service.client.request(
            method, "/sparql", params={"query": query}, headers={"Accept": "text/csv"}
        )
        changing = {"date", "server-timing", "x-request-id", "connection", "transfer-encoding"}
        kept = {name: value for name, value in response.headers.items() if name not in changing}
        heads.append((response.status_code, kept))
    assert heads[0] == heads[1]


def test_a_problem_is_told_by_the_same_wish_as_an_answer(service: Service) -> None:
    response = service.sparql("ASK {")
    assert "Accept" in response.headers["vary"]
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/sparql", "/data", "/queries", "/"])
def test_options_are_told_without_a_body(service: Service, path: str) -> None:
    response = service.client.options(path)
    assert response.status_code == 204
    assert {"GET", "HEAD", "OPTIONS"} <= set(response.headers["allow"].split(", "))


@pytest.mark.parametrize("path", ["/sparql", "/data", "/sparql/check"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_method_that_is_not_known_is_405(service: Service, path: str, method: str) -> None:
    response = service.client.request(method, path)
    assert response.status_code == 405
    assert method not in response.headers["allow"]


# Hints


def test_a_call_of_an_unknown_function_is_an_error_and_is_told(service: Service) -> None:
    query = 'SELECT (COALESCE(<urn:f>(1), "else") AS ?x) {}'
    response = service.sparql(query, "text/csv")
    assert response.text == "x\r\nelse\r\n"
    hint = "function <urn:f> is not known; its calls are errors"
    assert response.headers["x-query-hint"] == hint
    assert "function &lt;urn:f&gt; is not known" in service.sparql(query, "text/html").text
    assert not service.sparql("ASK { FILTER(<urn:f>(1)) }").json()["boolean"]


def test_more_unknown_functions_than_anybody_needs_are_refused(service: Service) -> None:
    calls = " ".join(f"<urn:f{n}>(1)" for n in range(40))
    response = service.sparql(f"SELECT * {{}} ORDER BY {calls}")
    assert response.status_code == 400
    assert "function" in response.json()["detail"]


def test_a_graph_that_is_not_there_is_empty_and_is_told(service: Service) -> None:
    response = service.sparql("SELECT * FROM <http://example.org/none> { ?s ?p ?o }")
    assert response.headers["x-row-count"] == "0"
    assert "nothing is fetched" in response.headers["x-query-hint"]


def test_thousands_of_graphs_make_no_endless_header(service: Service) -> None:
    clauses = " ".join(f"FROM <urn:g{n}>" for n in range(5000))
    response = service.client.post("/sparql", data={"query": f"ASK {clauses} {{ ?s ?p ?o }}"})
    assert response.status_code == 200
    assert len(response.headers["x-query-hint"]) <= 400


@pytest.mark.parametrize(
    "query",
    [
        "ASK FROM <file:///etc/passwd> {}",
        "ask from named <FILE:///etc/passwd> {}",
        "ASK FROM # here\n <file:///etc/passwd> {}",
        "ASK FROM <\\u0066ile:///etc/passwd> {}",
        "PREFIX f: <file:///etc/> ASK FROM f:passwd {}",
        "BASE <file:///etc/> ASK FROM <passwd> {}",
    ],
)
def test_a_file_is_no_graph(service: Service, query: str) -> None:
    response = service.sparql(query)
    assert response.status_code == 400
    assert response.json()["type"].endswith("#refused")
    assert "no file is ever read" in response.json()["detail"]


def test_a_file_is_no_graph_by_parameter_either(service: Service) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        asked = {"query": "ASK {}", name: "file:///etc/passwd"}
        assert service.client.get("/sparql", params=asked).status_code == 400


def test_words_in_strings_and_comments_name_no_graph(service: Service) -> None:
    query = "ASK { ?s ?p 'FROM <file:///a> SERVICE <urn:b>' } # FROM <file:///a> SERVICE <urn:b>"
    response = service.sparql(query)
    assert (response.status_code, "x-query-hint" in response.headers) == (200, False)


# SPARQL 1.2, as far as the engine has it


@pytest.mark.parametrize("name", NEW_SYNTAX)
def test_new_syntax_passes_all_that_reads_queries(service: Service, name: str) -> None:
    prefixed = f"PREFIX hg: <{BASE}ns#> {NEW_SYNTAX[name]}"
    text = NEW_SYNTAX[name] if name == "version" else prefixed
    for accept in ("text/csv", "text/html"):
        assert service.sparql(text, accept).status_code == 200
    dataset = text.replace("ASK {", f"ASK FROM <{BASE}graph/shared> {{", 1)
    assert service.sparql(dataset).status_code == 200
    checked = service.client.post("/sparql/check", data={"query": text}).json()
    assert (checked["ok"], checked["unattributed"]) == (True, "")


def test_a_byte_order_mark_is_passed_over(service: Service) -> None:
    body = "\ufeffASK {}".encode()
    headers = {"Content-Type": "application/sparql-query"}
    response: httpx.Response = service.client.post("/sparql", content=body, headers=headers)
    assert response.status_code == 200


def test_csv_is_not_altered_for_spreadsheets(service: Service) -> None:
    query = 'SELECT ?x { VALUES ?x { "=1+1" "+1" "-1" "@a" } }'
    response = service.sparql(query, "text/csv")
    assert sorted(response.text.split()) == ["+1", "-1", "=1+1", "@a", "x"]
