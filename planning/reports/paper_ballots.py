"""Ballots of a room on paper: numbered, to be printed and cut, with the sheet that they are typed into."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment

from planning.model.ballots.forms import Round
from planning.model.ballots.papers import entry_sheet
from planning.model.ballots import Ballots
from planning.model.errors import PlanningError
from planning.model.files import write_together
from planning.model.plan import Plan
from planning.show import language
from planning.show.language import say

MOST_COPIES = 500
STATEMENTS = ("Agree", "Disagree", "Pass")


def write(plan: Plan, folder: Path, *, round: str = "", copies: int = 30, first: int = 1, over: bool = False) -> list[Path]:
    """Write the ballots of every round that is prepared or open, or of one: R3_ballots.html to print, R3_entry.csv to type them into.

    The ballots bear the numbers from `first` on. Returns the files written. Raises PlanningError, and writes nothing, when
    there is no such round, it is closed, or one of the files is there and `over` is false.
    """
    language.use(str(plan.facts["language"]), str(plan.facts["currency"]))
    rounds = _asked(Ballots(plan.folder), round)
    if not (1 <= copies <= MOST_COPIES and first >= 1):
        raise PlanningError("Between 1 and {most} ballots can be written at once, numbered from 1 on or higher.", most=MOST_COPIES)
    numbers = range(first, first + copies)
    made = {}
    for one in rounds:
        made[folder / f"{one.round}_ballots.html"] = page(plan.library, one, numbers).encode("utf-8")
        made[folder / f"{one.round}_entry.csv"] = ("\ufeff" + entry_sheet(one, numbers)).encode("utf-8")
    taken = sorted(path.name for path in made if path.exists())
    if taken and not over:
        raise PlanningError("{folder} holds {files} already, and was left as it is. Choose another folder, or add --force to write over them.", folder=folder, files=", ".join(taken))
    folder.mkdir(parents=True, exist_ok=True)
    write_together(made)
    return list(made)


def _asked(ballots: Ballots, round: str) -> list[Round]:
    found = [ballots.round(round)] if round else [one for one in ballots.rounds() if one.state in ("prepared", "open")]
    ballots.close()
    if not found:
        raise PlanningError("No round is prepared or open, so there is no ballot to print. Prepare one with: planning workshop {folder}", folder=ballots.folder)
    if found[0].state not in ("prepared", "open"):
        raise PlanningError("{round} is {state}, so no new ballots are printed for it. Repeat the round: that asks the same once more.", round=found[0].round, state=say(found[0].state))
    return found


def page(library: str, round: Round, numbers: range) -> str:
    """The ballots of one round as one HTML page, as many on a sheet as fit, with a line to cut along between them."""
    kinds = [say(kind) for kind in round.settings.get("kinds", ())]
    words = {"title": say("Ballots for {round}", round=round.round), "library": library, "round": round, "numbers": numbers, "how": how(round), "groups": [say(group) for group in round.groups],
             "ideas": range(int(round.settings.get("most", 0))), "kinds": kinds, "heads": _heads(round), "lines": _lines(round), "ends": _others(round), "lang": language.code(), "say": say}
    return _template().render(**words)


def how(round: Round) -> str:
    """How a ballot on paper is filled in, in one or two sentences."""
    rules = round.settings
    texts = {"points": "Share out {total} points. Write them into the boxes; they have to add up to {total}. An empty box counts as 0.",
             "swing": "Write 100 beside the one whose change from worst to best matters most, and 0 to 100 beside each of the others, against it.",
             "dots": "You have {dots} dots. Write how many you give to each, at most {most} to one. An empty box counts as 0.",
             "ranks": "Write 1 beside what matters most to you, then 2, and so on up to {first}. Each number once.",
             "pairs": "Cross one box in each line: 1 when both matter alike, a number beside the one that matters more, and how many times as much.",
             "scales": "Cross one box for each question. What you cannot judge stays empty.", "statements": "Cross one box in each line.",
             "ideas": "Write up to {most} ideas, one in each box, in a few words. Please name nobody."}
    if round.form == "ranks":
        rules = {"first": min(int(rules["first"]), len(round.options))}
    return say(texts[round.form], **{name: value for name, value in rules.items() if f"{{{name}}}" in texts[round.form]})


def _heads(round: Round) -> list[str]:
    """What stands above the columns of boxes; nothing where that needs no words."""
    if round.form == "scales":
        low, high = round.settings["ends"]
        ends = say("({low}: {worst}, {high}: {best})", low=round.settings["low"], worst=low, high=round.settings["high"], best=high) if low or high else ""
        asked = [text if name else "" for name, text in round.settings["asked"]]
        return ["", *(" ".join(part for part in (text, ends) if part) for text in asked)] if any(asked) or ends else []
    return []


def _lines(round: Round) -> list[tuple[str, list[list[str]]]]:
    """Each line of the table: what it is about, and for each column the marks to be crossed, or none where a number is written."""
    if round.form == "pairs":
        return [(one.label, [["9", "7", "5", "3", "1", "3", "5", "7", "9"]]) for one, _ in _pairs(round)]
    marks: list[list[str]] = [[]]
    if round.form == "statements":
        marks = [[say(word) for word in STATEMENTS]]
    if round.form == "scales":
        marks = [[str(step) for step in range(round.settings["low"], round.settings["high"] + 1)]] * len(round.settings["asked"])
    return [(option.label, marks) for option in round.options]


def _pairs(round: Round) -> list[tuple]:
    return [(one, other) for place, one in enumerate(round.options) for other in round.options[place + 1:]]


def _others(round: Round) -> list[str]:
    """Of each pair the one on the right."""
    return [other.label for _, other in _pairs(round)] if round.form == "pairs" else []


@cache
def _template():
    text = (files(__package__) / "template" / "ballot_paper.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True).from_string(text)
