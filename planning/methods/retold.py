"""Whether one text tells another again."""

from __future__ import annotations

import re
from functools import lru_cache

IN_A_ROW = 6
NAME, LEAST = 3, 4


def retells(text: str, name: str, told: str, *, in_a_row: int = IN_A_ROW) -> bool:
    """Return whether a text tells a story again: it holds the story's name (of three words or more), or so many of its words in a row.

    Letters' case and punctuation do not count. A story shorter than `in_a_row` words, but of four at least, is found when the text
    holds all of it.

    Misleading in both directions: another wording of the same story is not found, and a common phrase of six words is, as is
    a story's name that is itself a common phrase.

    Raises ValueError when fewer than one word in a row is asked for.

    >>> retells("One reader came six times and now works again.", "A first job", "A reader came six times and now works again")
    True
    >>> retells("Come to the desk with a question", "A first job", "A reader came six times and now works again")
    False
    """
    if in_a_row < 1:
        raise ValueError(f"Words in a row: found {in_a_row}. It is 1 or more. Correct it.")
    return any(not pieces.isdisjoint(_runs(text, size)) for size, pieces in _pieces(name, told, in_a_row).items())


@lru_cache(maxsize=2048)
def _pieces(name: str, told: str, in_a_row: int) -> dict[int, frozenset[tuple[str, ...]]]:
    """What gives a story away, by number of words: its name, and its words in a row."""
    title, story = _words(name), _words(told)
    size = min(in_a_row, len(story))
    found = {size: _runs(told, size)} if len(story) >= LEAST else {}
    return found | ({len(title): found.get(len(title), frozenset()) | {title}} if len(title) >= NAME else {})


@lru_cache(maxsize=8192)
def _runs(text: str, size: int) -> frozenset[tuple[str, ...]]:
    words = _words(text)
    return frozenset(words[place:place + size] for place in range(len(words) - size + 1))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", str(text).casefold()))
