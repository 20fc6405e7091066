"""The suites that judge the service from outside; they lie outside of the project."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("HOSTAGEGRAPH_CONFORMANCE", ""))
needed = pytest.mark.skipif(
    not os.environ.get("HOSTAGEGRAPH_CONFORMANCE"),
    reason="HOSTAGEGRAPH_CONFORMANCE names no folder with the conformance suites",
)


def run(result: Path, script: str, *arguments: str) -> Any:
    """Run one of the programs and give what it wrote as JSON."""
    command = [sys.executable, str(FOLDER / script), *arguments, "--json", str(result)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(result.read_text())
