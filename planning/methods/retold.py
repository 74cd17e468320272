"""Whether one text tells another again."""

from __future__ import annotations

import re

IN_A_ROW = 6
NAME, LEAST = 3, 4


def retells(text: str, name: str, told: str, *, in_a_row: int = IN_A_ROW) -> bool:
    """Return whether a text tells a story again: it holds the story's name (of three words or more), or so many of its words in a row.

    Letters' case and punctuation do not count. A story shorter than `in_a_row` words, but of four at least, is found when the text
    holds all of it.

    Misleading in both directions: another wording of the same story is not found, and a common phrase of six words is.

    Raises ValueError when fewer than one word in a row is asked for.

    >>> retells("One reader came six times and now works again.", "A first job", "A reader came six times and now works again")
    True
    >>> retells("Come to the desk with a question", "A first job", "A reader came six times and now works again")
    False
    """
    if in_a_row < 1:
        raise ValueError(f"Words in a row: found {in_a_row}. It is 1 or more. Correct it.")
    here, title, story = (_words(part) for part in (text, name, told))
    size = min(in_a_row, len(story))
    pieces = {story[place:place + size] for place in range(len(story) - size + 1)} if len(story) >= LEAST else set()
    pieces |= {title} if len(title) >= NAME else set()
    return any(here[place:place + len(piece)] == piece for piece in pieces for place in range(len(here)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", str(text).casefold()))
