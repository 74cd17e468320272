"""Why a result moved between two plans, as one sentence: steps 1 and 2, and what all steps share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from planning.analysis.compare.inputs import HIDDEN
from planning.model.schema import facts, tables
from planning.show import language, measures
from planning.show.language import count, day, listed, money, number, quoted, say, share, signed

Told = Mapping[str, object]
SMALL = 0.0005


class Sides(NamedTuple):
    """What the two sides of a comparison are: how (set, plans or dates), their names in a sentence, and the ids of the goals whose weight was set."""

    how: str
    before: str
    after: str
    named: tuple[str, ...] = ()

    def place(self, first: bool) -> str:
        """Where something stands, in a sentence: in the first plan, or on a day."""
        return say("on {day}" if self.how == "dates" else "in {plan}", day=self.before if first else self.after, plan=self.before if first else self.after)


def points(change: float) -> str:
    """A difference of shares in percentage points.

    >>> points(0.14), points(-0.0042)
    ('+14.0 points', '−0.4 points')
    """
    return say("{n} points", n=signed(100 * change, 1))


def figure(value: object, form: str, unit: str = "") -> str:
    """A value in the form of its kind of result; text through the language.

    >>> figure(0.118, "share"), figure(6.0, "whole"), figure(1.0881, "number"), figure("left out", "text")
    ('11.8%', '6', '1.09', 'left out')
    """
    if isinstance(value, str):
        return say(value)
    if language.absent(value):
        return say("not known")
    forms = {"share": lambda: share(value, 1), "money": lambda: money(value), "signed": lambda: points(value), "whole": lambda: number(value, 0)}
    return forms.get(form, lambda: number(value, 0 if abs(value) >= 100 or float(value).is_integer() else 2))() + (f" {say(unit)}" if unit else "")


def strength(found: float) -> str:
    """A strength or a contribution, from 0 to 1.

    >>> strength(1.0), strength(0.7), strength(0.35)
    ('1.0', '0.7', '0.35')
    """
    return number(found, 1 if abs(10 * found - round(10 * found)) < SMALL else 2)


def part(one: Told) -> str:
    """What one goal adds to the change of a weighted sum."""
    words = {"goal": one["goal"], "points": points(one["part"])}
    if one["weight"] != one["weight_after"] and one["strength"] != one["strength_after"]:
        return say("“{goal}” counts {now} instead of {then}, and its support of it is {strong} instead of {weak} ({points})", now=share(one["weight_after"], 1),
                   then=share(one["weight"], 1), strong=strength(one["strength_after"]), weak=strength(one["strength"]), **words)
    if one["strength"] != one["strength_after"]:
        return say("its support of “{goal}” is {strong} instead of {weak} ({points})", strong=strength(one["strength_after"]), weak=strength(one["strength"]), **words)
    return say("“{goal}” counts {now} instead of {then}, which it supports with {strength} ({points})", now=share(one["weight_after"], 1), then=share(one["weight"], 1),
               strength=strength(one["strength"]), **words)


def parts(rows: list[Told]) -> str:
    """The one or two goals that move a weighted sum most, and the others together; all the parts add up to the change."""
    first = rows[:1] if len(rows) > 1 and (abs(rows[1]["part"]) < abs(rows[0]["part"]) / 3 or rows[0]["part"] * rows[1]["part"] < 0) else rows[:2]
    rest = sum(one["part"] for one in rows[len(first):])
    found = [part(one) for one in first]
    if abs(rest) >= SMALL:
        found.append(say("the other goals together {points}", points=points(rest)))
    return "; ".join(found)


def sentence(text: str) -> str:
    """A text with a capital at its start and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".") if text else ""


def value(told: Told, sides: Sides) -> str:
    """A weighted sum."""
    return sentence(parts(told["parts"]))


def order(told: Told, sides: Sides) -> str:
    """A rank."""
    form = (lambda score: share(score, 1)) if told["form"] == "share" else (lambda score: number(score, 3))
    moved = say("Its value is {now} ({then} before).", now=form(told["score_after"]), then=form(told["score"]))
    if told["score"] == told["score_after"]:
        moved = say("Its value stays at {now}.", now=form(told["score_after"]))
    words = {"passes": "It passes {names}.", "level": "It is level with {names} now.", "passed_by": "Passed by {names}.", "new": "New above it: {names}.", "gone": "No longer above it: {names}."}
    return " ".join([moved, *(say(text, names=listed(told[group], 3)) for group, text in words.items() if told[group])])


def weight(told: Told, sides: Sides) -> str:
    """A goal's weight."""
    if sides.how != "set":
        return say("The weights of the two plans differ.")
    if told["goal"] in sides.named:
        return say("Set so.")
    return say("It gives way in proportion, as all goals do that were not named.")


