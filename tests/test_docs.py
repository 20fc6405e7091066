"""Documentation is tested like code: what is generated is current, what is shown is true."""

import io
import json
import re
from dataclasses import fields

import pyoxigraph as ox
import pytest

from hostagegraph import build
from hostagegraph.cli import commands_by_flag, make_parser
from hostagegraph.configuration import configuration_page
from hostagegraph.queries import Catalogue
from hostagegraph.schema import schemas
from hostagegraph.settings import Settings
from hostagegraph.store import QueryRequest, run_query, store_of
from tests.projects import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> set[str]:
    (actions,) = (action for action in make_parser()._actions if action.nargs == "A...")
    return set(actions.choices or ())


@pytest.mark.parametrize("name", schemas())
def test_the_published_schema_is_the_generated_one(name: str) -> None:
    """Write it anew with: make docs."""
    published = (ROOT / "docs" / "schema" / f"{name}.json").read_text(encoding="utf-8")
    assert json.loads(published) == schemas()[name]


def test_the_page_of_settings_is_the_generated_one() -> None:
    """Write it anew with: make docs."""
    published = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert published == configuration_page(commands_by_flag())


def test_every_setting_of_the_service_has_its_flag() -> None:
    flags = {flag for flag, names in commands_by_flag().items() if "`serve`" in names}
    kept = {"root", "keep", "texts"}  # of the project, not of the service
    assert {
        f"--{s.name.replace('_', '-')}" for s in fields(Settings) if s.name not in kept
    } <= flags


def test_every_command_is_in_the_readme() -> None:
    assert {name for name in commands() if f"hostagegraph {name}" not in README} == set()


def test_no_command_in_the_readme_is_invented() -> None:
    named = set(re.findall(r"hostagegraph ([a-z]+)(?= |`|\n)", README))
    assert named - commands() <= {"knows"}


def test_every_query_named_in_the_readme_exists() -> None:
    names = {query.name for query in Catalogue.load(ROOT / "queries").queries}
    named = set(re.findall(r"/queries/([a-z-]+)\b", README)) | set(
        re.findall(r"hostagegraph query ([a-z-]+)", README)
    )
    assert named
    assert named <= names


def examples() -> list[tuple[str, str]]:
    return re.findall(r"```sparql\n(.*?)```\n\n```csv\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def real() -> ox.Store:
    return store_of(build.check(build.Project(ROOT)).quads)


@pytest.mark.parametrize(("query", "rows"), examples())
def test_the_readme_shows_what_its_queries_give(real: ox.Store, query: str, rows: str) -> None:
    out = io.BytesIO()
    run_query(real, QueryRequest(query, {"solutions": "text/csv"}), lambda _kind, _media: out)
    assert out.getvalue().decode().replace("\r", "") == rows


def test_the_readme_shows_three_queries() -> None:
    assert len(examples()) == 3
