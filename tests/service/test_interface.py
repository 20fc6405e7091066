"""The description of saved queries in OpenAPI, and a client that is generated from it."""

import asyncio
import datetime
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hostagegraph.errors import ParameterError
from hostagegraph.queries import Catalogue, Parameter
from hostagegraph.service.questions.interface import described, operation_id
from tests.service.conftest import Service
from tests.service.test_swap import World, world
from tests.service.world import BASE, QUERIES
from tests.test_queries_folder import ASKED, CATALOGUE

__all__ = ["world"]
PACKAGE = "generated_hostagegraph"


@pytest.fixture(scope="module")
def paths(site: Service) -> dict[str, Any]:
    found: dict[str, Any] = site.client.get("/openapi.json").json()["paths"]
    return found


def operation(paths: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = paths[f"/queries/{name}"]["get"]
    return found


def parameters(paths: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in operation(paths, name)["parameters"]}


def test_every_query_is_one_operation_with_a_name_of_its_own(paths: dict[str, Any]) -> None:
    ids = [operation(paths, query.name)["operationId"] for query in CATALOGUE.queries]
    assert ids == [operation_id(query) for query in CATALOGUE.queries]
    assert all(each.isidentifier() for each in ids)
    every = [op["operationId"] for path in paths.values() for op in path.values()]
    assert len(every) == len(set(every))


def test_parameters_have_types_examples_and_defaults(paths: dict[str, Any]) -> None:
    found = parameters(paths, "statements-by-anonymous-officials")
    assert found["scope"]["schema"] == {
        "type": "string",
        "enum": ["strict", "broad"],
        "default": "strict",
    }
    assert found["since"]["schema"] == {"type": "string", "format": "date"}
    assert found["since"]["example"] == "2024-01-01"
    assert found["source"]["schema"] == {"type": "array", "items": {"type": "string"}}
    assert not any(each["required"] for each in found.values())
    assert parameters(paths, "claims-by-source")["source"]["required"]


def test_what_a_query_cannot_do_is_not_offered(paths: dict[str, Any]) -> None:
    own = {"page", "per_page", "explain", "sources", "receipt"}
    asked = {query.name: own & set(parameters(paths, query.name)) for query in CATALOGUE.queries}
    assert asked["statements-by-anonymous-officials"] == own
    assert asked["agents"] == {"page", "per_page", "receipt"}
    assert asked["record-of-a-claim"] == {"receipt"}
    assert asked["sources"] == own - {"explain"}


def test_formats_and_failures_are_named(paths: dict[str, Any]) -> None:
    for query in CATALOGUE.queries:
        responses = operation(paths, query.name)["responses"]
        assert {"400", "404", "406", "422", "429", "503", "504"} <= set(responses)
        assert set(responses["200"]["content"]) >= {"application/ld+json", "text/html"}
    graph = operation(paths, "record-of-a-claim")["responses"]["200"]["content"]
    assert next(iter(graph)) == "text/turtle"


def test_examples_are_values_that_the_query_takes(paths: dict[str, Any]) -> None:
    for query in CATALOGUE.queries:
        told = parameters(paths, query.name)
        given: dict[str, list[str]] = {}
        for param in query.params:
            example = told[param.name].get("example", [])
            given[param.name] = [str(e) for e in (example if param.multiple else [example])]
        try:
            query.fill(given)
        except ParameterError as error:
            pytest.fail(f"{query.name}: {error}")


def test_every_type_of_value_is_described(tmp_path: Path) -> None:
    kinds = {
        "truth": ("xsd:boolean", "true", True),
        "count": ("xsd:integer", "12", 12),
        "share": ("xsd:decimal", "12.5", 12.5),
        "year": ("xsd:gYear", "1900", "1900"),
        "moment": ("xsd:dateTime", "1900-01-08T12:00:00", "1900-01-08T12:00:00"),
        "words": ("langString", "peace@en", "peace@en"),
    }
    head = [
        f"#+   {name}: {{type: '{kind}', default: '{text}', example: '{text}'}}"
        for name, (kind, text, _) in kinds.items()
    ]
    lines = [f"VALUES ?{name} {{ 1 }}" for name in kinds]
    body = "\n".join(["#+ summary: All types", "#+ params:", *head, "SELECT * {", *lines, "}"])
    (tmp_path / "all-types.rq").write_text(body)
    told = described({"paths": {}}, Catalogue.load(tmp_path, BASE))
    found = {
        each["name"]: each["schema"]
        for each in told["paths"]["/queries/all-types"]["get"]["parameters"]
    }
    assert {name: found[name]["default"] for name in kinds} == {
        name: value for name, (_, _, value) in kinds.items()
    }


def test_after_a_swap_the_new_queries_are_described(world: World) -> None:
    before = world.service.client.get("/openapi.json").json()["paths"]
    text = QUERIES["agents"].replace("All agents", "Every agent")
    (world.folder / "queries" / "every-agent.rq").write_text(text)
    world.follows(world.publish("Newcomer"))
    after = world.service.client.get("/openapi.json").json()["paths"]
    assert set(after) - set(before) == {"/queries/every-agent"}


# A generated client


@pytest.fixture(scope="module")
def generated(site: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(site.client.get("/openapi.json").text)
    (folder / "config.yaml").write_text(f"package_name_override: {PACKAGE}\npost_hooks: []\n")
    subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none"),
            *("--path", "openapi.json", "--config", "config.yaml", "--output-path", PACKAGE),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    sys.path.insert(0, str(folder))
    try:
        yield importlib.import_module(f"{PACKAGE}.client")
    finally:
        sys.path.remove(str(folder))
        for name in [each for each in sys.modules if each.startswith(PACKAGE)]:
            del sys.modules[name]


def call(name: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.api.saved_queries.{name}")


@pytest.mark.slow
def test_a_generated_client_gives_the_rows_of_a_direct_call(
    site: Service, generated: ModuleType
) -> None:
    calls: list[tuple[str, dict[str, Any], str]] = [
        (
            "statements_by_anonymous_officials",
            {"since": datetime.date(1900, 1, 4), "source": ["source/example-gazette-1900"]},
            "since=1900-01-04&source=source/example-gazette-1900",
        ),
        ("sources", {"sources": "on-record"}, "sources=on-record"),
        (
            "statements_of_a_speaker",
            {"speaker": ["agent/ottilie-quill"], "explain": True},
            "speaker=agent/ottilie-quill&explain=1",
        ),
        ("claims_by_form", {"per_page": 5, "page": 2}, "per_page=5&page=2"),
    ]
    with generated.Client(base_url=site.url) as client:
        for name, values, fields in calls:
            found = call(name).sync(client=client, **values).to_dict()
            direct = site.client.get(f"/queries/{name.replace('_', '-')}.json?{fields}").json()
            assert found == direct
            assert found["results"]["bindings"]


@pytest.mark.slow
def test_a_generated_client_has_every_query_with_the_rows_of_a_direct_call(
    site: Service, generated: ModuleType
) -> None:
    """With the values that the sample is asked; what takes no page size is asked for whole."""
    asked = 0
    with generated.Client(base_url=site.url) as client:
        for query in site.serving.catalogue.queries:
            if query.kind != "solutions":
                continue
            values = ASKED.get(query.name, {})
            arguments = {
                param.name: _typed(param, values[param.name])
                for param in query.params
                if param.name in values
            }
            direct = site.client.get(f"/queries/{query.name}.json", params=values)
            if direct.status_code == 200:
                found = call(query.name.replace("-", "_")).sync(client=client, **arguments)
                assert found.to_dict() == direct.json(), query.name
                asked += 1
    assert asked >= 40


def _typed(param: Parameter, value: str) -> Any:
    """Give a value as a generated client takes it."""
    found = datetime.date.fromisoformat(value) if param.type == "xsd:date" else value
    return [found] if param.multiple else found


@pytest.mark.slow
def test_a_generated_client_reads_failures_and_works_asynchronously(
    site: Service, generated: ModuleType
) -> None:
    with generated.Client(base_url=site.url) as client:
        told = call("agents").sync(client=client, page=2)
        assert told.to_dict()["problems"] == {
            "page": "say also how many rows a page has, such as per_page=100"
        }

    async def ask() -> Any:
        async with generated.Client(base_url=site.url) as client:
            return await call("agents").asyncio(client=client)

    direct = site.client.get("/queries/agents.json").json()
    assert json.loads(json.dumps(asyncio.run(ask()).to_dict())) == direct
