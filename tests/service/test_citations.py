"""Citations of claims and answers: who says so, where, in which data; never as a fact."""

import hashlib
import json

import jsonschema
import pyoxigraph as ox
import pytest
from bibtexparser.entrypoint import parse_string

from hostagegraph.queries import SavedQuery
from hostagegraph.service.questions.citing import Citation
from tests.service.conftest import Service
from tests.test_queries_folder import CATALOGUE

CLAIM = "/cite/example-gazette-1900/c0103-06"
NOTE = "Reported, not established."
DAY = {
    "type": "object",
    "required": ["date-parts"],
    "properties": {
        "date-parts": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "integer"}, "maxItems": 3},
        }
    },
}
# The parts of the schema of CSL-JSON items that citations use.
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": ["entry", "dataset"]},
            "author": {
                "type": "array",
                "items": {"type": "object", "properties": {"literal": {"type": "string"}}},
            },
            "issued": DAY,
            "accessed": DAY,
            **{
                name: {"type": "string"}
                for name in ("title", "container-title", "publisher", "locator", "version")
            },
            **{name: {"type": "string"} for name in ("URL", "note")},
        },
    },
}


def entry(text: str) -> dict[str, str]:
    library = parse_string(text)
    assert not library.failed_blocks
    (found,) = library.entries
    return {field.key: field.value for field in found.fields}


def test_a_footnote_says_who_denied_it_where_and_in_which_data(site: Service) -> None:
    response = site.client.get(f"{CLAIM}.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    text = response.text
    for part in (
        "two unnamed diplomats said Thrumm showed",
        NOTE,
        "Said by Two Freedonian diplomats (anonymous), through Example Gazette",
        "Denied by Basil Thrumm (named), through Example Gazette",
        "The harbour talks, day by day, Example Gazette, 1900-01-08",
        "characters 946-1080, 1081-1098",
        f"{CATALOGUE.base}id/example-gazette-1900/c0103-06",
        f"data {site.serving.snapshot.name}",
    ):
        assert part in text


def test_bibtex_is_read_back_by_its_parser(site: Service) -> None:
    found = entry(site.client.get(f"{CLAIM}.bib").text)
    assert found["note"].startswith(NOTE)
    assert found["title"].startswith("{The Example Gazette reports")
    assert (found["year"], found["month"]) == ("1900", "jan")
    assert found["url"].endswith("c0103-06")


HOSTILE = "50% of {all} \\ $5 & #1_a ^ ~ } @misc{x, title = {y}}\n\u202eend"


def test_signs_that_bibtex_reads_otherwise_are_written_so_that_it_does_not() -> None:
    cited = Citation(
        "https://example.org/id/a/b", "entry", HOSTILE, HOSTILE, "0", authors=("A } B",)
    )
    found = entry(cited.written("bib", "https://example.org/"))
    assert set(found) == {"author", "title", "note", "version", "url"}
    assert r"50\% of \textbraceleft{}all\textbraceright{}" in found["title"]
    assert found["title"].count("{") == found["title"].count("}")
    assert found["author"] == r"{A \textbraceright{} B}"


def test_csl_json_has_the_shape_that_reference_managers_read(site: Service) -> None:
    told = site.client.get(f"{CLAIM}.json").json()
    jsonschema.validate(told, CSL)
    assert told[0]["issued"] == {"date-parts": [[1900, 1, 8]]}
    assert told[0]["note"].startswith(NOTE)
    jsonschema.validate(site.client.get("/queries/sources/cite.json").json(), CSL)


def test_turtle_attributes_the_claim_to_its_voices(site: Service) -> None:
    text = site.client.get(f"{CLAIM}.ttl").content
    triples = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    base = f"{CATALOGUE.base}id/"
    voices = {str(q.object) for q in triples if q.predicate.value.endswith("#wasAttributedTo")}
    assert voices == {
        f"<{base}agent/example-gazette>",
        f"<{base}example-gazette-1900/u-diplomats-0103>",
    }
    (cited,) = [q.object for q in triples if q.predicate.value.endswith("bibliographicCitation")]
    assert isinstance(cited, ox.Literal)
    assert NOTE in cited.value


@pytest.mark.parametrize(
    "path", ["/cite/example-gazette-1900/c9999-01.txt", f"{CLAIM}.doc", "/cite/x/y.txt"]
)
def test_what_is_not_there_cannot_be_cited(site: Service, path: str) -> None:
    assert site.client.get(path).status_code == 404


def test_an_answer_is_cited_with_its_question_and_the_digest_of_its_bytes(site: Service) -> None:
    asked = "?since=1900-01-04&sources=no-leaks"
    answer = site.client.get(f"/queries/statements-by-anonymous-officials.json{asked}")
    text = site.client.get(f"/queries/statements-by-anonymous-officials/cite.txt{asked}").text
    assert hashlib.sha256(answer.content).hexdigest() in text
    assert "with since=1900-01-04, sources=no-leaks: number of rows 1" in text
    assert f"queries/statements-by-anonymous-officials{asked}" in text


@pytest.mark.parametrize("ending", ["txt", "bib", "json", "ttl"])
def test_every_answer_can_be_cited(site: Service, ending: str) -> None:
    for query in CATALOGUE.queries:
        check(site, query, ending)


def check(site: Service, query: SavedQuery, ending: str) -> None:
    values = {param.name: param.example[0] for param in query.params if not param.droppable}
    response = site.client.get(f"/queries/{query.name}/cite.{ending}", params=values)
    assert response.status_code == 200, response.text
    assert query.summary.split(",")[0] in response.text
    if ending == "bib":
        assert entry(response.text)["version"] == site.serving.snapshot.name
    if ending == "json":
        assert json.loads(response.text)[0]["type"] == "dataset"
