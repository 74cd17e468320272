"""Sentences of step 2 about what stands in the way of a choice: which rows, and by how much."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.roadmap import CHOICE, amount
from planning.show.language import count, listed, number, quoted, say
from planning.show.records import Finding

BY_ROLE = "hours of "


def conflicts(problems: pd.DataFrame) -> list[Finding]:
    """Why no choice is possible; where more than two roles lack hours, they are told together."""
    if problems.empty:
        return []
    roles = problems[problems["ceiling"].astype(str).str.startswith(BY_ROLE)]
    alone = problems.drop(roles.index) if len(roles) > 2 else problems
    texts = [(_conflict(row), "unknown" if row["kind"] == "nothing to choose" else "bad") for row in alone.to_dict("records")]
    texts += [(_short_roles(roles), "bad")] if len(roles) > 2 else []
    return [Finding(text, tone, "counted", CHOICE, conflict=True) for text, tone in texts]


def _short_roles(rows: pd.DataFrame) -> str:
    short = listed(say("“{role}” {excess} more than {limit}", role=row["ceiling_name"], excess=number(round(row["excess"])), limit=number(row["limit"]))
                   for row in rows.sort_values("excess", ascending=False, kind="stable").to_dict("records"))
    names = dict.fromkeys(name for text in rows["names"] for name in text.split("; "))
    return say("No choice is possible: what must be done or already runs needs more hours than {n} roles have: {short}. Give these roles more "
               "hours, or look again at {names}.",
               n=number(len(rows)), short=short, names=quoted(names, 8))


def _conflict(row: dict[str, object]) -> str:
    names = quoted(row["names"].split("; "))
    if row["kind"] == "over the ceiling" and row["ceiling"] not in ("money", "hours"):
        return say("No choice is possible: what must be done or already runs needs {excess} more of “{role}” than the {limit} that the role has. "
                   "Give the role more hours, or look again at {names}.",
                   excess=amount(row["ceiling"], row["excess"]), limit=number(row["limit"]), role=row["ceiling_name"], names=names)
    if row["kind"] == "over the ceiling":
        return say("No choice is possible: what must be done or already runs needs {excess} more than the ceiling of {limit}. Raise the ceiling, "
                   "or look again at {names}.",
                   excess=amount(row["ceiling"], row["excess"]), limit=amount(row["ceiling"], row["limit"]), names=names)
    if row["kind"] == "exclude each other":
        return say("No choice is possible: {names} exclude each other, yet both must be taken. Lift one must-do, one need, or the exclusion.", names=names)
    if row["kind"] == "needs run in a circle":
        return say("No choice is possible: {names} wait for each other in a circle. Drop one of these needs.", names=names)
    if row["kind"] == "nothing to choose":
        return _nothing(row["names"])
    lack = {"rejected": say("which was rejected. Take it up again, or drop the need"),
            "cost or hours not known": say("whose cost or hours are not known. Estimate them, or drop the need")}
    return say("No choice is possible: {names} must be done and needs “{lacks}”, {why}.", names=names, lacks=row["lacks"],
               why=lack.get(row["state"], say("which one that is done excludes. Drop the need, or the exclusion")))


def _nothing(unknown: str) -> str:
    if not unknown:
        return say("There is nothing to choose from: every initiative is done or was rejected. Add to initiatives.csv what could come next.")
    names = unknown.split("; ")
    return count("Nothing can be chosen: the cost or hours of {names}, the only initiative that is open, are not known. Estimate them in initiatives.csv.",
                 "Nothing can be chosen: none of the {n} initiatives that are open, such as {names}, has both a cost and hours. Estimate them in "
                 "initiatives.csv.",
                 len(names), names=quoted(names[:3]))
