"""Tables of step 6 about people: hours, posts, skills, training, learning and service standards."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, between, number, period, say, share
from planning.show.records import Column, Table


def _kept(rows: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    """Only what is shown: results are kept in files, and a level that is not shown may not stand there."""
    return rows[[column.name for column in columns]]


def load(rows: pd.DataFrame) -> Table:
    """Hours asked of each role against those it has."""
    columns = (Column("role_name", "Role"), Column("hours", "Hours it has", "whole"), Column("services", "Services ask", "whole"), Column("initiatives", "Started initiatives ask", "whole"),
               Column("share", "Asked", "share"), Column("range", "Range"), Column("balance", "Room (minus: too much)", "whole"), Column("candidates", "Open initiatives would ask", "whole"), Column("free_hours", "Promised to initiatives", "whole"))
    shown = rows.assign(balance=rows["room"] - rows["over"], range=[between(low, high, share) for low, high in zip(rows["low"], rows["high"])])
    note = "Asked = hours of services and of started initiatives ÷ productive hours. The range holds for 5% more or fewer productive hours. A dash: not known."
    return Table("workload", _kept(shown, columns), columns, say("Hours asked of each role, a year"), note)


def posts(rows: pd.DataFrame) -> Table:
    """Posts that are open or will be."""
    columns = (Column("role_name", "Role"), Column("state", "Stands"), Column("fte", "FTE", "number", 1), Column("since", "Open since", "day"),
               Column("hours_lost", "Hours missed so far", "whole"), Column("expected", "To be filled", "day"), Column("applied", "Applications", "whole"), Column("waiting", "Started initiatives that lean on it"))
    shown = rows.assign(waiting=rows["waiting"].where(rows["waiting"] != "", None))
    return Table("open_posts", _kept(shown, columns), columns, say("Posts that are open or will be"), "Late: the day on which it was to be filled has passed. Hours missed are those of the post; others may have filled in.")


def competencies(rows: pd.DataFrame) -> Table:
    """The eight competencies and the plan's skills in them."""
    columns = (Column("competency_name", "Competency"), Column("state", "Is"), Column("skill_names", "Skills of the plan in it"), Column("people", "People at the needed level", "whole"),
               Column("best", "Best level", "points"), Column("gap", "Levels missing, mean", "number", 1))
    shown = rows.assign(skill_names=rows["skill_names"].where(rows["skill_names"] != "", None), competency_name=[say(name) for name in rows["competency_name"]])
    note = "People are counted by skill and added up. A dash at the levels: none, or too few people in the roles that need it to show their level."
    return Table("competencies", _kept(shown, columns), columns, say("Eight competencies of those who lead library services"), note)


def gaps(rows: pd.DataFrame) -> Table:
    """Gaps in skills as they may be shown, with the training that closes each."""
    columns = (Column("role_name", "Role"), Column("skill_name", "Skill"), Column("critical", "Criticality (1 to 3)", "points"), Column("required", "Needed level", "points"),
               Column("current", "Level today", "points"), Column("short", "People short", "whole"), Column("help", "Cheapest training"))
    shown = rows.assign(help=[_help(row) for row in rows.to_dict("records")])
    note = ("Levels: 0 none, 1 aware, 2 with help, 3 alone, 4 teaches others. Level today is shown for roles of enough people only, so that it points to nobody. "
            "A dash at the training: none on the list reaches the level.")
    return Table("skill_gaps", _kept(shown, columns), columns, say("Gaps in skills, the most critical first"), note, most=14)


def _help(row: dict[str, object]) -> str | None:
    if absent(row["training_name"]):
        return None
    return say("{training} (narrows the gap)", training=row["training_name"]) if row["covered"] == "narrowed" else row["training_name"]


def single_points(rows: pd.DataFrame) -> Table:
    """Skills that one person has, and who could stand in."""
    columns = (Column("skill_name", "Skill"), Column("critical", "Criticality (1 to 3)", "points"), Column("role_name", "Post that has it"), Column("spare_name", "Deputy"), Column("cover", "That is"), Column("others", "Other posts that need it"))
    shown = rows.assign(others=rows["others"].where(rows["others"] != "", None), cover=[say(word) for word in rows["cover"]])
    return Table("single_points", _kept(shown, columns), columns, say("Skills that hang on one person"), "A deputy in training holds a post that needs the skill as well, without the needed level yet.")