def need(told: Told, sides: Sides) -> str:
    """An unmet need."""
    words = {"severity": "its severity is {now} instead of {then}", "reach": "it reaches {now} of the segment instead of {then}", "met": "it is met for {now} instead of {then}"}
    return sentence(listed(say(words[name], now=number(new) if name == "severity" else share(new), then=number(old) if name == "severity" else share(old))
                           for name, (old, new) in told.items()))


def standing(told: Told, sides: Sides) -> str:
    """A ratio among peers."""
    own, median = told["own"], told["median"]
    shown = {name: measures.figure(told["measure"], found) for name, found in (("now", own[1]), ("then", own[0]), ("median", median[1]), ("median_then", median[0]))}
    year = say(" The year is {now} instead of {then}.", now=told["fiscal_year"][1], then=told["fiscal_year"][0]) if told["fiscal_year"][0] != told["fiscal_year"][1] else ""
    if median[0] == median[1]:
        return say("It is {now} instead of {then}; half of the peers have {median} or more.", **shown) + year
    return say("It is {now} instead of {then}; half of the peers have {median} or more, before {median_then}.", **shown) + year


def carried(told: Told, sides: Sides) -> str:
    """A goal and the service that carries it."""
    known = [name if isinstance(name, str) else say("no service") for name in (told["carried_by"], told["after_carried_by"])]
    return say("The strongest support is {after_strongest} ({after}), before {strongest} ({before}); from 0.5 on a goal counts as served.",
               before=known[0], after=known[1], strongest=number(told["strongest"], 2), after_strongest=number(told["after_strongest"], 2))


def _cell(one: Told) -> str:
    field = facts() if one["table"] == "plan" else tables()[one["table"]]
    if one["what"] != "changed":
        text = "“{row}” is new in {table}" if one["what"] == "new" else "“{row}” is gone from {table}"
        return say(text, row=row_name(one["table"], one["row_name"]), table=say(field.title))
    title = next((column.title for column in field.fields if column.name == one["column"]), one["column"])
    values = {"now": _raw(one["after"]), "then": _raw(one["before"]), "column": say(title)}
    return say("{column} is {now} instead of {then}", **values) if one["table"] == "plan" else say("{column} of “{row}” is {now} instead of {then}", row=row_name(one["table"], one["row_name"]), **values)


def row_name(table: str, name: str) -> str:
    """The name of a row of the plan; measures by their own names.

    >>> row_name("statistics", "2018, visits"), row_name("goals", "Every child reads")
    ('2018, Visits', 'Every child reads')
    """
    first, _, measure = str(name).rpartition(", ")
    return f"{first}, {measures.name(measure)}" if table in ("statistics", "peers") and measure in measures.NAMES else str(name)


def _raw(found: object) -> str:
    if language.absent(found):
        return say("not known")
    if found == HIDDEN:
        return say("not shown")
    return day(found) if hasattr(found, "year") else number(found, None) if isinstance(found, int | float) and not isinstance(found, bool) else f"“{found}”"


def inputs(told: Told, sides: Sides) -> str:
    """Figures of the plan that differ."""
    if not told:
        return say("No single figure explains it.")
    first = "; ".join(_cell(one) for one in told["first"])
    rest = told["count"] - len(told["first"])
    return sentence(first + (count("; and {n} more figure differs", "; and {n} more figures differ", rest) if rest else ""))


def only(told: Told, sides: Sides) -> str:
    """What one plan holds and the other does not."""
    if sides.how == "set" and told["inputs"]:
        return inputs(told["inputs"], sides)
    return say("It stands only {place}.", place=sides.place(told["first"]))


def exchange(told: Told) -> str:
    """Why one choice has taken the place of another: it did not fit before, the former fits no more, or it gives more by the new figures."""
    ins, outs = (quoted(told[side], 3) for side in ("ins", "outs"))
    if told["broken_after"]:
        return say("The former choice no longer fits: {ceilings}.", ceilings=_ceilings(told["broken_after"]))
    if told["broken_before"]:
        return say("The choice of now did not fit before: {ceilings}.", ceilings=_ceilings(told["broken_before"]))
    if not outs or not ins:
        return say("Among all choices that fit, another now gives most.")
    binds = say(" Within the ceilings that bind ({names}) not all fit.", names=listed((say(name) for name in told["binds"]), 3)) if told["binds"] else ""
    return count("{ins} gives {ins_now} ({ins_then} before), more than {outs} with {outs_now} ({outs_then} before).",
                 "{ins} together give {ins_now} ({ins_then} before), more than {outs} with {outs_now} ({outs_then} before).", len(told["ins"]), ins=ins, outs=outs,
                 **{f"{side}_{when}": share(told[f"{side}_value{tail}"], 1) for side in ("ins", "outs") for when, tail in (("now", "_after"), ("then", ""))}) + binds


def _ceilings(rows: list[Told]) -> str:
    return listed(say("it needs {needs} of {ceiling}, and {limit} is there", ceiling=_ceiling(row), **{name: _amount(row, name) for name in ("needs", "limit")}) for row in rows[:2])


