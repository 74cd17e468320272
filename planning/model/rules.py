"""What must hold between the cells of a plan: sums, dates, scales and periods."""

from __future__ import annotations

import datetime as dt
import math
import re

from planning.methods import periods
from planning.model import rules_branches, rules_changes, rules_funds, rules_futures, rules_money, rules_partners, rules_people, rules_surveys, rules_value, rules_words, schema
from planning.model.cells import YEARS, day_of, number_of
from planning.model.errors import Problem, Words
from planning.model.schema import PERIOD_PATTERN
from planning.model.sheet import Sheet

ORDERED = [("goals", "valid_from", "valid_to"), ("initiatives", "start", "end"), ("agreements", "start", "end"), ("partners", "since", "until"),
           ("feedback", "date", "closed"), ("dialogues", "date", "due"), ("dialogues", "date", "kept"), ("branches", "opened", "closed"), ("stories", "collected", "expires"), ("decisions", "date", "review"),
           ("pilots", "start", "end"), ("policies", "adopted", "review"), ("changes", "start", "due"), ("changes", "start", "done")]
SIDES = {"inside": (("strength", "weakness"), "the id of a strength or a weakness"), "outside": (("opportunity", "threat"), "the id of an opportunity or a threat")}
KIND_WORDS = {"strength": "a strength", "weakness": "a weakness", "opportunity": "an opportunity", "threat": "a threat"}
FORMS = {"monthly": 7, "quarterly": 7, "yearly": 4}


def broken(sheets: dict[str, Sheet], facts: dict[str, object]) -> list[Problem]:
    """Every rule that the plan breaks."""
    as_of, start = facts["as_of"], facts["fiscal_year_start"]
    start = start if isinstance(start, int) and 1 <= start <= 12 else 1
    found = [problem for sheet in sheets.values() for problem in [*future(sheet, as_of, start), *long_names(sheet)]]
    found += [problem for name in NAMED if name in sheets for problem in same_names(sheets[name], as_of)]
    for name, first, last in ORDERED:
        if name in sheets:
            found += out_of_order(sheets[name], first, last)
    found += rules_partners.broken(sheets, as_of, start)
    found += rules_branches.broken(sheets, start)
    found += rules_changes.broken(sheets, as_of)
    found += rules_funds.broken(sheets, as_of, start)
    found += rules_money.broken(sheets)
    found += rules_people.broken(sheets)
    found += rules_surveys.broken(sheets)
    found += rules_futures.broken(sheets)
    found += rules_value.broken(sheets)
    found += rules_words.broken(sheets)
    checks = {"goals": lambda sheet: weights(sheet, as_of), "kpis": lambda sheet: targets(sheet) + partial_targets(sheet),
              "kpi_values": lambda sheet: frequencies(sheet, sheets.get("kpis")), "initiative_links": self_links,
              "segments": more_active, "goal_votes": votes, "goal_pairs": contrary_pairs, "initiative_hours": lambda sheet: split_hours(sheet, sheets.get("initiatives")),
              "swot_moves": lambda sheet: sides(sheet, sheets.get("swot")), "scenario_changes": lambda sheet: change_targets(sheet, sheets)}
    return found + [problem for name, check in checks.items() if name in sheets for problem in check(sheets[name])]


def _start(text: str, start: int) -> dt.date | None:
    return periods.first_day(text, start).date() if re.fullmatch(PERIOD_PATTERN, text) and int(text[:4]) in YEARS else None


def future(sheet: Sheet, as_of: dt.date, start: int) -> list[Problem]:
    """Days and periods of what has happened that lie after the plan's as_of day."""
    problems = []
    for field in (field for field in sheet.table.fields if field.past):
        for number, row in zip(sheet.numbers, sheet.rows):
            text = row.get(field.name, "")
            day = _start(text, start) if field.period else day_of(text)
            if day and day > as_of:
                problems.append(Problem(sheet.table.file, number, field.name, Words("found {text}, after the plan's as_of day", text=text),
                                        Words("nothing later than {day}", day=as_of), "Correct the date, or move as_of in plan.toml."))
    return problems


LONGEST = 200
NAMED = ("goals", "services", "segments", "roles", "kpis", "partners", "audiences", "themes", "branches")


def long_names(sheet: Sheet) -> list[Problem]:
    """Names of rows that no chart or sentence has room for."""
    return [
        Problem(sheet.table.file, number, "name", Words("found {n} characters", n=len(row["name"])), Words("{n} characters or fewer", n=LONGEST), "Say it in a few words; the rest may go into a description or a note.")
        for number, row in zip(sheet.numbers, sheet.rows)
        if len(row.get("name", "")) > LONGEST
    ]


