"""Things at their own address, the ontology, the dumps, and how the service stands."""

import hashlib

import pyoxigraph as ox
import pytest

from tests.service.conftest import Service
from tests.service.world import BASE

HTML = {"Accept": "text/html"}
CLAIM = "/id/example-gazette-1900/c0101-01"


@pytest.mark.parametrize(
    ("suffix", "media"),
    [
        ("ttl", "text/turtle"),
        ("jsonld", "application/ld+json"),
        ("nt", "application/n-triples"),
        ("nq", "application/n-quads"),
    ],
)
def test_a_thing_is_described_in_each_format(service: Service, suffix: str, media: str) -> None:
    by_suffix = service.client.get(f"{CLAIM}.{suffix}")
    by_wish = service.client.get(CLAIM, headers={"Accept": media})
    form = ox.RdfFormat.from_media_type(media)
    assert form
    for response in (by_suffix, by_wish):
        assert response.status_code == 200
        subjects = {str(quad.subject) for quad in ox.parse(response.content, format=form)}
        assert f"<{BASE}{CLAIM[1:]}>" in subjects
    assert by_suffix.headers["x-data-version"] == service.serving.snapshot.name


def test_turtle_is_the_default_and_is_written_with_prefixes(service: Service) -> None:
    response = service.client.get(CLAIM)
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "hg:reviewStatus hg:draft" in response.text


def test_a_situation_never_comes_without_the_claim_that_carries_it(service: Service) -> None:
    response = service.client.get("/id/example-gazette-1900/s-meeting.ttl")
    assert "hg:content" in response.text
    assert "hg:assertor" in response.text
    page = service.client.get("/id/example-gazette-1900/s-meeting", headers=HTML)
    assert "nothing follows about whether it obtained" in page.text
    assert "Example Gazette" in page.text
    assert "draft" in page.text


def test_the_page_of_a_claim_draws_the_voices_outermost_first(service: Service) -> None:
    page = service.client.get(CLAIM, headers=HTML).text
    envoy = page.index("“<bdi>an envoy of Sylvania</bdi>”")
    assert page.index(">Example Gazette<") < envoy
    assert envoy < page.index(">Reported meeting in Sylvania<")
    assert '<span class="mark">draft</span>' in page


def test_the_page_of_an_agent_says_where_it_is_named(service: Service) -> None:
    page = service.client.get("/id/agent/minister-of-freedonia.html").text
    assert "Other acts and meetings" in page
    assert "/id/example-gazette-1900/c0101-01" in page
    assert "Example Gazette" in page  # no row without its voice


def test_markup_in_a_label_is_escaped(service: Service) -> None:
    page = service.client.get("/id/agent/markup", headers=HTML).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_withdrawn_claim_is_gone(service: Service) -> None:
    response = service.client.get("/id/example-gazette-1900/c0102-01.ttl")
    assert response.status_code == 410
    assert response.json()["detail"] == "Withdrawn: the text was misread."
    assert service.client.get("/id/example-gazette-1900/c0102-01", headers=HTML).status_code == 410


def test_a_description_that_is_known_is_not_sent_again(service: Service) -> None:
    tag = service.client.get(f"{CLAIM}.nt").headers["etag"]
    again = service.client.get(f"{CLAIM}.nt", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_formats_that_are_not_offered(service: Service) -> None:
    assert service.client.get(f"{CLAIM}.exe").status_code == 404
    assert service.client.get(CLAIM, headers={"Accept": "image/png"}).status_code == 406


def test_the_ontology_stands_at_its_address(service: Service) -> None:
    assert "What a source says." in service.client.get("/ns.ttl").text
    page = service.client.get("/ns", headers=HTML).text
    assert 'id="Claim"' in page
    assert "What a source says." in page


def test_the_ontology_is_missed_where_it_is_not(small: Service) -> None:
    assert small.client.get("/ns.ttl").status_code == 200


def test_dumps_are_listed_and_sent_as_they_are(service: Service) -> None:
    listed = service.client.get("/data").json()["dumps"]
    assert "dataset.nq" in listed
    for name, dump in listed.items():
        response = service.client.get(f"/data/{name}")
        assert hashlib.sha256(response.content).hexdigest() == dump["sha256"]
        assert len(response.content) == dump["bytes"]
        tag = response.headers["etag"]
        again = service.client.get(f"/data/{name}", headers={"If-None-Match": tag})
        assert again.status_code == 304
    page = service.client.get("/data", headers=HTML).text
    assert "dataset.nq" in page


def test_the_first_page_says_what_this_is_not(service: Service) -> None:
    page = service.client.get("/", headers=HTML)
    assert "Reported, not established" in page.text
    assert "one newspaper’s view" in page.text
    assert '<span class="mark">draft</span>' in page.text
    assert "Claims that one source carries" in page.text
    assert page.headers["referrer-policy"] == "no-referrer"


def test_health_readiness_and_version(service: Service) -> None:
    assert service.client.get("/healthz").json() == {"status": "alive"}
    ready = service.client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["workers"]["ad-hoc"]["alive"] >= 2
    told = service.client.get("/version").json()
    assert told["data"] == service.serving.snapshot.name
    assert told["counts"]["drafts"] == 1
    assert told["limits"]["query"]["nesting"] == 128
    assert set(told["sandbox"]) == {"tcp", "udp", "files"}
    assert set(told["sandbox"].values()) <= {"denied", "none in force"}


@pytest.mark.parametrize("path", ["/", "/queries", "/healthz", "/version", CLAIM, "/data"])
def test_head_is_answered_like_get(service: Service, path: str) -> None:
    response = service.client.head(path)
    assert response.status_code == 200
    assert response.content == b""
