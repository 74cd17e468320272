"""The look that all charts share: size, type, colours, and the pictures as files."""

from __future__ import annotations

import io
import re
import textwrap

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

INK = "#22303c"
MUTED = "#5d6b78"
LINE = "#d5dbe1"
BLUE = "#2a6592"
LIGHT = "#a9c3d8"
ORANGE = "#b8560f"
SAND = "#e9c9a5"
GREEN = "#39745a"
GREY = "#9aa5af"
SEQUENCE = (BLUE, ORANGE, GREEN, GREY, "#7a5c99")

STYLE = {
    "font.family": "DejaVu Sans", "font.size": 9.5, "text.color": INK, "axes.labelcolor": MUTED, "axes.edgecolor": LINE,
    "xtick.color": MUTED, "ytick.color": INK, "axes.spines.top": False, "axes.spines.right": False, "axes.axisbelow": True,
    "text.parse_math": False, "axes.grid": False, "grid.color": LINE, "grid.linewidth": 0.7, "legend.frameon": False, "figure.facecolor": "white",
    "svg.hashsalt": "planning", "svg.fonttype": "path", "lines.linewidth": 1.8, "xaxis.labellocation": "right", "axes.titlesize": 9.5, "axes.titlelocation": "left",
}
WIDTH = 7.4


def figure(height: float = 3.6, columns: int = 1, rows: int = 1, **options: object) -> tuple[Figure, object]:
    """An empty figure in the shared look, with its axes (one, or an array of them)."""
    matplotlib.rcParams.update(STYLE)
    made = Figure(figsize=(WIDTH, height), layout="constrained")
    FigureCanvasAgg(made)
    return made, made.subplots(rows, columns, **options)


def height_for(rows: int, each: float = 0.34, least: float = 1.8) -> float:
    """A height in inches that gives every row of a bar chart its room."""
    return max(least, 0.9 + each * rows)


def png(made: Figure, dpi: int = 96) -> bytes:
    """The figure as a small PNG, the same bytes for the same figure."""
    raw = io.BytesIO()
    made.savefig(raw, format="png", dpi=dpi, metadata={"Software": None})
    picture = Image.open(raw).convert("RGB").quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    small = io.BytesIO()
    picture.save(small, format="png", optimize=True)
    return small.getvalue()


def svg(made: Figure, title: str, description: str) -> str:
    """The figure as SVG with a title and a description, the same text for the same figure."""
    matplotlib.rcParams.update(STYLE)
    out = io.StringIO()
    made.savefig(out, format="svg", metadata={"Title": title, "Description": description, "Date": None, "Creator": None})
    return out.getvalue()


def wrapped(text: str, width: int = 34) -> str:
    """A long name on two or more lines; one that no chart has room for is cut, since the table below has it in full.

    >>> wrapped("Reference and information desk", 16)
    'Reference and\\ninformation desk'
    """
    parted = re.sub(r"(\S{40})(?=\S)", r"\1 ", str(text))
    short = textwrap.shorten(parted, max(120, 5 * width), placeholder=" …")
    return "\n".join(textwrap.wrap(short, width, break_long_words=False)) or ""



def _key(names: object) -> list[str]:
    short = (textwrap.shorten(str(name), 110, placeholder=" …") for name in names)
    return [line for number, name in enumerate(short, start=1) for line in textwrap.wrap(f"{number:>2}  {name}", 27, subsequent_indent="     ")]


def key_height(names: object, least: float = 5.0) -> float:
    """A height in inches that gives every name in the key of `numbered` its room."""
    return max(least, 0.4 + 0.172 * len(_key(names)))


def numbered(axes: object, key: object, across: object, up: object, names: object) -> None:
    """Numbers on the points of a scatter chart, and the names they stand for in the axes beside it."""
    for number, (x, y) in enumerate(zip(across, up), start=1):
        axes.text(x, y, str(number), color="white", fontsize=8, ha="center", va="center", zorder=4)
    key.text(0, 1, "\n".join(_key(names)), transform=key.transAxes, va="top", fontsize=8.5, linespacing=1.45)
    key.set_axis_off()