def same_names(sheet: Sheet, as_of: dt.date) -> list[Problem]:
    """Rows that bear the name of another, so that a page cannot tell them apart; goals no longer in force, services and partners that have ended and branches that have closed aside."""
    day = as_of.isoformat()
    first: dict[str, tuple[int, str]] = {}
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        name, ended = row["name"].strip(), row.get("status") == "ended" or bool(row.get("closed"))
        stands = not ended and row.get("valid_from", "") <= day <= (row.get("valid_to") or day)
        if name and stands and first.setdefault(name, (number, row[sheet.table.id]))[1] != row[sheet.table.id]:
            problems.append(Problem(sheet.table.file, number, "name", Words("found “{name}”, as in row {first}", name=name, first=first[name][0]),
                                    "a name of its own for each row that stands, so that readers can tell them apart", "Add a word to one of the two names."))
    return problems


def out_of_order(sheet: Sheet, first: str, last: str) -> list[Problem]:
    """Rows whose last day lies before their first."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        start, end = day_of(row.get(first, "")), day_of(row.get(last, ""))
        if start and end and end < start:
            problems.append(Problem(sheet.table.file, number, last, Words("found {end}, before {first} {start}", end=end, first=first, start=start),
                                    Words("the same day as {first} or later", first=first), "Correct one of the two dates."))
    return problems


def weights(sheet: Sheet, as_of: dt.date) -> list[Problem]:
    """Weights of the goals in force that do not add up to 1."""
    in_force = [row for row in sheet.rows if row.get("valid_from", "") <= as_of.isoformat()
                and (not row.get("valid_to") or row["valid_to"] >= as_of.isoformat())]
    total = sum(number_of(row["weight"]) for row in in_force)
    if not in_force or math.isnan(total) or abs(total - 1) < 0.005:
        return []
    named = ", ".join(f"{row['goal']} {row['weight']}" for row in in_force)
    return [Problem("goals.csv", None, "weight", Words("found weights that add up to {total} for the goals in force on {day} ({named})", total=f"{total:.3g}", day=as_of, named=named),
                    "weights that add up to 1", "Divide each weight by the sum, or give a goal that no longer stands a valid_to day.")]


def targets(sheet: Sheet) -> list[Problem]:
    """KPIs whose direction and targets do not fit together."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        low, high = number_of(row.get("target_low", "")), number_of(row.get("target_high", ""))
        if row["direction"] == "band" and not low < high:
            problems.append(Problem("kpis.csv", number, "target_low", "found a band without two ends in order",
                                    "target_low smaller than target_high", "Fill both, or choose the direction up or down."))
    return problems


def partial_targets(sheet: Sheet) -> list[Problem]:
    """Partial targets that do not lie between baseline and target, or that stand beside a band or without a target."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        part, start, goal = (number_of(row.get(name, "")) for name in ("partial", "baseline", "target"))
        sign = -1 if row["direction"] == "down" else 1
        between = row["direction"] != "band" and sign * part < sign * goal and (math.isnan(start) or sign * start < sign * part)
        if row.get("partial") and not between:
            problems.append(Problem("kpis.csv", number, "partial", Words("found {text}", text=row["partial"]), "a value between baseline and target, and none for a band",
                                    "Correct the cell, or leave it empty when only the target counts."))
    return problems


def frequencies(sheet: Sheet, kpis: Sheet | None) -> list[Problem]:
    """Values whose period does not fit their KPI's frequency."""
    frequency = {row["kpi"]: row["frequency"] for row in kpis.rows} if kpis else {}
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        due, period = frequency.get(row["kpi"]), row["period"]
        fits = len(period) == FORMS.get(due, 0) and ("Q" in period) == (due == "quarterly")
        if due and not fits:
            example = {"monthly": "2026-05", "quarterly": "2026-Q2", "yearly": "2026"}[due]
            problems.append(Problem("kpi_values.csv", number, "period", Words("found {period} for a KPI that is measured {due}", period=period, due=Words(due)),
                                    Words("a period such as {example}", example=example), "Correct the period, or the KPI's frequency in kpis.csv."))
    return problems


def self_links(sheet: Sheet) -> list[Problem]:
    """Initiatives that are linked to themselves."""
    return [
        Problem("initiative_links.csv", number, "other", Words("found {text}, the initiative itself", text=row["other"]), "another initiative", "Correct the cell, or remove the row.")
        for number, row in zip(sheet.numbers, sheet.rows)
        if row["initiative"] == row["other"]
    ]


