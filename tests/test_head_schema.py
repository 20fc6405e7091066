"""The published schema of query heads: every real head fits, and mistakes of shape do not."""

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hostagegraph.grlc import REFUSED
from hostagegraph.head import read_head
from hostagegraph.head_schema import schema
from hostagegraph.parameters import TYPES
from hostagegraph.query_files import HEAD_KEYS, VIEWS
from hostagegraph.saved_query import SavedQuery
from hostagegraph.skeletons import new_query
from tests.projects import ROOT
from tests.test_queries_folder import CATALOGUE, each_query
from tests.test_query_files import problems

CHECK = jsonschema.Draft202012Validator(schema())


def plain(value: Any) -> Any:
    """Give a head as JSON has it: days as texts, keys as texts."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def mistakes(text: str) -> list[str]:
    return [error.message for error in CHECK.iter_errors(plain(read_head(text).head))]


def test_the_published_schema_is_the_generated_one() -> None:
    """Write it anew with: make docs."""
    published = (ROOT / "docs" / "schema" / "query-head.json").read_text(encoding="utf-8")
    assert json.loads(published) == schema()
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_schema_knows_the_keys_of_the_reader() -> None:
    assert set(schema()["properties"]) == set(HEAD_KEYS)


@each_query
def test_every_real_head_fits(query: SavedQuery) -> None:
    assert mistakes(query.text) == []


def test_a_new_query_fits() -> None:
    assert mistakes(new_query("anew", ["example-gazette-1900"])[1]) == []
    assert len(CATALOGUE.queries) >= 40


@pytest.mark.parametrize(
    "line",
    [
        "title: ''",
        "title: [a]",
        f"title: {'x' * 61}",
        "tagz: [a]",
        "query: x",
        "parameters: {a: iri}",
        "endpoint: https://example.org/",
        "transform: {a: b}",
        "endpoint_in_url: true",
        "endpoint-method: PUT",
        "description: [a]",
        "params: [a]",
        "params: {A: iri}",
        "params: {page: iri}",
        "params: {a: uri}",
        "params: {a: {label: x}}",
        "params: {a: {type: iri, requird: true}}",
        "params: {a: {type: iri, required: 'no'}}",
        "columns: 3",
        "columns: {a: {lable: x}}",
        "columns: {a: {type: uri}}",
        "claim: [a]",
        "policy: {a: b}",
        "policy: [[a]]",
        "view: globe",
        "cache: 60",
        "cache: {}",
        "cache: {max_age: -1}",
        "cache: {max_age: 60, age: 1}",
        "pagination: 0",
        "pagination: many",
        "method: PUT",
        "defaults: {a: 1}",
        "defaults: [a]",
        "enumerate: [3]",
        "tests: {}",
        "tests: [{sources: x}]",
        "tests: [{rws: []}]",
        "tests: [{rows: []}]",
        "tests: [{row_count: 0}]",
        "tests: [{row_count: many}]",
        "tests: [{rows: 3}]",
        "tests: [{rows: [3]}]",
        "tests: [{min_rows: 1, reason: [a]}]",
    ],
)
def test_a_mistake_of_shape_is_found_by_reader_and_schema(tmp_path: Path, line: str) -> None:
    text = f"#+ summary: x\n#+ {line}\nASK {{}}"
    assert problems(tmp_path, text)
    assert mistakes(text)


def test_a_head_needs_a_summary() -> None:
    assert mistakes("#+ tags: [a]\nASK {}") == ["'summary' is a required property"]


@pytest.mark.parametrize("word", [*HEAD_KEYS, *REFUSED, *TYPES, *VIEWS])
def test_every_key_type_and_view_is_in_the_guide(word: str) -> None:
    guide = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert f"`{word}`" in guide or f"`{word.replace('xsd:string', 'string')}`" in guide
