"""How long every control of the seven notebooks takes from a change to what it then says, on the kernel's side.

    python benchmarks/controls.py [PLAN …]

Each field of each control is given another value and its own one back. The times are of this machine; the ratios beside them
compare with the median of all changes in the same run.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from live_notebook import VALUES, controls, inside, other  # noqa: E402

SAMPLES = ("riverbend_public", "northfield_university", "calder_research")
MOST = 24


def times(box: object) -> list[float]:
    """Seconds of each change of a field in the control, and back."""
    found = []
    for field in [widget for widget in inside(box) if isinstance(widget, VALUES) and not getattr(widget, "disabled", False)][:MOST]:
        before = field.value
        for value in (other(field), before):
            began = time.perf_counter()
            field.value = value
            found.append(time.perf_counter() - began)
    return found


def main(plans: list[str]) -> None:
    """Print the slowest controls, and the share of changes within 150 ms."""
    every: dict[tuple[str, str, str], list[float]] = {}
    for plan in plans or [str(ROOT / "data" / name) for name in SAMPLES]:
        for notebook in sorted((ROOT / "notebooks").glob("0*.ipynb")):
            for call, box in controls(notebook, Path(plan))[0]:
                every[Path(plan).name, notebook.stem, call.split("(")[0].split("\n")[-1]] = times(box)
    whole = np.array([one for own in every.values() for one in own])
    middle = float(np.median(whole))
    print(f"{len(every)} controls, {len(whole)} changes: median {1000 * middle:.1f} ms, 95th percentile {1000 * np.quantile(whole, 0.95):.0f} ms, longest {1000 * whole.max():.0f} ms")
    print(f"{np.mean(whole <= 0.15):.1%} of the changes within 150 ms")
    for key, own in sorted(((key, own) for key, own in every.items() if own), key=lambda item: -np.quantile(item[1], 0.95))[:15]:
        slow = float(np.quantile(own, 0.95))
        print(f"{1000 * slow:7.0f} ms  {slow / middle:6.1f} times the median  {' '.join(key)}")


if __name__ == "__main__":
    main(sys.argv[1:])
