"""What a round of voting asks: its form, its options, its settings, and the places of its ballot."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from planning.model.errors import PlanningError, Words

FORMS = ("points", "swing", "dots", "ranks", "pairs", "scales", "statements", "ideas")
GROUPS = ("patrons", "leadership", "staff", "partners")
BETWEEN = "|"
LONGEST_IDEA, LONGEST_TEXT, MOST_OPTIONS, MOST_PAIRED = 140, 300, 200, 12
SPLITTING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # turn the direction of the text around them
EXACT = 1e-6


class BallotRefused(PlanningError):
    """A vote that does not fit its round; the text says what to change."""


@dataclass(frozen=True)
class Option:
    """One thing that is voted on: an id of the plan, or one of its own, and what people read."""

    id: str
    label: str


@dataclass(frozen=True)
class Round:
    """One question to the room. `options` are those that can still be voted for.

    `settings` by form: total (points); dots and most (dots); first (ranks: how many places are given); low, high,
    ends and asked (scales: pairs of a short name and a question); most and kinds (ideas). Others are kept as they are.
    `groups` as which one can speak: with none nobody is asked, with one everybody speaks as it, with more each
    person chooses. `date` is the day on which it was opened, or prepared. `uid` is its own random id, the same on every device,
    and `series` that of the first round that asked the same.
    """

    round: str
    step: int
    form: str
    question: str
    options: tuple[Option, ...]
    settings: Mapping[str, object]
    table: str
    groups: tuple[str, ...]
    repeats: str
    state: str
    date: dt.date
    uid: str = ""
    series: str = ""
    decision: str = ""


@dataclass(frozen=True)
class Box:
    """One place of a ballot that is filled in: its key in the vote, what is voted on, and which question is asked of it."""

    key: str
    option: str
    asked: str = ""


def boxes(round: Round) -> tuple[Box, ...]:
    """Every place of a round's ballot, in the order in which it is shown; for ideas a text and, where there are kinds, a kind each.

    >>> asked = Round("R1", 1, "scales", "How is it?", (Option("S1", "Loans"),), {"asked": (("quality", "How good?"), ("relevance", "How much does it matter?"))},
    ...               "ratings", (), "", "open", dt.date(2026, 6, 30))
    >>> [box.key for box in boxes(asked)]
    ['S1|quality', 'S1|relevance']
    """
    ids = [option.id for option in round.options]
    if round.form == "pairs":
        return tuple(Box(f"{one}{BETWEEN}{other}", f"{one}{BETWEEN}{other}") for one, other in combinations(ids, 2))
    if round.form == "scales":
        return tuple(Box(f"{one}{BETWEEN}{asked}" if asked else one, one, asked) for one in ids for asked, _ in round.settings["asked"])
    if round.form == "ideas":
        parts = ("idea", "kind") if round.settings["kinds"] else ("idea",)
        return tuple(Box(f"{part} {number}", "", part) for number in range(1, round.settings["most"] + 1) for part in parts)
    return tuple(Box(one, one) for one in ids)


def prepared(round: Round) -> Round:
    """The round with its settings filled in; raises PlanningError for one that nobody could answer."""
    if round.form not in FORMS:
        raise PlanningError("There is no form of ballot {form}. Allowed: {forms}.", form=round.form, forms=", ".join(FORMS))
    question = text_of(round.question, LONGEST_TEXT)
    options = tuple(Option(str(one.id), text_of(one.label, LONGEST_TEXT)) for one in (one if isinstance(one, Option) else Option(*one) for one in round.options))
    ids = [option.id for option in options]
    least = {"ideas": 0, "scales": 1, "statements": 1}.get(round.form, 2)
    most = {"ideas": 0, "pairs": MOST_PAIRED}.get(round.form, MOST_OPTIONS)
    if not least <= len(ids) <= most:
        raise PlanningError("A ballot of the form {form} takes {least} to {most} options; {found} were given.", form=round.form, least=least, most=most, found=len(ids))
    if len(set(ids)) < len(ids) or any(not one or BETWEEN in one or unfit(one) for one in ids):
        raise PlanningError("Each option of a ballot needs an id of its own, without {mark}.", mark=BETWEEN)
    if strange := [group for group in round.groups if group not in GROUPS]:
        raise PlanningError("There is no group {group}. Allowed: {groups}.", group=strange[0], groups=", ".join(GROUPS))
    return replace(round, question=question, options=options, groups=tuple(round.groups), settings=_settings(round, question, len(ids)))


def _settings(round: Round, question: str, many: int) -> dict[str, object]:
    """The settings with what the form needs filled in, and checked."""
    defaults = {"points": {"total": 100}, "dots": {"dots": 5, "most": round.settings.get("dots", 5)}, "ranks": {"first": many}, "ideas": {"most": 3, "kinds": ()},
                "scales": {"low": 1, "high": 5, "ends": ("", ""), "asked": (("", question),)}}.get(round.form, {})
    found = defaults | dict(round.settings)
    reach = {"total": (1, 1_000_000), "dots": (1, 100), "first": (1, many), "low": (-100, 100), "high": (-100, 100), "most": (1, 100 if round.form == "dots" else 20)}
    for name in (name for name in defaults if name in reach):
        low, high = reach[name]
        if isinstance(found[name], bool) or not isinstance(found[name], int) or not low <= found[name] <= high:
            raise PlanningError("{name} of a ballot is {found}; it has to be a whole number from {low} to {high}.", name=name, found=shown(found[name]), low=low, high=high)
    if round.form == "scales" and not 1 <= found["high"] - found["low"] <= 20:
        raise PlanningError("A scale runs from a lower to a higher number, with at most 21 steps; this one runs from {low} to {high}.", low=found["low"], high=found["high"])
    if round.form == "ranks" and round.table == "goal_votes" and found["first"] < many:
        raise PlanningError("Ranks become weights only where every goal has a place: ask for all {many}, or leave the table out.", many=many)
    return found


def text_of(text: object, longest: int) -> str:
    """A text with single blanks in one form of Unicode; raises BallotRefused for one that is too long or cannot be shown."""
    if not isinstance(text, str):
        raise BallotRefused("This is not a text.")
    if len(text) > 8 * longest:
        raise BallotRefused("The text is too long: {found} letters, where {most} fit. Shorten it.", found=len(text), most=longest)
    clean = unicodedata.normalize("NFC", " ".join(text.split()))
    if unfit(clean):
        raise BallotRefused("The text holds characters that cannot be shown. Type it anew instead of pasting it.")
    if len(clean) > longest:
        raise BallotRefused("The text is too long: {found} letters, where {most} fit. Shorten it.", found=len(clean), most=longest)
    return clean


def unfit(text: str) -> bool:
    """Whether a text holds characters that cannot be shown, or that turn the direction of the text around them."""
    return any(unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Co") or letter in SPLITTING for letter in text)


def shown(found: object) -> str:
    """A word that somebody sent, short and harmless enough to be named in a sentence."""
    if isinstance(found, int | float) and not abs(found) < 10**15:
        return Words("a very large number")
    if not isinstance(found, str | int | float):
        return Words("something else")
    return "".join(letter for letter in str(found)[:40] if not unfit(letter)) or Words("something else")
