"""Saved queries over HTTP: list, page, metadata, results, and answers kept for the next one."""

import pytest

from hostagegraph.service.serving import Kept
from tests.service.conftest import Service
from tests.service.world import BASE

SOURCE = {"source": "source/example-gazette-1900"}
HTML = {"Accept": "text/html"}


def test_the_list_is_a_page_or_json(service: Service) -> None:
    told = service.client.get("/queries").json()["queries"]
    assert [query["name"] for query in told] == [
        *("agents", "any-claim", "claim-graph", "claims-by-source")
    ]
    page = service.client.get("/queries", headers=HTML)
    assert "Claims that one source carries" in page.text


def test_metadata_say_what_a_query_asks_for(service: Service) -> None:
    response = service.client.get(
        "/queries/claims-by-source", headers={"Accept": "application/json"}
    )
    told = response.json()
    assert [param["name"] for param in told["parameters"]] == ["source", "status"]
    assert told["parameters"][0]["required"]
    assert "/queries/claims-by-source.csv" in told["results"]


@pytest.mark.parametrize(
    ("name", "suffixes"),
    [
        ("agents", {"json": "application/sparql-results+json", "csv": "text/csv"}),
        ("agents", {"xml": "application/sparql-results+xml", "tsv": "text/tab-separated-values"}),
        ("any-claim", {"json": "application/sparql-results+json", "csv": "text/csv"}),
        ("claim-graph", {"ttl": "text/turtle", "nt": "application/n-triples"}),
        ("claim-graph", {"jsonld": "application/ld+json"}),
    ],
)
def test_each_kind_is_answered_by_suffix_and_by_wish(
    service: Service, name: str, suffixes: dict[str, str]
) -> None:
    for suffix, media in suffixes.items():
        by_suffix = service.client.get(f"/queries/{name}.{suffix}")
        by_wish = service.client.get(f"/queries/{name}", headers={"Accept": media})
        for response in (by_suffix, by_wish):
            assert response.status_code == 200
            assert response.headers["content-type"].startswith(media)
            assert response.headers["x-data-version"] == service.serving.snapshot.name
        assert by_suffix.content == by_wish.content


def test_without_a_wish_the_results_come(service: Service) -> None:
    response = service.client.get("/queries/claims-by-source", params=SOURCE)
    (row,) = response.json()["results"]["bindings"]
    assert row["claim"]["value"] == f"{BASE}id/example-gazette-1900/c0101-01"


def test_a_format_that_does_not_fit_is_406(service: Service) -> None:
    response = service.client.get("/queries/agents", headers={"Accept": "text/turtle"})
    assert response.status_code == 406


def test_all_wrong_values_are_told_at_once(service: Service) -> None:
    response = service.client.get(
        "/queries/claims-by-source.json", params={"status": "no iri", "other": "1"}
    )
    assert response.status_code == 422
    assert set(response.json()["problems"]) == {"source", "status", "other"}


def test_an_empty_field_of_a_form_counts_as_absent(service: Service) -> None:
    response = service.client.get("/queries/claims-by-source.csv", params=SOURCE | {"status": ""})
    assert response.status_code == 200
    assert len(response.text.splitlines()) == 2


def test_the_page_has_form_answer_links_and_query(service: Service) -> None:
    page = service.client.get("/queries/claims-by-source", params=SOURCE, headers=HTML)
    assert page.status_code == 200
    assert 'name="source" value="source/example-gazette-1900"' in page.text
    assert 'href="/id/example-gazette-1900/c0101-01"' in page.text
    assert "The Gazette reports that the minister met the envoy." in page.text
    assert "The claim" in page.text
    assert "claims-by-source.csv?source=source%2Fexample-gazette-1900" in page.text
    assert "SELECT ?claim" in page.text


def test_the_page_shows_its_form_before_it_is_filled_in(service: Service) -> None:
    page = service.client.get("/queries/claims-by-source", headers=HTML)
    assert page.status_code == 200
    assert "<form" in page.text
    assert "Some values are wrong" not in page.text


def test_the_page_shows_what_is_wrong_beside_the_field(service: Service) -> None:
    page = service.client.get(
        "/queries/claims-by-source", params={"source": "<script>x</script>"}, headers=HTML
    )
    assert page.status_code == 422
    assert "Some values are wrong" in page.text
    assert "<script>" not in page.text


def test_labels_that_look_like_markup_are_escaped(service: Service) -> None:
    page = service.client.get("/queries/agents", headers=HTML)
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>" not in page.text


def test_an_answer_that_is_known_is_not_sent_again(service: Service) -> None:
    first = service.client.get("/queries/agents.csv")
    tag = first.headers["etag"]
    again = service.client.get("/queries/agents.csv", headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    other = service.client.get("/queries/agents.tsv", headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


def test_a_small_answer_is_kept(service: Service) -> None:
    first = service.client.get("/queries/agents.xml")
    assert service.serving.kept.get(first.headers["etag"]) == first.content
    assert service.client.get("/queries/agents.xml").content == first.content


def test_what_is_kept_is_bounded() -> None:
    kept = Kept(room=10)
    for tag in ("a", "b"):
        kept.put(tag, b"12345")
    assert kept.get("a") == b"12345"
    kept.put("c", b"123")
    kept.put("d", b"far too long to be kept")
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (b"12345", None, b"123")
    assert kept.get("d") is None
    assert kept.size <= kept.room
