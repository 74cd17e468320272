"""What must hold between surveys, their questions and their answers."""

from __future__ import annotations

import math

from planning.model.cells import day_of, number_of
from planning.model.errors import Problem, Words
from planning.model.sheet import Sheet

ENDS = {"agree 1-5": (1, 5), "recommend 0-10": (0, 10), "yes no": (0, 1)}
ALLOWED = {"agree 1-5": "a whole number from 1 to 5, the scale of this question", "recommend 0-10": "a whole number from 0 to 10, the scale of this question",
           "yes no": "1 for yes or 0 for no, the scale of this question"}


def broken(sheets: dict[str, Sheet]) -> list[Problem]:
    """Every rule about surveys that the plan breaks."""
    checks = {"answers": lambda sheet: scales(sheet, sheets.get("questions"), sheets.get("question_options")) + answered_twice(sheet),
              "questions": lambda sheet: without_steps(sheet, sheets.get("question_options")) + asked_before(sheet), "surveys": ended_early}
    return [problem for name, check in checks.items() if name in sheets for problem in check(sheets[name])]


def scales(sheet: Sheet, questions: Sheet | None, options: Sheet | None) -> list[Problem]:
    """Answers that do not lie on their question's scale."""
    scale = {row["question"]: row["scale"] for row in questions.rows} if questions else {}
    steps: dict[str, dict[float, str]] = {}
    for row in options.rows if options else []:
        steps.setdefault(row["question"], {})[number_of(row["code"])] = row.get("label", "")
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        kind, own, given = scale.get(row["question"]), steps.get(row["question"], {}), number_of(row.get("answer", ""))
        if kind == "steps" and own:
            fits = given in own
            allowed = Words("one of the steps of this question: {steps}", steps=", ".join(f"{code:g} {label}" for code, label in sorted(own.items())))
        else:
            low, high = ENDS.get(kind, (-math.inf, math.inf))
            fits, allowed = low <= given <= high, ALLOWED.get(kind, "")
        if row.get("answer") and not math.isnan(given) and not fits:
            problems.append(Problem("answers.csv", number, "answer", Words("found {text}", text=row["answer"]), allowed, "Correct the answer, or leave it empty."))
    return problems


def answered_twice(sheet: Sheet) -> list[Problem]:
    """Respondents who answered a question twice in one survey, on different days."""
    first: dict[tuple[str, str, str], tuple[int, str]] = {}
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        key = (row["respondent"], row["question"], row.get("survey", ""))
        row_before, day = first.setdefault(key, (number, row["date"]))
        if row.get("survey") and row_before != number and day != row["date"]:
            problems.append(Problem("answers.csv", number, "respondent", Words("found a second answer of {respondent} to {question} in the survey {survey}, after row {first}", respondent=row["respondent"],
                                                                               question=row["question"], survey=row["survey"], first=row_before),
                                    "one answer a respondent, question and survey", "Remove the row that does not count, or name the other survey."))
    return problems


def without_steps(sheet: Sheet, options: Sheet | None) -> list[Problem]:
    """Questions answered by steps in words whose words are not given."""
    known = {row["question"] for row in options.rows} if options else set()
    return [
        Problem("questions.csv", number, "scale", Words("found steps for {question}, whose words stand nowhere", question=row["question"]), "a row for each step in question_options.csv",
                "Add the words of the steps, lowest first, or choose another scale.")
        for number, row in zip(sheet.numbers, sheet.rows)
        if row["scale"] == "steps" and row["question"] not in known
    ]


def asked_before(sheet: Sheet) -> list[Problem]:
    """Questions that name themselves, a circle, or a question on another scale as the one that asked the same before."""
    rows = {row["question"]: row for row in sheet.rows}
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        before = rows.get(row.get("before", ""))
        if before is None:
            continue
        chain, here = set(), row["question"]
        while here in rows and here not in chain:
            chain.add(here)
            here = rows[here].get("before", "")
        if here == row["question"]:
            found = "found the question itself" if before is row else "found a question that leads back to this one"
            problems.append(Problem("questions.csv", number, "before", found, "the id of the question that asked the same earlier", "Name the earlier question, or leave the cell empty."))
        elif before["scale"] != row["scale"]:
            problems.append(Problem("questions.csv", number, "before", Words("found {before}, which is answered on the scale {scale}", before=row["before"], scale=Words(before["scale"])),
                                    "a question on the same scale", "Name another question, correct one of the two scales, or leave the cell empty."))
    return problems


def ended_early(sheet: Sheet) -> list[Problem]:
    """Surveys whose last day lies before their first."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        start, end = day_of(row.get("start", "")), day_of(row.get("end", ""))
        if start and end and end < start:
            problems.append(Problem("surveys.csv", number, "end", Words("found {end}, before {first} {start}", end=end, first="start", start=start),
                                    Words("the same day as {first} or later", first="start"), "Correct one of the two dates."))
    return problems
