"""The address under which readers reach the service: named wherever one is, and asked of nobody."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from hostagegraph import build
from hostagegraph.errors import SettingsError
from hostagegraph.queries import Catalogue
from hostagegraph.service.app import create_app
from hostagegraph.service.layers import Edge
from hostagegraph.service.public_address import public_address_of
from hostagegraph.store import GRAPH_FORMATS
from tests.projects import BASE, FIRST, edit, sample_project
from tests.service.conftest import Service, running

PUBLIC = "https://graph.example.org"
QUESTION = "/queries/claims-by-form"
CLAIM = "example-gazette-1900/c0103-06"
ATOM = "{http://www.w3.org/2005/Atom}"
STRANGE = {
    "Host": "evilname",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "host=evil.example;proto=gopher",
}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Service]]:
    """Serve the same two snapshots with a public address, and without one."""
    root = sample_project(tmp_path_factory.mktemp("public"))
    build.build(build.Project(root), root / "snapshots")
    edit(
        root, FIRST, "The Example Gazette reports that the cabinet", "The Gazette says the cabinet"
    )
    built = build.build(build.Project(root), root / "snapshots").snapshot
    catalogue = Catalogue.load(root / "queries", BASE)
    edge = Edge(public_address=f"{PUBLIC}/")
    for public in running(create_app(built, catalogue, edge=edge)):
        for without in running(create_app(built, catalogue)):
            yield public, without


@pytest.fixture(scope="module")
def public(two: tuple[Service, Service]) -> Service:
    return two[0]


@pytest.fixture(scope="module")
def without(two: tuple[Service, Service]) -> Service:
    return two[1]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", ""),
        ("https://graph.example.org", "https://graph.example.org"),
        ("HTTPS://Graph.Example.ORG/", "https://graph.example.org"),
        ("https://graph.example.org:443", "https://graph.example.org"),
        ("http://graph.example.org:8080/", "http://graph.example.org:8080"),
        ("http://graph", "http://graph"),
        ("http://192.0.2.7", "http://192.0.2.7"),
        ("https://[2001:DB8::7]:8443", "https://[2001:db8::7]:8443"),
    ],
)
def test_an_address_is_written_in_one_way(text: str, meant: str) -> None:
    assert public_address_of(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("graph.example.org", "//graph.example.org", "ftp://graph.example.org", "https://", "yes"),
        *("https://me@graph.example.org", "https://graph.example.org?x", "https://a b.example"),
        *("https://graph.example.org:65536", "https://graph.example.org:", "https://.example.org"),
        *("https://graph.example.org\n", " https://graph.example.org", "https://gräph.example"),
        *("https://x'$(id)", 'https://x"><script>', "https://graph.example.org#x"),
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="public_address takes an address such as https://"):
        public_address_of(text)


@pytest.mark.parametrize("path", ["/graph", "/graph/", "//", "/?x", "/#x"])
def test_a_path_is_refused_with_what_to_do_instead(path: str) -> None:
    with pytest.raises(SettingsError, match=r"has a path.*a host name of its own"):
        public_address_of(PUBLIC + path)


def test_the_command_says_so_before_it_serves(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    build.build(build.Project(root), root / "snapshots")
    serve = [sys.executable, "-m", "hostagegraph", "--root", str(root), "serve", "--port", "0"]
    command = [*serve, "--public-address", f"{PUBLIC}/graph"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert f"public_address: {PUBLIC}/graph has a path" in ended.stderr


def show(service: Service, path: str) -> str:
    response = service.client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, response.text
    return response.text


def linked(page: str) -> str:
    """Give the permanent link of a page, whose parts may break into lines."""
    code = page[page.index("<code data-copy") :].partition("</code>")[0]
    return re.sub(r"<[^>]*>", "", code)


def test_the_page_of_a_question_names_it_in_link_and_code(public: Service) -> None:
    page = show(public, f"{QUESTION}?sources=no-leaks")
    assert linked(page) == f"{PUBLIC}{QUESTION}?sources=no-leaks"
    for name in ("curl", "python", "r", "javascript"):
        code = page[page.index(f'id="from-{name}"') :].partition("</details>")[0]
        assert PUBLIC in code
    assert "127.0.0.1" not in page


def test_a_page_on_paper_names_it(public: Service) -> None:
    assert f'<span data-paper="{PUBLIC}">{PUBLIC}/about?x=1</span>' in show(public, "/about?x=1")


def test_without_one_the_page_names_where_the_service_listens(without: Service) -> None:
    page = show(without, QUESTION)
    assert f'<code data-copy data-served="{without.url}">' in page
    assert linked(page) == f"{without.url}{QUESTION}"
    assert f"curl -sS --fail-with-body {without.url}{QUESTION}.csv" in page


def test_a_cited_answer_stands_at_it(public: Service, without: Service) -> None:
    for ending in ("txt", "bib", "json"):
        cited = public.client.get(f"{QUESTION}/cite.{ending}?sources=no-leaks").text
        assert f"{PUBLIC}{QUESTION}?sources=no-leaks" in cited
        assert BASE not in cited
    assert f"{BASE}queries/claims-by-form " in without.client.get(f"{QUESTION}/cite.txt").text


def test_a_cited_claim_stands_at_it_and_keeps_its_iri(public: Service, without: Service) -> None:
    for ending in ("txt", "bib", "json", "ttl"):
        cited = public.client.get(f"/cite/{CLAIM}.{ending}").text
        assert f"{PUBLIC}/id/{CLAIM}" in cited
        assert f"Identified by {BASE}id/{CLAIM}." in cited
    assert public.client.get(f"/id/{CLAIM}").status_code == 200
    plain = without.client.get(f"/cite/{CLAIM}.txt").text
    assert f"{BASE}id/{CLAIM} (" in plain
    assert "Identified" not in plain


def test_a_receipt_names_its_answer_by_it(public: Service, without: Service) -> None:
    asked = f"{QUESTION}.csv?sources=no-leaks"
    assert public.client.get(f"{asked}&receipt=1").json()["@id"] == PUBLIC + asked
    assert without.client.get(f"{asked}&receipt=1").json()["@id"] == asked


def test_links_of_a_feed_lead_to_it_while_ids_stay(public: Service, without: Service) -> None:
    at = f"{QUESTION}.atom"
    mine, other = (ET.fromstring(each.client.get(at).content) for each in (public, without))  # noqa: S314 - our own bytes
    assert [each.text for each in mine.iter(f"{ATOM}id")] == [
        each.text for each in other.iter(f"{ATOM}id")
    ]
    own = [each.get("href") for each in mine.iter(f"{ATOM}link") if each.get("rel") != "related"]
    assert own[:2] == [f"{PUBLIC}{at}", f"{PUBLIC}{QUESTION}"]
    assert len(own) > 2
    assert {*own[1:]} == {f"{PUBLIC}{QUESTION}"}
    assert other.find(f"{ATOM}link").get("href") == at  # type: ignore[union-attr]


def test_a_feed_that_is_known_from_before_it_was_set_is_sent_anew(
    public: Service, without: Service
) -> None:
    known = {"If-None-Match": without.client.get(f"{QUESTION}.atom").headers["etag"]}
    assert without.client.get(f"{QUESTION}.atom", headers=known).status_code == 304
    assert public.client.get(f"{QUESTION}.atom", headers=known).status_code == 200


@pytest.mark.parametrize("media", GRAPH_FORMATS)
@pytest.mark.parametrize("path", ["/sparql", "/data"])
def test_descriptions_name_it_in_each_format(public: Service, path: str, media: str) -> None:
    response = public.client.get(path, headers={"Accept": media})
    read = ox.parse(
        response.content, format=GRAPH_FORMATS[media], base_iri="https://elsewhere.example/"
    )
    terms = {term.value for quad in read for term in quad if isinstance(term, ox.NamedNode)}
    assert f"{PUBLIC}/sparql" in terms
    assert not [term for term in terms if "elsewhere" in term or "127.0.0.1" in term]


def test_the_interface_names_it_as_its_server(public: Service, without: Service) -> None:
    assert public.client.get("/openapi.json").json()["servers"] == [{"url": PUBLIC}]
    assert "servers" not in without.client.get("/openapi.json").json()


PATHS = (
    *(QUESTION, f"{QUESTION}.atom", f"{QUESTION}/cite.txt", f"/cite/{CLAIM}.txt", "/openapi.json"),
    *(f"{QUESTION}.csv", f"/id/{CLAIM}", "/sparql", "/data", "/"),
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_no_answer_depends_on_what_a_request_says_of_it(
    two: tuple[Service, Service], path: str, accept: str
) -> None:
    for service in two:
        strange = service.client.get(path, headers={**STRANGE, "Accept": accept})
        plain = service.client.get(path, headers={"Accept": accept})
        assert strange.status_code == plain.status_code == 200
        assert without_nonce(strange.text) == without_nonce(plain.text)
        assert "evil" not in str(strange.headers)


def without_nonce(page: str) -> str:
    return re.sub(r'(nonce|name="csp-nonce" content)="[^"]*"', "", page)


def test_its_name_is_one_of_the_service_s_own(public: Service, without: Service) -> None:
    named = {"Host": "graph.example.org"}
    assert public.client.get("/healthz", headers=named).status_code == 200
    assert without.client.get("/healthz", headers=named).status_code == 421
    assert public.client.get("/healthz", headers={"Host": "evil.example"}).status_code == 421
