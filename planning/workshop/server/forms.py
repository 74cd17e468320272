"""What a round's form asks, item by item, for the template to draw: fields, labels, choices, and what was filled in before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planning.model.ballots.forms import Round
from planning.show.language import number, say
from planning.workshop.server.answers import ratio

HOW_MUCH = {3: "“{one}” matters a little more", 5: "“{one}” matters more", 7: "“{one}” matters much more", 9: "“{one}” matters far more"}
STANCES = (("1", "Agree"), ("-1", "Disagree"), ("0", "Pass: not sure, or it depends"))


@dataclass(frozen=True)
class Choice:
    """One answer that can be picked."""

    value: str
    label: str
    picked: bool = False


@dataclass(frozen=True)
class Item:
    """One question of a form: its field, its label, what stands in it, and what can be picked."""

    name: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()


def items(asked: Round, filled: Mapping[str, str]) -> list[Item]:
    """The questions of the round's form, in order, with what was filled in."""
    return {"pairs": _pairs, "scales": _scales, "statements": _statements, "ideas": _ideas, "ranks": _ranks}.get(asked.form, _numbers)(asked, filled)


def groups(asked: Round, filled: Mapping[str, str]) -> list[Choice]:
    """The groups that a person may speak as; empty where nobody chooses."""
    return [Choice(group, say(group.capitalize()), filled.get("group") == group) for group in asked.groups] if len(asked.groups) > 1 else []


def bounds(asked: Round) -> dict[str, int]:
    """The smallest and largest number of a field, the step of its buttons, and what there is to share out in all (0: nothing)."""
    settings = asked.settings
    if asked.form == "dots":
        return {"low": 0, "high": settings["most"], "step": 1, "total": settings["dots"]}
    if asked.form == "points":
        total = settings["total"]
        return {"low": 0, "high": total, "step": 5 if total >= 50 else 1, "total": total}
    return {"low": 0, "high": 100, "step": 5, "total": 0}


def advice(asked: Round) -> str:
    """One or two sentences that say how this form is filled in."""
    limit = bounds(asked)
    first = min(asked.settings.get("first", 0), len(asked.options))
    return {
        "points": say("Share out {total} points: more for what matters more. They have to add up to {total}.", total=number(limit["total"])),
        "swing": say("Give 100 to what you would raise first from its worst to its best. Then give each of the others 0 to 100 beside it."),
        "dots": say("Place {total} dots, at most {most} on one line.", total=number(limit["total"]), most=number(limit["high"])),
        "ranks": say("Give 1 to what comes first, 2 to the next, and so on.") if first == len(asked.options)
        else say("Give 1 to what comes first, then 2, up to {first}. The others stay blank.", first=number(first)),
        "pairs": say("Each time two stand side by side: say which matters more, and how much more."),
        "scales": say("Pick one on each line. A line may stay blank."),
        "statements": say("For each sentence: agree, disagree or pass. Nobody sees who said what."),
        "ideas": say("Write short ideas, one in each field, at most {most} letters. Name no person.", most=number(140)),
    }[asked.form]


def ends(asked: Round) -> tuple[str, str] | None:
    """The two ends of a scale in words, or None where it has none."""
    low, high = asked.settings.get("ends") or ("", "")
    told = [say("{n} = {words}", n=number(asked.settings[end]), words=words) if words else "" for end, words in (("low", low), ("high", high))]
    return (told[0], told[1]) if any(told) else None


def _numbers(asked: Round, filled: Mapping[str, str]) -> list[Item]:
    return [Item(f"v:{option.id}", option.label, filled.get(f"v:{option.id}", "0" if asked.form != "swing" else "")) for option in asked.options]


def _ranks(asked: Round, filled: Mapping[str, str]) -> list[Item]:
    most = min(asked.settings["first"], len(asked.options))
    found = []
    for option in asked.options:
        value = filled.get(f"v:{option.id}", "")
        places = [Choice("", "–", not value), *(Choice(str(place), number(place), value == str(place)) for place in range(1, most + 1))]
        found.append(Item(f"v:{option.id}", option.label, value, tuple(places)))
    return found


def _pairs(asked: Round, filled: Mapping[str, str]) -> list[Item]:
    found = []
    for place, one in enumerate(asked.options):
        for other in asked.options[place + 1:]:
            name = f"v:{one.id}|{other.id}"
            left = [(ratio(size), say(HOW_MUCH[size], one=one.label)) for size in sorted(HOW_MUCH, reverse=True)]
            right = [(ratio(1 / size), say(HOW_MUCH[size], one=other.label)) for size in sorted(HOW_MUCH)]
            scale = [*left, ("1", say("Both matter alike")), *right]
            found.append(Item(name, say("“{one}” or “{other}”?", one=one.label, other=other.label), choices=_picks(scale, filled.get(name, ""))))
    return found


def _scales(asked: Round, filled: Mapping[str, str]) -> list[Item]:
    low, high = asked.settings["low"], asked.settings["high"]
    points = [(str(point), number(point)) for point in range(low, high + 1)] + [("", say("No answer"))]
    questions = [tuple(question) for question in asked.settings["asked"]]
    found = []
    for option in asked.options:
        for key, words in questions:
            name = f"v:{option.id}|{key}" if key else f"v:{option.id}"
            label = say("{option}: {question}", option=option.label, question=words) if key else option.label
            found.append(Item(name, label, choices=_picks(points, filled.get(name, ""))))
    return found


def _statements(asked: Round, filled: Mapping[str, str]) -> list[Item]:
    stances = [(value, say(words)) for value, words in STANCES]
    return [Item(f"v:{option.id}", option.label, choices=_picks(stances, filled.get(f"v:{option.id}", ""))) for option in asked.options]


def _ideas(asked: Round, filled: Mapping[str, str]) -> list[Item]:
    kinds = [(kind, say(str(kind).capitalize())) for kind in asked.settings["kinds"]]
    places = range(1, asked.settings["most"] + 1)
    return [Item(f"t:{n}", say("Idea {n}", n=number(n)), filled.get(f"t:{n}", ""), _picks(kinds, filled.get(f"k:{n}", ""))) for n in places]


def _picks(scale: list[tuple[str, str]], value: str) -> tuple[Choice, ...]:
    return tuple(Choice(key, label, key == value and key != "") for key, label in scale)
