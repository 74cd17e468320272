"""Whether a vote fits its round, and the vote in clean form."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from planning.model.ballots.rounds import BETWEEN, FORMS, GROUPS, LONGEST_IDEA, BallotRefused, Box, Option, Round, boxes, prepared, shown, text_of

__all__ = ["BETWEEN", "FORMS", "GROUPS", "LONGEST_IDEA", "BallotRefused", "Box", "Option", "Round", "boxes", "checked", "prepared", "remaining", "speaking", "tidy"]

EXACT = 1e-6


def checked(round: Round, content: object, group: object = "") -> dict | list:
    """The vote in clean form: every box of points and dots filled, whole numbers whole, texts without needless blanks.

    Raises BallotRefused with a plain word where something does not fit: wrong kind, out of range, an option that is
    not or no longer there, what does not add up, a text that is too long or holds control characters, an unknown group.

    >>> import datetime as dt
    >>> asked = Round("R1", 1, "points", "What counts?", (Option("G1", "Read"), Option("G2", "Work")), {"total": 100}, "goal_votes", (), "", "open", dt.date(2026, 6, 30))
    >>> checked(asked, {"G1": 100})
    {'G1': 100, 'G2': 0}
    >>> checked(asked, {"G1": 60, "G2": 50})
    Traceback (most recent call last):
    planning.model.ballots.rounds.BallotRefused: The points add up to 110, and have to add up to 100. Take 10 away.
    """
    speaking(round, group)
    if round.form == "ideas":
        return _ideas(round, content)
    if not isinstance(content, Mapping):
        raise BallotRefused("This is not a vote on this question. Open the page again and vote once more.")
    known = {box.key: box for box in boxes(round)}
    found = {}
    for key, value in _own_way_round(round, content, known).items():
        if key not in known:
            raise BallotRefused("This ballot has no, or no longer, a line {option}. Open the page again and vote on what is there.", option=shown(key))
        if value is not None:
            found[key] = _number(value)
    return CHECKS[round.form](round, _cells(round, found, known), list(known))


def speaking(round: Round, group: object) -> str:
    """The group as which a vote counts; raises BallotRefused for one that is not asked."""
    if len(round.groups) == 1 and group == "":
        return round.groups[0]
    if group == "" and round.groups:
        raise BallotRefused("Choose as whom you speak: {groups}.", groups=", ".join(round.groups))
    if not isinstance(group, str) or (group and group not in round.groups):
        raise BallotRefused("Nobody is asked as {group} here. Open the page again and choose once more.", group=shown(group))
    return group


def tidy(round: Round, content: Mapping | Iterable) -> list[tuple[str, str, float, str, str]]:
    """One vote as rows (option, asked, value, text, kind), one number or idea each; options that were removed are left out.

    Where an option was removed the places of a ranking close up, and swings are stretched until the highest is 100 again.
    """
    if round.form == "ideas":
        return [("", "", math.nan, idea["text"], idea.get("kind", "")) for idea in content]
    kept = [(box, float(content[box.key])) for box in boxes(round) if box.key in content]
    if round.form == "ranks":
        places = {value: place for place, value in enumerate(sorted(value for _, value in kept), start=1)}
        kept = [(box, float(places[value])) for box, value in kept]
    top = max((value for _, value in kept), default=0.0)
    if round.form == "swing" and 0 < top < 100:
        kept = [(box, value / top * 100) for box, value in kept]
    return [(box.option, box.asked, value, "", "") for box, value in kept]


def remaining(round: Round, content: object) -> dict | list:
    """A vote without what has been removed from its round since; raises BallotRefused where what is left is none.

    The rest need not add up any more. It is how a vote is shown to its voter again, and how one from another device is looked at.
    """
    if round.form == "ideas":
        return _ideas(round, content)
    if not isinstance(content, Mapping):
        raise BallotRefused("This is not a vote on this question. Open the page again and vote once more.")
    keys = [box.key for box in boxes(round)]
    return _cells(round, {key: _number(content[key]) for key in keys if key in content}, keys)


def _ideas(round: Round, content: object) -> list[dict[str, str]]:
    if not isinstance(content, list | tuple) or not all(isinstance(one, Mapping) and isinstance(one.get("text"), str) for one in content):
        raise BallotRefused("This is not a list of ideas. Open the page again and write them once more.")
    most, kinds = round.settings["most"], round.settings["kinds"]
    found: list[dict[str, str]] = []
    for one in content:
        text, kind = text_of(one["text"], LONGEST_IDEA), one.get("kind") or ""
        if kind and kind not in kinds:
            raise BallotRefused("{kind} is not one of the kinds: {kinds}.", kind=shown(kind), kinds=", ".join(kinds) or "-")
        if text and not kind and round.table == "swot":
            raise BallotRefused("Choose for each idea what it is: {kinds}.", kinds=", ".join(kinds))
        if text and text not in [idea["text"] for idea in found]:
            found.append({"text": text} | ({"kind": kind} if kind else {}))
    if not found:
        raise BallotRefused("Write at least one idea.")
    if len(found) > most:
        raise BallotRefused("You wrote {found} ideas; up to {most} can be taken. Keep those that matter most to you.", found=len(found), most=most)
    return found


def _number(value: object) -> int | float:
    """A number as it is, a whole one without a point; anything else is refused."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BallotRefused("A number is expected, and something else was sent. Open the page again and vote once more.")
    if isinstance(value, float) and not math.isfinite(value):
        raise BallotRefused("A number is expected, and something else was sent. Open the page again and vote once more.")
    return int(value) if value == int(value) else value


