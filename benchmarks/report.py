"""How long the sample report takes, beside two other ways to run the same seven notebooks, in one run.

    python benchmarks/report.py [ROUNDS]

- planning: `planning report` on the public sample, from a fresh process.
- papermill: the papermill command for each notebook, then the nbconvert command for each: what a
  library would do without this package.
- floor: the code cells of all seven in one plain Python process, without kernels and pages.

Rounds are interleaved, and ratios to the floor are what travels from machine to machine.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FLOOR = """
import json, sys
import IPython.display
shown = []
for path in sys.argv[1:]:
    space = {"__name__": "__main__"}
    for cell in json.load(open(path, encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code" and "interactive" not in cell["metadata"].get("tags", []):
            exec("".join(cell["source"]), space)
"""


def seconds(*commands: list[str]) -> float:
    """The time that commands take, one after another; stops when one fails."""
    started = time.perf_counter()
    for command in commands:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command[:4])} failed:\n{done.stderr[-2000:]}")
    return time.perf_counter() - started


def planning(folder: Path) -> float:
    """Seconds of `planning report`."""
    return seconds([sys.executable, "-m", "planning", "report", "data/riverbend_public", "--out", str(folder)])


def papermill(folder: Path) -> float:
    """Seconds of the papermill command for each notebook and the nbconvert command for each result."""
    runs = [[sys.executable, "-m", "papermill", str(path), str(folder / path.name), "--cwd", str(ROOT)] for path in NOTEBOOKS]
    pages = [[sys.executable, "-m", "nbconvert", "--to", "html", str(folder / path.name)] for path in NOTEBOOKS]
    return seconds(*runs, *pages)


def floor(folder: Path) -> float:
    """Seconds of the same code cells in one plain process."""
    return seconds([sys.executable, "-c", FLOOR, *map(str, NOTEBOOKS)])


def main(rounds: int) -> None:
    """Time every way in turn, and print medians and ratios."""
    ways = {"floor": floor, "planning": planning, "papermill": papermill}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            with tempfile.TemporaryDirectory() as folder:
                times[name].append(way(Path(folder)))
    middle = {name: statistics.median(values) for name, values in times.items()}
    for name, value in middle.items():
        print(f"{name:10} {value:6.1f} s   {value / middle['floor']:5.2f} times the floor")
    print(json.dumps({"rounds": rounds, "seconds": {name: [round(value, 2) for value in values] for name, values in times.items()}}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
