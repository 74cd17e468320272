"""What must hold between the cells about people: deputies, posts, competencies, results of training, service standards."""

from __future__ import annotations

from planning.model import catalogues
from planning.model.cells import day_of
from planning.model.errors import Problem, Words, nearest
from planning.model.sheet import Sheet


def broken(sheets: dict[str, Sheet]) -> list[Problem]:
    """Every rule about people that the plan breaks."""
    checks = {"roles": own_deputies, "skills": unknown_competencies, "role_skills": lambda sheet: too_many(sheet, sheets.get("roles")), "vacancies": filled_before, "training_results": more_good,
              "learning_log": passed_before, "standards": half_promises}
    return [problem for name, check in checks.items() if name in sheets for problem in check(sheets[name])]


def own_deputies(sheet: Sheet) -> list[Problem]:
    """Roles that are their own deputy."""
    return [Problem("roles.csv", number, "spare", Words("found {text}, the role itself", text=row["spare"]), "another role", "Name the role that stands in for it, or leave the cell empty.")
            for number, row in zip(sheet.numbers, sheet.rows) if row.get("spare") and row["spare"] == row["role"]]


def unknown_competencies(sheet: Sheet) -> list[Problem]:
    """Skills that name a competency that is not on the suite's list."""
    allowed = catalogues.competencies()["competency"].tolist()
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        word = row.get("competency", "")
        if word and word not in allowed:
            close = nearest(word, allowed)
            action = Words("Did you mean {close}? The list is in docs/catalogues.md.", close=close) if close else "Choose one from docs/catalogues.md, or leave the cell empty."
            problems.append(Problem("skills.csv", number, "competency", Words("found {text}", text=word), ", ".join(allowed), action))
    return problems


def too_many(sheet: Sheet, roles: Sheet | None) -> list[Problem]:
    """Roles with more people at the needed level of a skill than there are in the role."""
    heads = {row["role"]: row.get("people", "") for row in roles.rows} if roles else {}
    return [Problem("role_skills.csv", number, "people", Words("found {people} people at the level in a role of {all}", people=row["people"], all=heads[row["role"]]), Words("{all} or fewer", all=heads[row["role"]]),
                    "Correct one of the two figures.")
            for number, row in zip(sheet.numbers, sheet.rows) if _more(row.get("people", ""), heads.get(row["role"], ""))]


def filled_before(sheet: Sheet) -> list[Problem]:
    """Posts that were filled before they were open, and filled ones without a day."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        since, filled = day_of(row.get("since", "")), day_of(row.get("filled", ""))
        if since and filled and filled < since:
            problems.append(Problem("vacancies.csv", number, "filled", Words("found {filled}, before the post was open on {since}", filled=filled, since=since), Words("{since} or later", since=since), "Correct one of the two dates."))
        if row["status"] == "filled" and not row.get("filled"):
            problems.append(Problem("vacancies.csv", number, "filled", "found no day for a post that was filled", "the day on which it was filled", "Fill the cell, or correct the status."))
    return problems


def more_good(sheet: Sheet) -> list[Problem]:
    """Results of training that hold for more people than were asked."""
    return [Problem("training_results.csv", number, "good", Words("found {good} of {people} people", good=row["good"], people=row["people"]), Words("{people} or fewer", people=row["people"]), "Correct one of the two figures.")
            for number, row in zip(sheet.numbers, sheet.rows) if _more(row.get("good", ""), row["people"])]


def passed_before(sheet: Sheet) -> list[Problem]:
    """Lessons that were passed on before they were learnt."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        learnt, told = day_of(row.get("date", "")), day_of(row.get("passed_on", ""))
        if learnt and told and told < learnt:
            problems.append(Problem("learning_log.csv", number, "passed_on", Words("found {told}, before the day {learnt}", told=told, learnt=learnt), Words("{learnt} or later", learnt=learnt), "Correct one of the two dates."))
    return problems


def half_promises(sheet: Sheet) -> list[Problem]:
    """Standards with a KPI and no mark or side to hold it against, or with a mark that says not on which side."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        mark, side, kpi = row.get("mark", ""), row.get("side", ""), row.get("kpi", "")
        if kpi and not mark:
            problems.append(Problem("standards.csv", number, "mark", Words("found no mark for a standard that the KPI {kpi} measures", kpi=kpi), "the value that is promised, in the KPI's unit", "Fill the cell, or leave the KPI empty until the promise is a figure."))
        if mark and not side:
            problems.append(Problem("standards.csv", number, "side", Words("found nothing beside the mark {mark}", mark=mark), "at least or at most", "Say on which side of the mark the promise is kept."))
    return problems


def _more(part: str, whole: str) -> bool:
    return part.isdecimal() and whole.isdecimal() and int(part) > int(whole)