def _own_way_round(round: Round, content: Mapping, known: Mapping[str, Box]) -> dict[object, object]:
    """The content with each pair the way round in which it is asked, and without the bar that ends a scale's unnamed question."""
    found: dict[object, object] = {}
    for key, value in content.items():
        parts = key.split(BETWEEN) if isinstance(key, str) else []
        turned = BETWEEN.join(reversed(parts))
        if key not in known and round.form == "pairs" and turned in known and value is not None:
            found[turned] = 1 / _within(_number(value), 1 / 9, 9, False)
        else:
            found[parts[0] if len(parts) == 2 and not parts[1] and round.form == "scales" else key] = value
    return found


def _within(value: float, low: float, high: float, whole: bool) -> float:
    if not low - EXACT <= value <= high + EXACT:
        raise BallotRefused("Found {found}, which is out of range: allowed is {low} to {high}.", found=shown(value), low=f"{low:g}", high=f"{high:g}")
    if whole and not isinstance(value, int):
        raise BallotRefused("Found {found}, where a whole number is expected.", found=shown(value))
    return value


def _cells(round: Round, found: Mapping[str, object], keys: Iterable[str]) -> dict[str, float]:
    """The cells of a vote that are filled, each within its range."""
    rules, many = round.settings, len(round.options)
    reach = {"points": lambda: (0, rules["total"], False), "swing": lambda: (0, 100, False), "dots": lambda: (0, rules["most"], True), "ranks": lambda: (1, many, True),
             "pairs": lambda: (1 / 9, 9, False), "scales": lambda: (rules["low"], rules["high"], True), "statements": lambda: (-1, 1, True)}
    return {key: _within(found[key], *reach[round.form]()) for key in keys if key in found}


def _points(round: Round, found: dict, keys: list[str]) -> dict:
    total, given = round.settings["total"], {key: found.get(key, 0) for key in keys}
    over = math.fsum(given.values()) - total
    if abs(over) > 1e-3:
        what = "The points add up to {sum}, and have to add up to {total}. Take {rest} away." if over > 0 else "The points add up to {sum}, and have to add up to {total}. Share out {rest} more."
        raise BallotRefused(what, sum=f"{total + over:g}", total=total, rest=f"{abs(over):g}")
    return given


def _swing(round: Round, found: dict, keys: list[str]) -> dict:
    if len(found) < len(keys):
        raise BallotRefused("Give every line a number from 0 to 100; still without one: {missing}.", missing=len(keys) - len(found))
    if max(found.values()) != 100:
        raise BallotRefused("Give 100 to what matters most, and the others less or as much.")
    return found


def _dots(round: Round, found: dict, keys: list[str]) -> dict:
    dots, given = round.settings["dots"], {key: found.get(key, 0) for key in keys}
    if not 1 <= sum(given.values()) <= dots:
        raise BallotRefused("Dots placed: {found}. Place 1 to {dots}.", found=sum(given.values()), dots=dots)
    return given


def _ranks(round: Round, found: dict, keys: list[str]) -> dict:
    most = min(round.settings["first"], len(keys))
    if not found or sorted(found.values()) != list(range(1, len(found) + 1)) or len(found) > most:
        raise BallotRefused("Give each place once: 1, then 2, and so on, up to {most}.", most=most)
    if len(found) < most == len(keys):
        raise BallotRefused("Give every line a place; still without one: {missing}.", missing=len(keys) - len(found))
    return found


def _pairs(round: Round, found: dict, keys: list[str]) -> dict:
    if len(found) < len(keys):
        raise BallotRefused("Compare every pair; still without an answer: {missing}.", missing=len(keys) - len(found))
    return found


def _marks(round: Round, found: dict, keys: list[str]) -> dict:
    if not found:
        raise BallotRefused("Answer at least one line.")
    return found


CHECKS = {"points": _points, "swing": _swing, "dots": _dots, "ranks": _ranks, "pairs": _pairs, "scales": _marks, "statements": _marks}
