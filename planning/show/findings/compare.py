"""Sentences of a comparison: what was changed, what moved in every step, and why each move."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planning.analysis.compare.inputs import HIDDEN
from planning.model.schema import facts, tables
from planning.show import language, measures
from planning.show.findings.roadmap import ceiling
from planning.show.language import count, inside, listed, money, number, quoted, say, share, signed
from planning.show.later_whys import WHYS
from planning.show.records import Finding
from planning.show.whys import Sides, figure, points, row_name

STEPS = {1: "Needs assessment", 2: "Service design", 3: "Partnerships", 4: "Evaluation", 5: "Flexibility", 6: "Resources", 7: "Communication"}
RESTS = {"weights": "the weights of the goals", "goals": "which goals are in force", "as_of": "the day that the plan speaks of"}
LARGEST, CELLS = 3, 6


def worded(moves: pd.DataFrame, sides: Sides, units: Mapping[str, str]) -> pd.DataFrame:
    """The moves as they are read: step, kind, item, item_name, before, after, change (texts), why (one or two sentences), and the
    numbers behind them: before_number, after_number, change_number, form, size. `units` are the units of KPIs by id."""
    rows = []
    for row in moves.itertuples(index=False):
        form = "money" if (row.kind, row.item) == ("Ceiling", "money") else row.form
        unit = units.get(row.item, "") if row.kind == "Latest value of a KPI" else ""
        numbers = [None if isinstance(value, str) or language.absent(value) else float(value) for value in (row.before, row.after)]
        rows.append([row.step, say(row.kind), row.item, _item(row), figure(row.before, form, unit), figure(row.after, form, unit), _change(row.change, form, unit),
                     WHYS[row.reason](row.told, sides), *numbers, None if language.absent(row.change) else row.change, row.form, row.size])
    return pd.DataFrame(rows, columns=["step", "kind", "item", "item_name", "before", "after", "change", "why", "before_number", "after_number", "change_number", "form", "size"])


def _item(row: tuple) -> str:
    """The name of what moved."""
    if row.kind == "Standing among peers":
        return measures.name(row.item)
    if row.kind in ("What binds", "Ceiling"):
        name = ceiling(row.item, row.item_name)
        return name[:1].upper() + name[1:]
    return say(row.item_name)


def _change(change: float, form: str, unit: str = "") -> str:
    if language.absent(change):
        return ""
    if form in ("share", "signed"):
        return points(change)
    if form == "whole":
        return count("{n} place up", "{n} places up", int(-change)) if change < 0 else count("{n} place down", "{n} places down", int(change))
    if form == "money":
        return ("+" if change > 0 else "−") + money(abs(change))
    return signed(change) + (f" {say(unit)}" if unit else "")


def changed(cells: pd.DataFrame, sides: Sides, settings: tuple[str, ...] = ()) -> list[Finding]:
    """What was changed, from what to what: each number set, and the weights that gave way."""
    if sides.how != "set":
        return []
    weights = (cells["table"] == "goals") & (cells["column"] == "weight")
    gave = cells[weights & ~cells["row"].isin(sides.named)]
    rows = cells[~cells.index.isin(gave.index)]
    found = [Finding(_set(row)) for row in rows.head(CELLS).itertuples()]
    if len(rows) > CELLS:
        found.append(Finding(count("And {n} more number was changed, by {settings}.", "And {n} more numbers were changed, by {settings}.", len(rows) - CELLS, settings=listed(settings))))
    if len(gave):
        each = listed(say("“{goal}” from {then} to {now}", goal=row.row_name, then=share(row.before, 1), now=share(row.after, 1)) for row in gave.itertuples())
        found.append(Finding(say("The weights of the other goals give way in proportion, so that all add up to 1: {each}.", each=each), rests_on=("goals",)))
    return found


def _set(row: tuple) -> str:
    table = facts() if row.table == "plan" else tables()[row.table]
    field = next(one for one in table.fields if one.name == row.column)
    form = money if field.unit.startswith("currency") else (lambda value: share(value, 1)) if field.unit.startswith("share") else number
    words = {"column": say(field.title)} | {name: say("not shown") if value == HIDDEN else form(value) for name, value in (("then", row.before), ("now", row.after))}
    return say("{column}: from {then} to {now}.", **words) if row.table == "plan" else say("{column} of “{row}”: from {then} to {now}.", row=row_name(row.table, row.row_name), **words)


def differences(cells: pd.DataFrame) -> pd.DataFrame:
    """In which tables two plans differ: table (its title), cells (changed), new, gone (rows), columns (those that changed, in words)."""
    rows = []
    for name, own in cells.groupby("table", sort=False):
        table = facts() if name == "plan" else tables()[name]
        titles = {field.name: field.title for field in table.fields}
        rows.append([say(table.title), *(int((own["what"] == what).sum()) for what in ("changed", "new", "gone")), listed((inside(say(titles[one])) for one in own["column"].unique() if one), 4)])
    return pd.DataFrame(rows, columns=["table", "cells", "new", "gone", "columns"])


def apart(goals: pd.DataFrame, sides: Sides) -> list[Finding]:
    """Goals that stand in one of the two plans only, with the name in the other that is most like each."""
    found = []
    for row in goals[goals["where"] != "both"].itertuples():
        text = say("“{goal}” ({id}) is in force only {place}.", goal=row.name, id=row.goal, place=sides.place(row.where == "first"))
        if isinstance(row.replaced, str):
            text += " " + say("It replaced “{name}”.", name=row.replaced)
        elif sides.how == "plans":
            text += " " + (say("The goal of the other plan that is most like it: “{name}”. Give both the same id if they mean the same.", name=row.nearest) if row.nearest
                           else say("No goal of the other plan has a name like it."))
        found.append(Finding(text, "bad" if row.nearest else "plain", rests_on=("goals",)))
    return found


def unlike(first: Mapping[str, object], second: Mapping[str, object], sides: Sides) -> list[Finding]:
    """Facts that make two plans hard to compare: another currency, another kind of library."""
    words = {"currency": "The plans speak in different currencies ({before}: {one}, {after}: {other}). Amounts are set side by side as they are, in {other}; nothing is converted.",
             "kind": "The plans are of different kinds of library ({before}: {one}, {after}: {other}). Read the moves with that in mind."}
    return [Finding(say(text, one=first[name], other=second[name], before=sides.before, after=sides.after), "unknown", rests_on=()) for name, text in words.items() if first[name] != second[name]]


def step(row: Mapping[str, object], moves: pd.DataFrame) -> Finding:
    """How much moved in one step, and the three largest moves; or why nothing does."""
    own, name = moves[moves["step"] == row["step"]], {"step": row["step"], "name": say(STEPS[row["step"]])}
    if own.empty:
        return Finding(say("Step {step}, {name}: ", **name) + still(row))
    head = count("{n} of {all} results moved", "{n} of {all} results moved", row["moved"], all=number(row["results"]))
    firsts = own.drop_duplicates("item").head(LARGEST)
    each = "; ".join(say("{kind} {items}", kind=inside(kind), items=listed(say("“{item}” {before} to {after}", item=one.item_name, before=one.before, after=one.after)
                                                                       for one in rows.itertuples())) for kind, rows in firsts.groupby("kind", sort=False))
    rest = row["moved"] - len(firsts)
    return Finding(say("Step {step}, {name}: {head}. Most of all: {each}.", head=head, each=each, **name) if rest > 0 else say("Step {step}, {name}: {head}: {each}.", head=head, each=each, **name))


def still(row: Mapping[str, object]) -> str:
    """Why nothing moves in a step."""
    others = [about(one) for one in str(row["other"]).split("; ") if one]
    if not row["results"]:
        return say("nothing to compare: the plans hold nothing for this step.")
    if not others:
        return say("nothing moves, since nothing was changed.")
    if not row["rests"]:
        return say("nothing moves, since none of the results compared here rests on {what}.", what=listed(others, 3))
    return count("nothing moves. It rests on {what}, but its one result stays.", "nothing moves. It rests on {what}, but none of its {n} results crosses a line.", row["results"],
                 what=listed((about(one) for one in str(row["rests"]).split("; ")), 3))


def about(word: str) -> str:
    """A table, a fact or what else was changed, in words."""
    if word in RESTS:
        return say(RESTS[word])
    if word in tables():
        return say("the table “{name}”", name=say(tables()[word].title))
    return quoted([next((say(field.title) for field in facts().fields if field.name == word), word)])


def staying(told: Mapping[str, object] | None) -> Finding | None:
    """What the former best choice would forgo by the new figures."""
    if told is None:
        return Finding(say("No choice of initiatives is possible in one of the two plans, so nothing can be said of staying with the former one."), "unknown", "estimated", ("initiatives",))
    lost = told["best"] - told["kept"]
    if not told["best"] > 0:
        return None
    if told["lost"]:
        text = count("The former choice of initiatives no longer fits: {n} of it has to go. ", "The former choice of initiatives no longer fits: {n} of it have to go. ", told["lost"])
        text += (say("The rest of it still gives the most, {best} of weighted support.", best=number(told["best"], 2)) if lost < 1e-9 else
                 say("The rest of it would give {kept} of the {best} that the best choice gives by the new figures: {lost} less.",
                     kept=number(told["kept"], 2), best=number(told["best"], 2), lost=share(lost / told["best"], 1)))
        return Finding(text, "bad", "estimated", ("initiatives", "goals"))
    if lost < 1e-9:
        return Finding(say("Staying with the former choice of initiatives costs nothing: it still gives the most, {best} of weighted support.", best=number(told["best"], 2)), "good", "estimated", ("initiatives", "goals"))
    text = say("Staying with the former choice of initiatives would give {kept} of the {best} that the best choice gives by the new figures: {lost} less.",
               kept=number(told["kept"], 2), best=number(told["best"], 2), lost=share(lost / told["best"], 1))
    return Finding(text, "bad", "estimated", ("initiatives", "goals"))


def nothing(sides: Sides) -> Finding:
    """That the two sides are the same."""
    if sides.how == "set":
        return Finding(say("Nothing differs: the numbers set are those that the plan holds already."))
    return Finding(say("Nothing differs: every table and every fact is the same on both sides."))


def overall(steps: pd.DataFrame, sides: Sides) -> Finding:
    """How many results moved in all, in which steps."""
    if not steps["moved"].sum():
        return Finding(say("Nothing differs: no result of any step moves between {before} and {after}.", before=sides.before, after=sides.after))
    moved = steps[steps["moved"] > 0]
    most = moved.sort_values(["moved", "step"], ascending=[False, True]).iloc[0]
    text = count("{n} of {all} results moves", "{n} of {all} results move", int(steps["moved"].sum()), all=number(int(steps["results"].sum())))
    return Finding(say("{text}, in {of} of the seven steps; most in step {step}, {name} ({moved}).", text=text, of=len(moved), step=most["step"], name=inside(say(STEPS[most["step"]])), moved=number(most["moved"])))
