"""The build of the front end: only when something changed, with locked packages, from anywhere."""

import json
import re
from pathlib import Path

import pytest

import hatch_build
from tests.projects import ROOT

WEB = ROOT / "web"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out sources without a built front end."""
    monkeypatch.delenv("HOSTAGEGRAPH_SKIP_WEB", raising=False)
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "src" / "app.ts").write_text("let a = 1;")
    (tmp_path / hatch_build.STATIC).mkdir(parents=True)
    return tmp_path


def stamp(project: Path) -> None:
    digest = hatch_build.source_digest(project / "web")
    (project / hatch_build.STATIC / ".stamp").write_text(digest)


def test_sources_are_built_once(project: Path) -> None:
    assert not hatch_build.is_current(project)
    stamp(project)
    assert hatch_build.is_current(project)


def test_a_changed_a_renamed_or_a_new_source_is_built_again(project: Path) -> None:
    source = project / "web" / "src" / "app.ts"
    for change in (
        lambda: source.write_text("let b = 1;"),
        lambda: source.rename(source.with_name("b.ts")),
        lambda: (project / "web" / "new.css").write_text(""),
    ):
        stamp(project)
        change()
        assert not hatch_build.is_current(project)


def test_installed_packages_are_no_sources(project: Path) -> None:
    stamp(project)
    (project / "web" / "node_modules").mkdir()
    (project / "web" / "node_modules" / "x.js").write_text("")
    assert hatch_build.is_current(project)


def test_without_sources_or_by_wish_nothing_is_built(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hatch_build.is_current(project / "elsewhere")
    monkeypatch.setenv("HOSTAGEGRAPH_SKIP_WEB", "1")
    assert hatch_build.is_current(project)


@pytest.mark.parametrize(
    ("told", "enough"), [("v20.20.2", False), ("v22.11.0", False), ("v22.12.0", True), ("x", False)]
)
def test_an_old_node_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, enough: bool
) -> None:
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {told}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setenv("HOSTAGEGRAPH_NODE", str(tmp_path / "node"))
    assert bool(hatch_build.system_node()) == enough


def test_the_lock_file_names_no_registry() -> None:
    text = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert "omit-lockfile-registry-resolved=true" in (WEB / ".npmrc").read_text()
    packages = json.loads(text)["packages"]
    assert all(each.get("integrity") for name, each in packages.items() if name)
    systems = {system for each in packages.values() for system in each.get("os", ())}
    assert {"linux", "darwin", "win32"} <= systems


def test_versions_are_exact() -> None:
    wanted = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    for kind in ("dependencies", "devDependencies"):
        for name, version in wanted[kind].items():
            assert re.fullmatch(r"\d+\.\d+\.\d+", version), name


def test_sources_name_no_other_host() -> None:
    files = [*WEB.glob("src/**/*.ts"), *WEB.glob("src/**/*.css")]
    files += (ROOT / "src/hostagegraph/service/pages/templates").glob("*.html")
    assert len(files) > 20
    for file in files:
        assert not re.search(r"(?:src|href|url|import)\W{1,3}https?://", file.read_text()), (
            file.name
        )
