"""Sentences about trigger points and about the assumptions that carry the plan."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, day, listed, number, period, quoted, say, share
from planning.show.records import Finding

WATCHED = ("triggers", "kpis", "kpi_values")
LEANING = ("assumptions", "goals", "services", "initiatives")
REASONS = {"no value": "its KPI was never measured", "stale": "its KPI has not been measured lately", "too few periods": "its KPI has gaps in the periods that count"}


def reading(value: float) -> str:
    """A value or a mark with the decimal that tells the two apart.

    >>> reading(101.5), reading(102.0), reading(4.45), reading(12497.0)
    ('101.5', '102', '4.45', '12,497')
    """
    digits = next((digits for digits in (0, 1) if absent(value) or round(float(value), digits) == value or abs(value) >= 1000), 2)
    return number(value, digits)


def _reading(row: dict[str, object]) -> str:
    unit = str(row["unit"])
    return say("{value}{unit}", value=reading(row["value"]), unit=unit if unit.startswith("%") else say(" {unit}", unit=unit))


def overview(rows: pd.DataFrame) -> Finding | None:
    """How many trigger points have fired, are near, quiet, or cannot be told."""
    if rows.empty:
        return None
    sizes = rows["state"].value_counts()
    words = {"fired": ("{n} has fired", "{n} have fired"), "near": ("{n} is near", "{n} are near"), "quiet": ("{n} is quiet", "{n} are quiet"),
             "cannot be told": ("{n} cannot be told", "{n} cannot be told")}
    parts = [count(*words[state], int(sizes[state])) for state in words if state in sizes]
    due = int(rows["due"].astype(bool).sum())
    text = say("Of {all}, {parts}", all=count("{n} trigger point", "{n} trigger points", len(rows)), parts=listed(parts))
    if due:
        return Finding(count("{head}; for {n} that fired, nothing has been done yet.", "{head}; for {n} that fired, nothing has been done yet.", due, head=text), "bad", "counted", WATCHED)
    return Finding(say("{head}.", head=text), "plain" if "fired" in sizes or "near" in sizes or "cannot be told" in sizes else "good", "counted", WATCHED)


def due(rows: pd.DataFrame) -> list[Finding]:
    """Each trigger point that fired and was not acted on, with what was agreed."""
    found = []
    for row in rows[rows["due"].astype(bool)].head(3).to_dict("records") if len(rows) else ():
        who = say("in charge: {owner}", owner=row["owner_name"]) if not row["ownerless"] else say("nobody is in charge")
        text = say("“{name}” has been at its mark or beyond since {since} ({value}, mark {mark}), and what was agreed is not done: “{action}” ({who}).", name=row["name"], since=period(row["since"]),
                   value=_reading(row), mark=reading(row["mark"]), action=row["action"], who=who)
        found.append(Finding(text, "bad", "counted", WATCHED))
    return found


def near(rows: pd.DataFrame) -> Finding | None:
    """Trigger points that may fire next."""
    close = rows[rows["state"] == "near"] if len(rows) else rows
    if close.empty:
        return None
    parts = [say("“{name}” ({value}, mark {mark})", name=row["name"], value=_reading(row), mark=reading(row["mark"])) for row in close.to_dict("records")]
    return Finding(count("{names} is near its mark: get the agreed action ready.", "{names} are near their marks: get the agreed actions ready.", len(close), names=listed(parts, 2)), "plain", "counted", WATCHED)


def untold(rows: pd.DataFrame) -> Finding | None:
    """Trigger points that nobody could see firing."""
    blind = rows[rows["state"] == "cannot be told"] if len(rows) else rows
    if blind.empty:
        return None
    parts = [say("“{name}” ({why})", name=row["name"], why=say(REASONS[row["reason"]])) for row in blind.to_dict("records")]
    alone = int(blind["ownerless"].astype(bool).sum())
    tail = count(" {n} of them has no owner.", " {n} of them have no owner.", alone) if alone and len(blind) > 1 else say(" It has no owner.") if alone else ""
    return Finding(count("Nobody can tell whether {names} has fired.{tail}", "Nobody can tell whether {names} have fired.{tail}", len(blind), names=listed(parts, 2), tail=tail), "unknown", "counted", WATCHED)


def crossed(rows: pd.DataFrame) -> Finding | None:
    """Trigger points whose figure was beyond the mark when they were agreed, and what acting on them brought."""
    early = rows[rows["crossed"].astype(bool)] if len(rows) else rows
    if early.empty:
        return None
    text = count("The figure of {names} was at its mark or beyond already when the mark was agreed, so it says nothing new: agree a mark that today's value has not reached.",
                 "The figures of {names} were at their marks or beyond already when these were agreed, so they say nothing new: agree marks that today's values have not reached.",
                 len(early), names=quoted(early["name"], 2))
    return Finding(text, "bad", "counted", WATCHED)


def acted(rows: pd.DataFrame) -> Finding | None:
    """Trigger points that fired and were acted on."""
    done = rows[(rows["state"] == "fired") & ~rows["due"].astype(bool)] if len(rows) else rows
    if done.empty:
        return None
    first = done.sort_values(["acted", "trigger"]).iloc[0]
    text = count("{n} trigger point fired and was acted on, “{name}” on {day}; its figure is still at the mark or beyond.",
                 "{n} trigger points fired and were acted on, first “{name}” on {day}; their figures are still at the mark or beyond.", len(done), name=first["name"], day=day(first["acted"]))
    return Finding(text, "plain", "counted", WATCHED)


def unsignalled(rows: pd.DataFrame) -> Finding | None:
    """Futures that would come unseen."""
    if rows.empty:
        return None
    text = count("No trigger point is a sign of {names}: nobody would see that future coming.", "No trigger point is a sign of {names}: nobody would see these futures coming.", len(rows), names=quoted(rows["name"], 2))
    return Finding(text, "bad", "counted", ("triggers", "scenarios"))


def carrying(rows: pd.DataFrame) -> Finding | None:
    """Assumptions that carry much, may break, and have nothing that guards them."""
    if rows.empty:
        return None
    exposed, bare = (rows[rows[column].astype(bool)] for column in ("exposed", "unguarded"))
    if exposed.empty:
        return Finding(say("Of {all}, none carries much and is unsure.", all=count("{n} assumption", "{n} assumptions", len(rows))), "good", "estimated", LEANING)
    head = count("Of {all}, {n} carries much and is unsure", "Of {all}, {n} carry much and are unsure", len(exposed), all=count("{n} assumption", "{n} assumptions", len(rows)))
    if bare.empty:
        return Finding(say("{head}; each of these has a hedge or a trigger point.", head=head), "plain", "estimated", LEANING)
    most = bare.sort_values(["weight", "assumption"], ascending=[False, True]).iloc[0]
    leans = say(" ({share} of the weighted goals lean on it)", share=share(most["carries"])) if not absent(most["carries"]) else ""
    text = count("{head}, and {n} has neither hedge nor trigger point: “{name}”{leans}.", "{head}, and {n} have neither hedge nor trigger point, above all “{name}”{leans}.",
                 len(bare), head=head, name=most["name"], leans=leans)
    return Finding(text, "bad", "estimated", LEANING)


def broken(rows: pd.DataFrame) -> Finding | None:
    """Assumptions that hold no longer."""
    gone = rows[rows["state"] == "broken"] if len(rows) else rows
    if gone.empty:
        return None
    leans = [name for names in gone["leans"] for name in names.split("; ") if name]
    tail = say(" Look again at {names}.", names=quoted(dict.fromkeys(leans), 3)) if leans else ""
    return Finding(count("{names} no longer holds.{tail}", "{names} no longer hold.{tail}", len(gone), names=quoted(gone["name"], 2), tail=tail), "bad", "told", LEANING)


def soon(rows: pd.DataFrame) -> Finding | None:
    """Assumptions that could break within a year."""
    close = rows[rows["soon"].astype(bool) & (rows["state"] != "broken")].sort_values(["until", "assumption"]) if len(rows) else rows
    if close.empty:
        return None
    parts = [say("“{name}” by {day}{passed}", name=row["name"], day=day(row["until"]), passed=say(" (passed)") if row["days"] < 0 else "") for row in close.to_dict("records")]
    return Finding(count("{n} assumption could break within a year: {names}.", "{n} assumptions could break within a year: {names}.", len(close), names=listed(parts, 2)), "plain", "told", LEANING)


def unlooked(rows: pd.DataFrame) -> Finding | None:
    """Assumptions that nobody has looked at for a year."""
    old = rows[rows["unlooked"].astype(bool)] if len(rows) else rows
    if old.empty:
        return None
    return Finding(count("Nobody has looked for a year at {names}.", "Nobody has looked for a year at {n} of {all}: {names}.", len(old), all=count("{n} assumption", "{n} assumptions", len(rows)), names=quoted(old["name"], 2)),
                   "bad", "counted", LEANING)
