"""The one table from failure to status, and the shape in which failures are told."""

import inspect
import json

import httpx
import pytest

from hostagegraph import errors
from hostagegraph.errors import HostagegraphError, QuerySyntaxError
from hostagegraph.service import problems
from hostagegraph.service.problems import BUILD_ONLY, SHAPES, problem_of, shape_of
from hostagegraph.service.text.hints import advise, explain
from tests.service.conftest import Service
from tests.service.world import BASE

EVERY = {
    thing
    for module in (errors, problems)
    for thing in vars(module).values()
    if inspect.isclass(thing) and issubclass(thing, HostagegraphError)
}


def test_every_failure_has_its_row_or_belongs_to_the_build() -> None:
    assert set(SHAPES) | BUILD_ONLY == EVERY
    assert not set(SHAPES) & BUILD_ONLY


def test_no_two_failures_share_a_name() -> None:
    assert len({shape.name for shape in SHAPES.values()}) == len(SHAPES)


def test_a_failure_of_the_build_is_told_as_a_fault_without_its_text() -> None:
    problem = problem_of(errors.HeadError("secret/place.rq"), BASE)
    assert problem.status == 500
    assert b"secret" not in problem.body()


def test_a_new_failure_takes_the_row_of_its_parent() -> None:
    class Newer(errors.QueryTimeout):
        pass

    assert shape_of(Newer()).status == 504


def test_an_undeclared_prefix_is_named_with_its_place() -> None:
    text = "SELECT * {\n  ?s nope:p ?o }"
    error = explain(QuerySyntaxError("expected OPTIONAL", 2, 12), text, BASE)
    assert str(error) == "prefix `nope:` is not declared"
    assert (error.line, error.column) == (2, 6)
    assert error.hint == "add PREFIX nope: <…>"


@pytest.mark.parametrize(("prefix", "iri"), [("hg", f"{BASE}ns#"), ("skos", "skos/core#")])
def test_a_known_prefix_is_proposed(prefix: str, iri: str) -> None:
    error = explain(QuerySyntaxError("?"), f"ASK {{ ?s {prefix}:a ?o }}", BASE)
    assert error.hint.startswith(f"add PREFIX {prefix}: <")
    assert iri in error.hint


def test_declared_prefixes_strings_and_blank_nodes_are_no_prefixes() -> None:
    text = "PREFIX a-b: <urn:x> PREFIX : <urn:y> ASK { a-b:c :d 'no:pe', _:b1 # no:pe\n }"
    assert str(explain(QuerySyntaxError("other"), text, BASE)) == "other"


def test_an_unknown_term_is_named_with_its_neighbour() -> None:
    text = f"PREFIX hg: <{BASE}ns#> ASK {{ ?c a hg:Clam }}"
    assert advise(text, BASE) == "hg:Clam is no term of the ontology; did you mean hg:Claim?"
    assert advise(text.replace("Clam", "Claim"), BASE) == ""
    assert advise("PREFIX x: <ns#> ASK { ?s x:zzzzzz ?o }", BASE) == (
        "x:zzzzzz is no term of the ontology"
    )


def test_a_syntax_error_is_told_with_place_excerpt_and_hint(service: Service) -> None:
    response = service.sparql("SELECT * {\n ?s nope:p ?o\n }")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json() == {
        "type": f"{BASE}errors#syntax",
        "title": "The query does not parse",
        "status": 400,
        "detail": "prefix `nope:` is not declared",
        "line": 2,
        "column": 5,
        "excerpt": "?s nope:p ?o",
        "caret": "   ^",
        "hint": "add PREFIX nope: <…>",
    }


def test_a_person_gets_the_same_as_a_page(service: Service) -> None:
    response = service.sparql("<script>alert(1)</script>", "text/html")
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/html")
    assert "The query does not parse" in response.text
    assert "<script>" not in response.text


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/no/such/page", 404, "not-found"),
        ("GET", "/etc/passwd", 404, "not-found"),
        ("GET", "/queries/none", 404, "unknown-query"),
        ("GET", "/queries/agents.exe", 404, "not-found"),
        ("GET", "/queries/agents.ttl", 404, "not-found"),
        ("GET", "/id/agent/nobody", 404, "not-found"),
        ("GET", "/id/agent/No%20Body", 404, "not-found"),
        ("GET", "/data/..%2fmanifest.json", 404, "not-found"),
        ("GET", "/data/manifest.json", 404, "not-found"),
        ("DELETE", "/queries/agents", 405, "method"),
        ("PUT", "/sparql", 405, "method"),
        ("GET", "/queries/claims-by-source.csv", 422, "parameters"),
    ],
)
def test_each_failure_has_the_one_shape(
    service: Service, method: str, path: str, status: int, name: str
) -> None:
    response = service.client.request(method, path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == f"{BASE}errors#{name}"
    assert response.json()["status"] == status


def test_a_refused_method_names_those_that_are_known(service: Service) -> None:
    allowed = service.client.put("/sparql").headers["allow"]
    assert allowed == "GET, HEAD, OPTIONS, POST"


LEAKY = (
    ("GET", "/sparql?query=SELECT+*+%7B", b""),
    ("GET", "/sparql?query=SELECT+(STRLENN(1)+AS+%3Fx)+%7B%7D", b""),
    ("POST", "/sparql", b"\xff"),
    ("GET", "/queries/..%2f..%2fetc%2fpasswd", b""),
    ("GET", "/data/%00", b""),
    ("GET", "/id/agent/%ff", b""),
)


@pytest.mark.parametrize(("method", "path", "body"), LEAKY)
def test_no_failure_tells_of_the_machine(
    service: Service, method: str, path: str, body: bytes
) -> None:
    for accept in ("*/*", "text/html"):
        headers = {"Accept": accept, "Content-Type": "application/sparql-query"}
        response = service.client.request(method, path, content=body, headers=headers)
        assert 400 <= response.status_code < 500
        for word in ("Traceback", "site-packages", ".py", "panicked"):
            assert word not in response.text


def test_a_fault_is_told_without_its_reason(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(service.serving.catalogue.__class__, "get", break_down)
    response = httpx.get(f"{service.url}/queries/agents")
    assert response.status_code == 500
    assert json.loads(response.text)["type"] == f"{BASE}errors#internal"
    assert "secret" not in response.text
