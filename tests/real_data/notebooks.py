"""Runs a notebook of the examples over the public data; writes it with what it shows.

    python -m tests.real_data.notebooks ../shared/data

A cell with the tag `parameters` is replaced by the folder. What is kept has no trace of the machine: neither paths
nor versions, and of the outputs what a reader sees.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

import qms_service

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples").glob("*/*.ipynb"))
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
FORMS = ("image/png", "text/html", "text/plain")  # the best of them is kept

Notebook = dict[str, Any]
Cell = dict[str, Any]


def read(path: Path) -> Notebook:
    """A notebook as it is kept."""
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def write(notebook: Notebook, path: Path) -> None:
    """Keeps a notebook, in the form in which Jupyter would write it."""
    path.write_text(_text(_node(notebook)) + "\n", encoding="utf-8", newline="\n")


def _node(notebook: Notebook) -> nbformat.NotebookNode:
    return nbformat.reads(json.dumps(notebook), as_version=4)  # type: ignore[no-any-return, no-untyped-call]


def _text(node: nbformat.NotebookNode) -> str:
    return nbformat.writes(node)  # type: ignore[no-any-return, no-untyped-call]


def executed(path: Path, data: Path) -> Notebook:
    """The notebook after a run in its own folder over the data in `data`, as it is kept."""
    notebook = read(path)
    cell = parameters(notebook)
    kept, cell["source"] = cell["source"], f"from pathlib import Path\n\nDATA = Path({str(data)!r})"
    client = NotebookClient(
        _node(notebook),
        timeout=60,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    source = str(Path(qms_service.__file__).parents[1])
    notebook = json.loads(_text(client.execute(env={**os.environ, "PYTHONPATH": source})))
    parameters(notebook)["source"] = kept
    return cleaned(notebook)


def parameters(notebook: Notebook) -> Cell:
    """The one cell that names the folder of the data."""
    cells: list[Cell] = notebook["cells"]
    (cell,) = (cell for cell in cells if "parameters" in cell["metadata"].get("tags", ()))
    return cell


def cleaned(notebook: Notebook) -> Notebook:
    """Without what differs from one machine or run to the next."""
    cells = [_cell(place, cell) for place, cell in enumerate(notebook["cells"])]
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def _cell(place: int, cell: Cell) -> Cell:
    tags = {key: cell["metadata"][key] for key in ("tags",) if key in cell["metadata"]}
    kept = {"cell_type": cell["cell_type"], "id": f"cell-{place}", "metadata": tags, "source": cell["source"]}
    if cell["cell_type"] == "code":
        kept |= {"execution_count": None, "outputs": [_output(output) for output in cell["outputs"]]}
    return kept


def _output(output: dict[str, Any]) -> dict[str, Any]:
    """An output in the form that a reader sees: a picture, else a table, else text."""
    if "data" not in output:
        return output
    best = next(form for form in FORMS if form in output["data"])
    return {"output_type": "display_data", "metadata": {}, "data": {best: output["data"][best]}}


def shown(notebook: Notebook) -> Iterator[tuple[str, object]]:
    """What each output says; of a picture only that it is there, since its dots differ with the fonts.

    A machine without a Chinese font says so on stderr, which is passed over.
    """
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if "data" not in output and output.get("name") != "stderr":
                yield output["output_type"], output.get("text")
            for form, content in output.get("data", {}).items():
                yield form, None if form == "image/png" else content


def main(data: Path) -> None:
    """Runs all notebooks and keeps what they show."""
    for path in NOTEBOOKS:
        write(executed(path, data.resolve()), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
