"""Habits of the repository that would decay without a test."""

import re
import subprocess

import pytest

from tests.projects import ROOT


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_lock_file_names_a_host() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_every_requirement_is_pinned_with_a_hash() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        assert lines
        assert all(re.match(r"\S+==\S+.* --hash=sha256:", line) for line in lines)


def test_no_file_names_a_folder_of_a_machine() -> None:
    folders = re.compile(rb"(?<![\w.:/])/(?:home|root|work|Users)/\w")
    for name in tracked():
        assert not folders.search((ROOT / name).read_bytes()), name


def test_every_page_named_in_a_page_exists() -> None:
    for name in tracked():
        if name.endswith(".md"):
            folder = (ROOT / name).parent
            text = (ROOT / name).read_text(encoding="utf-8")
            for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
                assert (folder / target).exists(), f"{name}: {target}"
