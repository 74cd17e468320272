"""Progress while notebooks run: a bar on a terminal, a line a notebook elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from planning.show.language import say


class Bar:
    """Counts cells over all notebooks."""

    def __init__(self, notebooks: list[Path]) -> None:
        cells = sum(cell["cell_type"] == "code" for path in notebooks for cell in json.loads(path.read_text(encoding="utf-8"))["cells"])
        self.number, self.all = 0, len(notebooks)
        self.bar = tqdm(total=cells, disable=not sys.stderr.isatty(), leave=False, bar_format="{desc} {bar} {percentage:3.0f}%", file=sys.stderr)

    def step(self, name: str) -> None:
        """Say which notebook runs now."""
        self.number += 1
        label = say("{number} of {all}: {name}", number=self.number, all=self.all, name=name[3:].replace("_", " "))
        self.bar.set_description_str(label)
        if self.bar.disable:
            print(label, file=sys.stderr, flush=True)

    def cell(self) -> None:
        """Count one cell as done."""
        self.bar.update()


@contextmanager
def bar(notebooks: list[Path]) -> Iterator[Bar]:
    """A bar that is gone when the work is done."""
    made = Bar(notebooks)
    try:
        yield made
    finally:
        made.bar.close()
