"""python -m planning.reports.refresh: everything that is made from something else, made anew.

The notebooks are run on the public sample, in order, and saved without run metadata; the data
dictionary, the templates and the samples' datapackage.json are written from the schema, the list of
methods from docstrings. With names of notebooks as arguments, only those are run.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import nbformat

from planning.model import create, dictionary, facts, schema
from planning.model.files import write_text
from planning.reports import literature, report, run

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook(path: Path) -> str:
    """A notebook run with its own parameters, as the text that is committed."""
    with tempfile.TemporaryDirectory(prefix="planning-") as clean:
        done = run.run(path, {}, folder=path.parent, saved_in=Path(clean)).notebook
    return nbformat.writes(committed(done, nbformat.read(path, as_version=4))) + "\n"


def committed(done: nbformat.NotebookNode, source: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The executed notebook without what differs from run to run: times, widget state, injected cells, versions."""
    made = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}})
    ran = {cell.id: cell for cell in done.cells}
    count = 0
    for cell in source.cells:
        kept = nbformat.from_dict({**cell})
        if cell.cell_type == "code":
            count += 1
            kept.execution_count = count
            kept.outputs = [_plain(output, count) for output in ran[cell.id].outputs]
            kept.metadata = nbformat.from_dict({"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {})
        made.cells.append(kept)
    return made


def _plain(output: nbformat.NotebookNode, count: int) -> nbformat.NotebookNode:
    if "execution_count" in output:
        output.execution_count = count
    widget = "application/vnd.jupyter.widget-view+json"
    if widget in output.get("data", {}):
        output.data = {"text/plain": "A control that works in a live notebook."}
    return output


def made_files(root: Path) -> dict[Path, str]:
    """Every file that is written from the schema or from docstrings, with its text."""
    files = {root / "docs" / "data_dictionary.md": dictionary.text(), root / "docs" / "methods.md": literature.text(root)}
    for table in schema.tables().values():
        files[root / "data" / "templates" / table.file] = create.table_text(table, None)
    files[root / "data" / "templates" / facts.FILE] = facts.text({})
    for plan in sorted((root / "data").glob("*/" + facts.FILE)):
        if plan.parent.name != "templates":
            files[plan.parent / "datapackage.json"] = create.package_text(facts.read(plan.parent)[0])
    return files


def main(names: list[str]) -> None:
    """Write everything that is made from something else."""
    folder = report.folder()
    for path, text in made_files(folder.parent).items():
        write_text(path, text)
    for path in report.notebooks():
        if not names or path.stem in names or path.name in names:
            print(path.name, flush=True)
            write_text(path, notebook(path))


if __name__ == "__main__":
    main(sys.argv[1:])