def staffed(rows: pd.DataFrame) -> Table:
    """Skills that started initiatives need."""
    columns = (Column("initiative_name", "Initiative"), Column("status", "Stands"), Column("skill_name", "Skill"), Column("state", "Skill is"), Column("held_by", "Held in"))
    shown = rows.assign(held_by=rows["held_by"].where(rows["state"] == "met", None))
    return Table("initiative_skills", _kept(shown, columns), columns, say("Skills that chosen and running initiatives need"))


def offers(rows: pd.DataFrame) -> Table:
    """Trainings to book."""
    columns = (Column("training_name", "Training"), Column("provider", "Provider"), Column("people", "People", "whole"), Column("waiting", "Without a seat", "whole"), Column("cost", "Fees", "money", 0),
               Column("hours", "Hours", "whole"), Column("roles", "For"))
    return Table("training_offers", _kept(rows, columns), columns, say("Trainings to book"), "Fees and hours are for all who are trained.")


def evaluated(rows: pd.DataFrame) -> Table:
    """What was measured of each training."""
    columns = (Column("training_name", "Training"), Column("level", "Level"), Column("measure", "Measured"), Column("date", "On", "day"), Column("people", "People", "whole"), Column("share", "Of them good", "share"), Column("range", "Range"), Column("kpi_name", "Seen in the KPI"))
    measured = rows[rows["measured"].astype(bool)].reset_index(drop=True)
    shown = measured.assign(range=[between(low, high, share) for low, high in zip(measured["low"], measured["high"])])
    return Table("training_results", _kept(shown, columns), columns, say("Trainings by level of evidence"), "Figures of few people are not shown. The range is the 95% Wilson interval.")


def sources(rows: pd.DataFrame) -> Table:
    """Sources of learning and what came back."""
    columns = (Column("source_name", "Source"), Column("for_what", "For"), Column("cost", "Cost a year", "money", 0), Column("learnt", "Lessons", "whole"),
               Column("passed_on", "Passed on", "whole"), Column("used", "Used", "whole"), Column("state", "So far"), Column("next", "Next", "day"))
    shown = rows.assign(for_what=[row.goal_name if absent(row.skill_name) else row.skill_name for row in rows.itertuples()])
    return Table("learning_sources", _kept(shown, columns), columns, say("Where staff learn, and what came back"), "A lesson is an entry of the log that says what was learnt. Used: named in an initiative.")


def standards(rows: pd.DataFrame) -> Table:
    """Service standards over the last year."""
    columns = (Column("name", "Standard"), Column("service_name", "Service"), Column("promise", "Promise"), Column("source", "From"), Column("told", "Public"), Column("times", "Kept"), Column("last", "Latest value"), Column("state", "That is"))
    records = rows.to_dict("records")
    shown = rows.assign(promise=[_promise(row) for row in records], told=[say("yes") if row["public"] else say("no") for row in records],
                        times=[say("{kept} of {n}", kept=number(row["kept"]), n=number(row["n"])) if row["n"] else None for row in records],
                        last=[None if absent(row["latest"]) else say("{value} ({period})", value=number(row["latest"]), period=period(row["period"])) for row in records],
                        state=[say("{state}: {reason}", state=say(row["state"]), reason=say(row["reason"])) if row["reason"] else say(row["state"]) for row in records])
    return Table("service_standards", _kept(shown, columns), columns, say("Service standards over the last twelve months"), "Kept: periods of the last twelve months in which the promise held, of those measured. Public promises that were broken stand first.")


def _promise(row: dict[str, object]) -> str | None:
    if absent(row["mark"]) or absent(row["side"]):
        return None
    unit = "" if absent(row["unit"]) else " " + row["unit"]
    return say("{side} {mark}{unit}", side=say(row["side"]), mark=number(row["mark"]), unit=unit)
