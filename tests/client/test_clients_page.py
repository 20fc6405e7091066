"""What the page on clients shows is run, and gives what stands below it."""

import contextlib
import io
import re
import shutil
import subprocess

import pytest

from tests.client.conftest import Real
from tests.projects import ROOT

pytestmark = pytest.mark.slow  # publishes the real data

PAGE = (ROOT / "docs" / "clients.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(python|sh|js)\n(.*?)```\n(?:\n```text\n(.*?)```)?", PAGE, re.DOTALL)
ADDRESS = "http://localhost:8000"


def blocks(language: str, real: Real) -> list[tuple[str, str]]:
    """The code blocks of a language, asking our service, each with what stands below it."""
    return [
        (code.replace(ADDRESS, real.url), shown) for kind, code, shown in BLOCKS if kind == language
    ]


def run_there(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def test_the_page_has_blocks_of_each_language() -> None:
    kinds = [kind for kind, _, _ in BLOCKS]
    assert kinds.count("python") >= 5
    assert kinds.count("sh") >= 2
    assert kinds.count("js") == 1
    assert len(BLOCKS) == sum(PAGE.count(f"```{kind}\n") for kind in ("python", "sh", "js"))


def test_the_python_of_the_page_runs_from_top_to_bottom(real: Real) -> None:
    names: dict[str, object] = {}
    for code, shown in blocks("python", real):
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            exec(code, names)  # noqa: S102 - our own page
        assert told.getvalue() == shown


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_lines_for_a_shell_run(real: Real) -> None:
    for code, shown in blocks("sh", real):
        told = run_there("sh", "-c", code)
        assert told.startswith(shown.rstrip("\n")) if shown else '"queries"' in told


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_javascript_of_the_page_runs(real: Real) -> None:
    ((code, shown),) = blocks("js", real)
    assert run_there("node", "--input-type=module", "-e", code) == shown
