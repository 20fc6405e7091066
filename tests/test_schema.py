"""The published JSON Schema accepts what the reader accepts, and refuses plain mistakes."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from hostagegraph.schema import schemas
from tests.projects import ROOT, SAMPLE

FILES = {
    "section": "records/*/*.yaml",
    "source": "sources/*.yaml",
    "people": "agents/people.yaml",
    "institutions": "agents/institutions.yaml",
    "hub": "agents/groups.yaml",
    "curators": "agents/curators.yaml",
}


def loaded(path: Path) -> Any:
    """Load a file as an editor does: keys as text, dates as text, numbers as numbers."""

    class Editor(yaml.SafeLoader):
        """YAML 1.2 as editors read it: no dates."""

    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.items()
    Editor.yaml_implicit_resolvers = {
        letter: [pair for pair in pairs if "timestamp" not in pair[0]]
        for letter, pairs in resolvers
    }
    found = yaml.load(path.read_text(encoding="utf-8"), Editor)  # noqa: S506  a safe loader
    return {str(key): value for key, value in found.items()}


@pytest.mark.parametrize("root", [SAMPLE, ROOT], ids=["sample", "real"])
@pytest.mark.parametrize("name", FILES)
def test_every_file_conforms_to_its_schema(root: Path, name: str) -> None:
    validator = jsonschema.Draft202012Validator(schemas()[name])
    for path in (root / "data").glob(FILES[name]):
        errors = [f"{path.name} {error.json_path}" for error in validator.iter_errors(loaded(path))]
        assert errors == []


@pytest.mark.parametrize("name", FILES)
def test_each_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schemas()[name])


CLAIM = {
    "id": "0101-01",
    "at": [0, 5, "0" * 64],
    "gist": "The Gazette reports a speech.",
    "content": {"type": "Statement", "slug": "speech", "label": "Speech"},
}


@pytest.mark.parametrize(
    ("change", "accepted"),
    [
        ({}, True),
        ({"at": "passage-name"}, True),
        ({"at": [[0, 5, "0" * 64], "other"]}, True),
        ({"against": ["a-b", {"who": "c-d", "reply": "denied"}]}, True),
        ({"gist": {"en": "a", "he-Latn": "b"}}, True),
        ({"content": "s/speech"}, True),
        ({"gst": "misspelt"}, False),
        ({"polarity": "no"}, False),
        ({"at": [0, 5]}, False),
        ({"id": "one"}, False),
        ({"content": {"type": "Speech", "slug": "speech", "label": "Speech"}}, False),
        ({"content": {"type": "Leak", "slug": "leak", "label": "No information"}}, False),
        ({"about": "Not A Slug"}, False),
    ],
)
def test_plain_mistakes_show_in_an_editor(change: dict[str, Any], accepted: bool) -> None:
    document = {"source": "gazette", "section": "0101", "claims": [{**CLAIM, **change}]}
    validator = jsonschema.Draft202012Validator(schemas()["section"])
    assert validator.is_valid(document) is accepted


def test_a_withdrawn_claim_has_its_own_form() -> None:
    tomb = {"id": "0101-01", "review": "withdrawn", "withdrawn": "1900-01-01", "note": "Misread"}
    document = {"source": "gazette", "section": "0101", "claims": [tomb]}
    assert jsonschema.Draft202012Validator(schemas()["section"]).is_valid(document)