def votes(sheet: Sheet) -> list[Problem]:
    """Swings above 100 and ranks below 1."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        value, swing = number_of(row.get("value", "")), row["method"] == "swing"
        if (swing and value > 100) or (row["method"] == "ranks" and value < 1):
            allowed = "a number from 0 to 100, since it is a swing" if swing else "a number of 1 or more, since it is a rank"
            problems.append(Problem(sheet.table.file, number, "value", Words("found {text}", text=row["value"]), allowed, "Correct the cell, or the method."))
    return problems


def contrary_pairs(sheet: Sheet) -> list[Problem]:
    """A goal compared with itself, and pairs that one person judged both ways round on one day with ratios that do not agree."""
    problems, said = [], {}
    for number, row in zip(sheet.numbers, sheet.rows):
        if row["goal"] == row["other"]:
            problems.append(Problem(sheet.table.file, number, "other", Words("found {text}, the goal itself", text=row["other"]), "another goal", "Correct the cell, or remove the row."))
            continue
        here, back = (row["voter"], row["date"], row["goal"], row["other"]), (row["voter"], row["date"], row["other"], row["goal"])
        said[here] = (number, number_of(row.get("ratio", "")))
        first, ratio = said.get(back, (0, math.nan))
        # The scale rounds: 7 and 0.14 are the same judgement, and so are 9 and 0.11.
        product = said[here][1] * ratio
        if first and product > 0 and not 1 / 1.1 <= product <= 1.1:
            problems.append(Problem(sheet.table.file, number, "ratio", Words("found {text}, while row {first} says {ratio} for the same two goals the other way round", text=row["ratio"], first=first, ratio=f"{ratio:g}"),
                                    Words("{ratio}, or one of the two rows only", ratio=f"{1 / ratio:.2g}"), "Ask the voter which of the two is meant, and remove the other row."))
    return problems


def more_active(sheet: Sheet) -> list[Problem]:
    """Segments with more active patrons than people."""
    return [
        Problem(sheet.table.file, number, "active", Words("found {active} active patrons among {people} people", active=row["active"], people=row["people"]),
                Words("{people} or fewer", people=row["people"]), "Correct one of the two figures.")
        for number, row in zip(sheet.numbers, sheet.rows)
        if number_of(row.get("active", "")) > number_of(row.get("people", ""))
    ]


def split_hours(sheet: Sheet, initiatives: Sheet | None) -> list[Problem]:
    """Hours by role that add up to more than the initiative's own hours."""
    whole = {row["initiative"]: number_of(row.get("hours", "")) for row in initiatives.rows} if initiatives else {}
    rows: dict[str, list[tuple[int, float]]] = {}
    for number, row in zip(sheet.numbers, sheet.rows):
        rows.setdefault(row["initiative"], []).append((number, number_of(row.get("hours", ""))))
    problems = []
    for initiative, parts in rows.items():
        total, own = sum(hours for _, hours in parts), whole.get(initiative, math.nan)
        if total > own + 0.5:
            problems.append(Problem(sheet.table.file, parts[-1][0], "hours", Words("found {total} hours by role for {initiative}, which has {own} in initiatives.csv", total=f"{total:g}", initiative=initiative, own=f"{own:g}"),
                                    Words("hours by role that add up to {own} or less", own=f"{own:g}"), "Correct the hours of the roles, or those of the initiative."))
    return problems


def sides(sheet: Sheet, swot: Sheet | None) -> list[Problem]:
    """Moves that do not pair one inner item, a strength or a weakness, with one outer item, an opportunity or a threat."""
    kinds = {row["item"]: row["kind"] for row in swot.rows} if swot else {}
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        for side, (fitting, allowed) in SIDES.items():
            kind = kinds.get(row[side])
            if kind in KIND_WORDS and kind not in fitting:
                problems.append(Problem(sheet.table.file, number, side, Words("found {item}, which is {kind}", item=row[side], kind=Words(KIND_WORDS[kind])), allowed,
                                        "A move pairs one inner with one outer item. Name another item here, or correct its kind in swot.csv."))
    return problems


def change_targets(sheet: Sheet, sheets: dict[str, Sheet]) -> list[Problem]:
    """Changes in scenarios that name a row or a column that is not there, or a column that holds no numbers."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        table = schema.facts() if row["table"] == "plan" else schema.tables().get(row["table"])
        if table is None:
            continue
        numeric = [field.name for field in table.fields if field.type in ("number", "integer")]
        if row["column"] not in numeric:
            problems.append(Problem("scenario_changes.csv", number, "column", Words("found {text}", text=row["column"]),
                                    Words("a column of numbers in {table}: {columns}", table=row["table"], columns=", ".join(numeric)), "Correct the cell."))
        known = sheets[row["table"]].values(table.key[0]) if row["table"] in sheets else set()
        if row["table"] != "plan" and row["id"] != "*" and row["id"] not in known:
            problems.append(Problem("scenario_changes.csv", number, "id", Words("found {text}", text=row["id"]), Words("an id that stands in {file}, or * for every row", file=table.file),
                                    "Correct the cell."))
    return problems
