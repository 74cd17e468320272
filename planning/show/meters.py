"""A meter: how much of a limit is used, as a bar with its figures in words beside it."""

from __future__ import annotations

import math
from html import escape

from planning.show.language import absent

OVER, WITHIN = "#974406", "#2c664c"


def meter(label: str, used: float, limit: float, said: str) -> str:
    """One meter as HTML: the label, a bar filled to used ÷ limit, and the words; without a limit there is no bar.

    What is over the limit fills the bar and is told in the words; the colour only repeats it.

    >>> meter("Money", 30, 40, "30 of 40, 10 left").count("width:75%")
    1
    """
    head = f"<strong>{escape(label)}</strong>: {escape(said)}"
    if absent(limit) or limit <= 0 or math.isinf(limit):
        return f'<p class="meter">{head}</p>'
    part = min(max(used / limit, 0.0), 1.0)
    fill = f"width:{100 * part:.0f}%;height:100%;background:{OVER if used > limit + 1e-9 else WITHIN}"
    return (f'<p class="meter" style="margin:0.4em 0;line-height:1.4">{head}<span aria-hidden="true" style="display:block;height:0.7em;max-width:36em;'
            f'border:1px solid #536270;background:#fff"><span style="display:block;{fill}"></span></span></p>')
