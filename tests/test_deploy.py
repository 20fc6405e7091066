"""What stands in deploy/ and in the page on operations speaks of this program as it is."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from hostagegraph.service.app import create_app
from hostagegraph.settings import PREFIX, Settings, read_settings
from tests.projects import ROOT
from tests.service.world import catalogue_in, snapshot_in

DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
NAMES = {spec.name for spec in fields(Settings)}
SET = re.compile(rf'{PREFIX}([A-Z_]+)(?:=|: )"?([^"\s\\]+)')


@pytest.mark.parametrize("name", ["hostagegraph.service", "Dockerfile", "compose.yaml"])
def test_every_variable_is_a_setting_with_a_value_it_can_have(name: str) -> None:
    found = dict(SET.findall((DEPLOY / name).read_text(encoding="utf-8")))
    assert found
    settings = read_settings({}, {f"{PREFIX}{key}": value for key, value in found.items()})
    assert all(str(getattr(settings, key.lower())) == value for key, value in found.items())


def test_the_compose_file_names_files_and_networks_that_exist() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    graph, proxy = composed["services"]["graph"], composed["services"]["proxy"]
    assert (DEPLOY / graph["build"]["context"] / graph["build"]["dockerfile"]).is_file()
    assert (DEPLOY / proxy["volumes"][0].partition(":")[0]).is_file()
    assert {*graph["networks"], *proxy["networks"]} == set(composed["networks"])
    (inside,) = composed["networks"]["inside"]["ipam"]["config"]
    assert graph["environment"]["HOSTAGEGRAPH_FORWARDED_FROM"] == inside["subnet"]


def test_the_image_copies_what_the_repository_has() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = {
        name
        for line in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE)
        for name in line.split()
    }
    assert {"requirements.lock", "src", "data", "queries"} <= copied
    assert all((ROOT / name).exists() for name in copied)
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    assert copied == set(re.findall(r"^!(\S+)$", kept, re.MULTILINE))


def test_every_setting_named_on_the_page_exists() -> None:
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)(?: = \w+)?`", PAGE))
    assert {"rate", "tokens", "forwarded_from", "allowed_hosts", "follow", "stop"} <= named & NAMES
    for name in re.findall(r"\(`([a-z_]+)`(?:[,;)]|, [^)]*\))", PAGE):
        assert name in NAMES, name


def test_every_count_named_on_the_page_is_told(tmp_path: Path) -> None:
    app = create_app(snapshot_in(tmp_path / "snapshots"), catalogue_in(tmp_path / "queries"))
    app.state.metrics.answered("/", 200, "", 0.1)
    told = app.state.metrics.text().decode()
    named = set(re.findall(r"hostagegraph_[a-z]+(?:_[a-z]+)*", PAGE))
    assert len(named) > 9
    assert {name for name in named if f"\n{name}" not in told} == set()
