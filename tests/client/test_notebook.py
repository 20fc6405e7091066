"""The notebook runs from top to bottom on the real data, and is kept without what it shows."""

import nbformat
import pytest
from nbclient import NotebookClient

from tests.client.conftest import Real
from tests.projects import ROOT

FILE = ROOT / "docs" / "who-says-so.ipynb"
ADDRESS = 'url = "http://localhost:8000"'


def cells() -> list[nbformat.NotebookNode]:
    notebook = nbformat.read(FILE, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(notebook)
    return list(notebook.cells)


def test_the_notebook_is_kept_without_what_it_shows() -> None:
    for cell in cells():
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_the_notebook_has_one_place_for_the_address() -> None:
    (first, *others) = [cell for cell in cells() if cell.cell_type == "code"]
    assert first.source == ADDRESS
    assert first.metadata["tags"] == ["parameters"]
    assert not any("http://localhost" in cell.source for cell in others)


@pytest.mark.slow
def test_the_notebook_runs_from_top_to_bottom(real: Real) -> None:
    notebook = nbformat.read(FILE, as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        cell.source = cell.source.replace(ADDRESS, f"url = {real.url!r}")
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = {
        cell.id: "".join(out.get("text") or out.data["text/plain"] for out in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.outputs
    }
    assert len(shown) >= 10
    assert "not settled" in shown["months"]
    assert "Bezalel Smotrich" in shown["denied"]
    assert "possible" in shown["mandate"]
    assert "not established" in shown["cite"]
