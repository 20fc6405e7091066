"""What the service says of itself and of its data, and the graphs it gives."""

import hashlib

import httpx
import pyoxigraph as ox
import pytest

from hostagegraph.store import GRAPH_FORMATS
from tests.service.conftest import Service
from tests.service.world import BASE

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
SPDX = "http://spdx.org/rdf/terms#"
SHARED = f"{BASE}graph/shared"


def read(response: httpx.Response) -> set[ox.Triple]:
    media = response.headers["content-type"].partition(";")[0]
    assert response.status_code == 200
    quads = ox.parse(response.content, format=GRAPH_FORMATS[media], base_iri=str(response.url))
    return {quad.triple for quad in quads}


def values(triples: set[ox.Triple], predicate: str) -> set[str]:
    found = (triple.object for triple in triples if triple.predicate.value == predicate)
    return {value.value for value in found if not isinstance(value, ox.Triple)}


@pytest.mark.parametrize("media", GRAPH_FORMATS)
@pytest.mark.parametrize("path", ["/sparql", "/data"])
def test_descriptions_are_given_in_each_format(service: Service, path: str, media: str) -> None:
    response = service.client.get(path, headers={"Accept": media})
    assert response.headers["content-type"].startswith(media)
    place = BASE if media in ("application/n-triples", "application/n-quads") else service.url + "/"
    endpoint = f"{SD}endpoint" if path == "/sparql" else f"{VOID}sparqlEndpoint"
    assert values(read(response), endpoint) == {f"{place}sparql"}
    again = {"Accept": media, "If-None-Match": response.headers["etag"]}
    assert service.client.get(path, headers=again).status_code == 304


def test_the_service_names_its_formats_and_graphs(service: Service, small: Service) -> None:
    triples = read(service.client.get("/sparql", headers={"Accept": "text/turtle"}))
    assert values(triples, f"{SD}feature") == {f"{SD}UnionDefaultGraph"}
    assert SHARED in values(triples, f"{SD}name")
    assert len(values(triples, f"{SD}resultFormat")) == 10
    own = read(small.client.get("/sparql", headers={"Accept": "text/turtle"}))
    assert values(own, f"{SD}feature") == set()


def test_no_host_is_believed(service: Service) -> None:
    headers = {"Host": "localhost", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil"}
    for path in ("/sparql", "/data", "/.well-known/void"):
        response = service.client.get(path, headers={**headers, "Accept": "text/turtle"})
        assert "evil" not in response.text + str(response.headers)
        assert "localhost" not in response.text + str(response.headers)


def test_the_data_are_described_with_their_counts_and_dumps(service: Service) -> None:
    triples = read(service.client.get("/data", headers={"Accept": "text/turtle"}))
    manifest = service.serving.snapshot.manifest
    assert str(sum(manifest.graphs.values())) in values(triples, f"{VOID}triples")
    assert values(triples, f"{DCAT}version") == {service.serving.snapshot.name}
    assert values(triples, f"{VOID}uriSpace") == {f"{BASE}id/"}
    assert values(triples, f"{VOID}exampleResource") == {f"{BASE}id/example-gazette-1900/c0101-01"}
    used = values(triples, f"{VOID}vocabulary")
    assert {f"{BASE}ns#", "http://www.w3.org/2004/02/skos/core#"} <= used
    assert not any(namespace.startswith("http://purl.org/dc") for namespace in used)
    sums = values(triples, f"{SPDX}checksumValue")
    for address in values(triples, f"{DCAT}downloadURL"):
        body = service.client.get(address).content
        assert hashlib.sha256(body).hexdigest() in sums
        assert str(len(body)) in values(triples, f"{DCAT}byteSize")
    for address in values(triples, f"{VOID}dataDump"):
        assert service.client.get(address).status_code == 200


def test_the_well_known_address_leads_to_the_description(service: Service) -> None:
    response = service.client.get(
        "/.well-known/void", headers={"Accept": "text/turtle"}, follow_redirects=True
    )
    assert [str(step.url.path) for step in (*response.history, response)] == [
        "/.well-known/void",
        "/data",
    ]
    assert values(read(response), f"{VOID}triples")


def test_a_format_that_is_not_offered_is_406(service: Service) -> None:
    for path in ("/sparql", "/data", f"/data?graph={SHARED}"):
        assert service.client.get(path, headers={"Accept": "image/png"}).status_code == 406


# The Graph Store Protocol


@pytest.mark.parametrize("media", GRAPH_FORMATS)
def test_a_graph_is_given_in_each_format(service: Service, media: str) -> None:
    response = service.client.get("/data", params={"graph": SHARED}, headers={"Accept": media})
    assert response.headers["content-type"].startswith(media)
    count = service.serving.snapshot.manifest.graphs[SHARED]
    assert len(read(response)) == count
    assert response.headers["x-row-count"] == str(count)
    again = service.client.get(
        "/data",
        params={"graph": SHARED},
        headers={"Accept": media, "If-None-Match": response.headers["etag"]},
    )
    assert again.status_code == 304


def test_the_default_graph_is_the_one_that_queries_see(service: Service, small: Service) -> None:
    everything = sum(service.serving.snapshot.manifest.graphs.values())
    assert len(read(service.client.get("/data?default"))) == everything
    assert read(small.client.get("/data?default")) == set()


@pytest.mark.parametrize(
    ("tail", "status"),
    [
        ("graph=urn:none", 404),
        ("graph=relative", 400),
        ("graph=", 400),
        ("graph=urn:a%0d%0ab", 400),
        ("graph=urn:a%3E%7B%7D", 400),
        (f"graph={SHARED}&default", 400),
        (f"graph={SHARED}&graph={SHARED}", 400),
        ("default&default", 400),
        ("default=yes", 400),
        ("graph=%ff", 400),
    ],
)
def test_addresses_of_graphs_are_read_with_care(service: Service, tail: str, status: int) -> None:
    assert service.client.get(f"/data?{tail}").status_code == status


@pytest.mark.parametrize("method", ["PUT", "POST", "PATCH", "DELETE", "TRACE", "MERGE"])
def test_graphs_are_only_read(service: Service, method: str) -> None:
    response = service.client.request(method, f"/data?graph={SHARED}", content=b"<urn:a> <urn:b> 1")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"


def test_the_head_of_a_graph_is_that_of_the_graph(service: Service) -> None:
    heads = [
        service.client.request(method, "/data", params={"graph": SHARED}).headers
        for method in ("GET", "HEAD")
    ]
    for name in ("content-type", "content-length", "etag", "x-row-count", "vary"):
        assert heads[0][name] == heads[1][name]
