"""Receipts: whoever has one can ask again and see whether the same bytes come."""

import hashlib
import json

import pyoxigraph as ox
import pytest

from hostagegraph import __version__
from hostagegraph.policies import passing, read_policies
from tests.service.conftest import Service
from tests.test_queries_folder import CATALOGUE

OFFICIALS = "/queries/statements-by-anonymous-officials"


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        (f"{OFFICIALS}.csv?", 4),
        (f"{OFFICIALS}.xml?scope=broad&explain=1", 5),
        (f"{OFFICIALS}.json?per_page=3", 3),
        (f"{OFFICIALS}.tsv?per_page=3&page=2&sources=no-leaks", 0),
        ("/queries/sources.csv?sources=on-record,no-leaks", 1),
        ("/queries/statements-of-a-speaker.csv?speaker=agent/nobody", 0),
        ("/queries/record-of-a-claim.ttl?claim=example-gazette-1900/c0103-06", None),
    ],
)
def test_a_receipt_is_of_the_very_bytes_of_the_same_address(
    site: Service, address: str, rows: int | None
) -> None:
    told = site.client.get(f"{address}&receipt=1").json()
    answer = site.client.get(address)
    assert answer.status_code == 200
    assert told["sha256"] == digest(answer.content)
    assert told["bytes"] == len(answer.content)
    assert told["mediaType"] == answer.headers["content-type"]
    assert told["rows"] == (int(answer.headers["x-row-count"]) if rows is None else rows)
    assert site.client.get(told["@id"]).content == answer.content


def test_a_receipt_names_query_data_and_program(site: Service) -> None:
    address = f"{OFFICIALS}.csv?since=1900-01-04&sources=on-record&receipt=1"
    told = site.client.get(address).json()
    asked, data = told["generatedBy"]["used"]
    query = CATALOGUE.get("statements-by-anonymous-officials")
    claims = site.serving.published.claims
    assert claims is not None
    text = query.fill({"since": ["1900-01-04"]}, passing(claims, read_policies(["on-record"])))
    assert asked["sha256"] == digest(query.text.encode())
    assert asked["filled"]["sha256"] == digest(text.encode())
    assert {each["name"]: each["value"] for each in asked["parameters"]} == {
        "since": "1900-01-04",
        "sources": "on-record",
    }
    assert asked["file"] == "queries/statements-by-anonymous-officials.rq"
    assert data["sha256"] == site.serving.snapshot.manifest.digest
    assert data["version"] == site.serving.snapshot.name
    assert told["generatedBy"]["agent"]["version"] == __version__
    assert told["generatedAt"].endswith("Z")


@pytest.mark.parametrize(
    ("fields", "truncated"), [("", False), ("&per_page=4", False), ("&per_page=3", True)]
)
def test_a_receipt_says_whether_the_answer_is_a_part(
    site: Service, fields: str, truncated: bool
) -> None:
    told = site.client.get(f"{OFFICIALS}.csv?receipt=1{fields}").json()
    assert told["truncated"] is truncated


def test_a_receipt_is_json_ld_that_needs_nothing_from_elsewhere(site: Service) -> None:
    response = site.client.get(f"{OFFICIALS}.csv?receipt=1")
    assert response.headers["content-type"] == "application/ld+json"
    assert response.headers["cache-control"] == "no-store"
    base = f"{site.url}/"
    quads = list(ox.parse(response.content, format=ox.RdfFormat.JSON_LD, base_iri=base))
    checksum = ox.NamedNode("http://spdx.org/rdf/terms#checksumValue")
    answer = ox.NamedNode(f"{site.url}{OFFICIALS}.csv")
    (found,) = [quad for quad in quads if (quad.subject, quad.predicate) == (answer, checksum)]
    assert found.object == ox.Literal(json.loads(response.text)["sha256"])


def test_without_an_ending_the_receipt_is_of_the_results_that_are_liked(site: Service) -> None:
    accept = {"Accept": "text/csv"}
    told = site.client.get(f"{OFFICIALS}?receipt=1", headers=accept).json()
    answer = site.client.get(OFFICIALS, headers=accept)
    assert told["sha256"] == digest(answer.content)
    browser = {"Accept": "text/html"}
    assert site.client.get(f"{OFFICIALS}?receipt=1", headers=browser).json()["rows"] == 4