def _ceiling(row: Told) -> str:
    return say(row["ceiling"]) if row["ceiling"] in ("money", "hours") else say("the hours of “{role}”", role=row["ceiling"])


def _amount(row: Told, name: str) -> str:
    return money(row[name]) if row["money"] else number(row[name], 0)


def choice(told: Told, sides: Sides) -> str:
    """An initiative in the best choice, or out of it: its own value, what the best choice would be worth otherwise, and why the choice is another."""
    if told["otherwise"] is None:
        other = say("No choice with it fits.") if not told["in"] else say("No choice without it is possible.")
    else:
        words = "Without it the best choice would give {other} in place of {best}." if told["in"] else "With it the best choice would give {other} in place of {best}."
        same = "Without it another choice would give as much ({best}); this one uses less." if told["in"] else "With it another choice would give as much ({best}); this one uses less."
        other = say(words if abs(told["best"] - told["otherwise"]) > 1e-9 else same, other=number(told["otherwise"], 3), best=number(told["best"], 3))
    if told["broken_after"] or told["broken_before"]:
        return f"{own_value(told)} {other} {exchange(told)}"
    binds = " " + say("Not all fit, since these bind: {names}.", names=listed((say(name) for name in told["binds"]), 3)) if told["binds"] else ""
    return f"{own_value(told)} {other}{binds}"


def own_value(told: Told) -> str:
    """The value of an initiative, before and after, with what moved it."""
    if told["value"] == told["value_after"]:
        return say("Its own value stays at {now}.", now=share(told["value_after"], 1))
    return say("Its own value is {now} ({then} before): {parts}.", now=share(told["value_after"], 1), then=share(told["value"], 1), parts=parts(told["parts"]))


def part_changed(told: Told, sides: Sides) -> str:
    """An initiative enters the choice in another way."""
    return say("It is {now} now, and was {then}.", now=say(told["part_after"]), then=say(told["part"]))


def impossible(told: Told, sides: Sides) -> str:
    """No choice is possible in one of the plans."""
    now = "No choice is possible any more. What must be done and what runs already needs {excess} of {ceiling} beyond the {limit} of the ceiling."
    then = "A choice is possible now. Before, what must be done and what runs already needed {excess} of {ceiling} beyond the {limit} of the ceiling."
    for row in told["over"]:
        return say(now if told["after"] else then, excess=_amount(row, "excess"), ceiling=_ceiling(row), limit=_amount(row, "limit"))
    return say("No choice is possible any more; page 2 names the conflict.") if told["after"] else say("A choice is possible now, and was not before.")


def worth(told: Told, sides: Sides) -> str:
    """What the best choice is worth."""
    former = say("By the new figures the former choice, were it still to be had, is worth {former}.", former=number(told["former"], 3))
    if not told["ins"] and not told["outs"]:
        return say("The choice stays as it is; what it gives is worth more or less.")
    come = count("{names} comes in.", "{names} come in.", len(told["ins"]), names=quoted(told["ins"], 4)) if told["ins"] else ""
    go = count("{names} drops out.", "{names} drop out.", len(told["outs"]), names=quoted(told["outs"], 4)) if told["outs"] else ""
    return " ".join(one for one in (former, exchange(told), come, go) if one)


def binding(told: Told, sides: Sides) -> str:
    """A ceiling that binds."""
    form = money if told["money"] else lambda hours: say("{n} hours", n=number(hours, 0))
    return say("The choice uses {used} of {limit} ({used_then} of {limit_then} before); without this ceiling its worth would rise by {lifted} ({lifted_then} before).",
               used=form(told["used_after"]), limit=form(told["limit_after"]), used_then=form(told["used"]), limit_then=form(told["limit"]),
               lifted=number(told["lifted_after"], 3), lifted_then=number(told["lifted"], 3))


def start(told: Told, sides: Sides) -> str:
    """The year in which an initiative starts."""
    found = own_value(told)
    if told["first"][0] != told["first"][1]:
        found = say("The coming fiscal year is {now} instead of {then}.", now=told["first"][1], then=told["first"][0]) + " " + found
    if told["ceilings"]:
        found += " " + sentence(listed((say("{ceiling}: {now} in place of {then}", ceiling=_ceiling(row), now=_amount(row, "after"), then=_amount(row, "before")) for row in told["ceilings"]), 2))
    if told["others"] and told["first"][0] == told["first"][1]:
        found += " " + count("{names} now starts in fiscal {year}, in which this one did.", "{names} now start in fiscal {year}, in which this one did.", len(told["others"]),
                             names=quoted(told["others"], 3), year=int(told["year"]))
    return found


EARLY: dict[str, Callable[[Told, Sides], str]] = {
    "": inputs, "value": value, "weight": weight, "order": order, "need": need, "standing": standing, "carried": carried, "inputs": inputs, "only": only, "choice": choice, "part": part_changed,
    "impossible": impossible, "worth": worth, "binding": binding, "start": start}
