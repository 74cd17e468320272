"""Sentences of step 7: gaps, what needs attention, statements we can stand behind, stories, the calendar."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, day, listed, number, period, say, share
from planning.show.records import Finding

PARTS = {"who": "whom it concerns", "range": "how far it may be off", "limits": "its limits", "goal": "its goal", "earlier figure": "an earlier figure"}
TONES = {"better": "good", "held": "good", "worse": "bad", "outside": "bad", "stale": "unknown", "no data": "unknown"}


def gaps(coverage: pd.DataFrame) -> Finding | None:
    """Which audiences hear nothing, and how many hear nothing yet."""
    if coverage.empty:
        return None
    silent, waiting = coverage[coverage["gap"] == "no message"], int((coverage["gap"] == "none approved or sent").sum())
    if silent.empty and not waiting:
        text = count("The one audience has a message that is approved or sent.", "Each of the {n} audiences has a message that is approved or sent.", len(coverage))
        return Finding(text, "good", "counted", ("audiences", "messages"))
    parts = []
    if len(silent):
        parts.append(count("{n} of {all} audiences has no message: {names}.", "{n} of {all} audiences have no message: {names}.", len(silent),
                           all=number(len(coverage)), names=_quoted(silent["audience_name"], most=3)))
    else:
        parts.append(say("Every audience has a message."))
    if waiting:
        more = count("For {n} audience", "For {n} audiences", waiting) if silent.empty else count("For {n} more", "For {n} more", waiting)
        parts.append(say("{for_some}, no message is approved or sent yet.", for_some=more))
    return Finding(" ".join(parts), "bad", "counted", ("audiences", "messages"))


def numbers(coverage: pd.DataFrame) -> Finding | None:
    """For how many audiences a message rests on a number."""
    if coverage.empty or not coverage["messages"].sum():
        return None
    backed = int((coverage["backed"] > 0).sum())
    if not backed:
        return Finding(say("No message to any audience rests on a measured KPI."), "plain", "counted", ("audiences", "messages", "kpi_values"))
    text = count("For {n} audience of {all}, at least one message rests on a measured KPI.",
                 "For {n} audiences of {all}, at least one message rests on a measured KPI.", backed, all=number(len(coverage)))
    return Finding(text, "good" if backed == len(coverage) else "plain", "counted", ("audiences", "messages", "kpi_values"))


def goals(by_goal: pd.DataFrame) -> Finding | None:
    """Which goals nobody speaks for."""
    if by_goal.empty:
        return None
    rests = ("goals", "messages")
    silent, waiting = by_goal[by_goal["messages"] == 0], by_goal[by_goal["going"] == 0]
    if len(silent):
        text = count("No message speaks for {names}, a goal with {share} of the weight.", "No message speaks for {names}, goals with {share} of the weight.",
                     len(silent), names=_quoted(silent["goal_name"]), share=share(silent["weight"].sum()))
        return Finding(text, "bad", "counted", rests)
    if len(waiting):
        text = say("Every goal in force has a message; for {names}, with {share} of the weight, none is approved or sent yet.",
                   names=_quoted(waiting["goal_name"], most=3), share=share(waiting["weight"].sum()))
        return Finding(text, "bad", "counted", rests)
    return Finding(say("Every goal in force has a message that is approved or sent."), "good", "counted", rests)


def attention(checks: pd.DataFrame, register: pd.DataFrame) -> Finding | None:
    """How many messages should not go out as they stand, and why."""
    if register.empty:
        return None
    stopped = checks[checks["stops"].astype(bool)]
    held, looked_at = stopped["message"].nunique(), checks["message"].nunique()
    rests = ("messages", "kpis", "kpi_values", "stories")
    if not looked_at:
        return Finding(count("Nothing is the matter with the {n} message.", "Nothing is the matter with the {n} messages.", len(register)), "good", "counted", rests)
    rest = count("{n} other needs a look.", "{n} others need a look.", looked_at - held) if looked_at > held else ""
    if not held:
        text = count("No message has to be stopped; {n} of {all} needs a look.", "No message has to be stopped; {n} of {all} need a look.",
                     looked_at, all=number(len(register)))
        return Finding(text, "plain", "counted", rests)
    text = count("{n} of {all} messages should not be told as it stands ({why}).", "{n} of {all} messages should not be told as they stand ({why}).", held,
                 all=number(len(register)), why="; ".join(say(matter) for matter in stopped["matter"].unique()))
    return Finding(f"{text} {rest}".strip(), "bad", "counted", rests)


def proof(statements: pd.DataFrame) -> Finding | None:
    """How many KPIs can be told as a success, and how many cannot be told at all."""
    if statements.empty:
        return None
    stands, against = int(statements["stands"].sum()), int((statements["verdict"].isin(["worse", "outside"]) & ~statements["hidden"].astype(bool)).sum())
    unknown = int(statements["verdict"].isin(["stale", "no data"]).sum())
    text = count("{stands} of {n} KPI on outputs, outcomes and impact can be told as a success",
                 "{stands} of {n} KPIs on outputs, outcomes and impact can be told as a success", len(statements), stands=number(stands))
    parts = [count("{n} went the wrong way", "{n} went the wrong way", against)] if against else []
    parts += [count("{n} has no figure of today", "{n} have no figure of today", unknown)] if unknown else []
    rest = len(statements) - stands - against - unknown
    parts += [count("for {n} no clear change can be shown", "for {n} no clear change can be shown", rest)] if rest else []
    tone = "good" if stands > len(statements) / 2 else "plain" if stands else "bad" if against else "unknown"
    return Finding("; ".join([text, listed(parts)] if parts else [text]) + ".", tone, "counted", ("kpis", "kpi_values", "events"))


def strongest(statements: pd.DataFrame) -> Finding | None:
    """The statement for the heaviest goal that stands, of what changed rather than of what was done where there is one."""
    found = statements[statements["stands"]]
    return statement(next(found.head(1).itertuples())) if len(found) else None


def standing(statements: pd.DataFrame, *, full: bool = True) -> list[Finding]:
    """Every statement that can be told as a success: in full, or as short as its limits allow."""
    return [statement(row) if full else _limited(row) for row in statements[statements["stands"]].itertuples()]


def wrong(statements: pd.DataFrame, *, full: bool = True) -> list[Finding]:
    """What went the wrong way, the heaviest goal first; nothing of what few answered."""
    own = statements[statements["verdict"].isin(["worse", "outside"]) & ~statements["hidden"].astype(bool)]
    return [statement(row) if full else _limited(row) for row in own.itertuples()]


def _limited(row: object) -> Finding:
    """A statement in its shortest honest form, with its limits."""
    whole = statement(row)
    limits = "" if absent(row.limits) else " " + say("Keep in mind: {limits}.", limits=row.limits.rstrip("."))
    return Finding(short(row) + limits, whole.tone, whole.grade, whole.rests_on)


def plainly(statements: pd.DataFrame) -> list[Finding]:
    """What is said plainly of the KPIs that cannot be told as a success."""
    return [statement(row) for row in statements[~statements["stands"].astype(bool)].itertuples()]


def whole(statements: pd.DataFrame) -> Finding | None:
    """How many of the statements that can be told carry every part of a whole statement, and what the others lack."""
    own = statements[statements["stands"].astype(bool)]
    if own.empty:
        return None
    short = own[own["lacks"] != ""]
    if short.empty:
        return Finding(count("The one statement that can be told names whom it concerns, its goal, an earlier figure, how sure it is and its limits.",
                             "All {n} statements that can be told name whom they concern, their goal, an earlier figure, how sure they are and their limits.", len(own)), "good", "counted", ("kpis", "kpi_values"))
    lacking = short["lacks"].str.split("; ").explode().value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    parts = listed(say("{part} ({n})", part=say(PARTS.get(part, part)), n=number(n)) for part, n in lacking.items())
    text = count("{n} of {all} statements that can be told lacks a part: {parts}. Fill it in, or leave the statement out.",
                 "{n} of {all} statements that can be told lack a part: {parts}. Fill it in, or leave the statement out.", len(short), all=number(len(own)), parts=parts)
    return Finding(text, "bad", "counted", ("kpis", "kpi_values"))


def few_answers(surveyed: pd.DataFrame) -> Finding | None:
    """How many KPI values are not shown because too few answered."""
    few = surveyed[surveyed["hidden"].astype(bool)]
    if few.empty:
        return None
    text = count("{n} KPI value rests on too few answers and is shown nowhere on this page.", "{n} KPI values rest on too few answers and are shown nowhere on this page.", len(few))
    return Finding(text, "unknown", "counted", ("kpi_values", "answers"))


def short(row: object) -> str:
    """A statement in its shortest honest form: what changed, how sure, and no cause where none is shown."""
    parts = [_change(row)]
    if row.hidden or row.verdict == "no data":
        return parts[0]
    if not absent(row.n):
        parts.append(say("By chance alone it could lie between {low} and {high}.", low=amount(row.low, "%", 0), high=amount(row.high, "%", 0)))
    parts += [say("It is an estimate without a range.")] if row.sampled and absent(row.n) else []
    parts += [say("The figure does not show what caused it.")] if row.grade == "associated" else []
    return " ".join(parts)


def who(row: object) -> str:
    """Whom a statement concerns, in words."""
    if not absent(row.counted_of):
        return row.counted_of
    return say("patrons of the library") if absent(row.service_name) else say("patrons of: {service}", service=row.service_name)


def statement(row: object) -> Finding:
    """One statement: what changed, for whom, from what to what, over which period, how sure, and its limits."""
    parts = [_change(row)]
    if absent(row.counted_of) and not absent(row.service_name) and row.grade != "associated" and not row.hidden:
        parts.append(say("It concerns those who use {service}.", service=row.service_name))
    if row.grade == "associated":
        parts.append(say("The figure does not show what caused the change.") if absent(row.service_name) else
                     say("The change went together with the work of {service}; the figure does not show what caused it.", service=row.service_name))
    if not absent(row.n):
        parts.append(say("{n} answered; by chance alone the share could lie between {low} and {high}.",
                         n=count("{n} person", "{n} people", int(row.n)), low=amount(row.low, "%", 0), high=amount(row.high, "%", 0)))
    elif row.sampled and row.verdict not in ("stale", "no data", "unsure") and not row.hidden:
        parts.append(say("It rests on a sample or an estimate, and the plan holds no range for it."))
    if row.verdict in ("better", "mixed", "worse") and absent(row.usual) and absent(row.n):
        parts.append(say("With so few values, the usual ups and downs are not known."))
    if row.verdict != "no data":
        parts += [] if absent(row.limits) else [say("Keep in mind: {limits}.", limits=row.limits.rstrip("."))]
        parts += [] if absent(row.note) or not row.note else [say("Noted with this value: {note}.", note=row.note.rstrip("."))]
    rests = ("kpis", "kpi_values") if absent(row.n) else ("kpis", "kpi_values", "answers")
    return Finding(" ".join(parts), TONES.get(row.verdict, "plain") if not row.hidden else "unknown", row.grade, rests)


def _change(row: object) -> str:
    if row.hidden:
        return say("{name}: too few people answered to show a figure.", name=row.name)
    if row.verdict == "no data":
        return say("{name}: not measured yet.", name=row.name)
    digits = decimals(row.value, row.value_from)
    words = {"name": row.name, "now": amount(row.value, row.unit, digits), "when": period(row.period), "year": amount(row.year_before, "", digits)}
    words |= {"then": amount(row.value_from, _per_cent(row.unit), digits), "before": period(row.period_from), "since": row.since,
              "low": amount(row.band_low, _per_cent(row.unit)), "high": amount(row.band_high, row.unit)}
    words |= {"chance": say("the usual ups and downs") if abs(row.change) <= row.usual else say("chance alone could bring")}
    if row.verdict in ("held", "outside"):
        words |= {"kept": number(row.inside), "all": number(row.measured)}
    return say(_wording(row), **words)


def _wording(row: object) -> str:
    if row.verdict == "not comparable":
        return ("{name}: {now} in {when}. Earlier figures were counted in another way ({since}), so they are not set beside it." if row.since
                else "{name}: {now} in {when}. There is no earlier figure of the same time of year to set beside it.")
    if row.verdict == "same" and row.change == 0:
        return "{name}: {now} in {when}, the same as in {before}."
    if row.verdict == "held" and row.measured == 1:
        return "{name}: {now} in {when}, within the band of {low} to {high}."
    return {
        "better": "{name}: {now} in {when}, up from {then} in {before}." if row.change > 0 else "{name}: {now} in {when}, down from {then} in {before}.",
        "worse": "{name} went the wrong way: {now} in {when}, after {then} in {before}.",
        "mixed": "{name}: {now} in {when}, better than {then} in {before}, but worse than {year} a year earlier.",
        "same": "{name}: {now} in {when} and {then} in {before}; the difference is no larger than {chance}.",
        "unsure": "{name}: {now} in {when} and {then} in {before}; the plan does not hold enough to tell whether that is a change.",
        "held": "{name}: {now} in {when}, and within the band of {low} to {high} in all {all} measurements of the past year.",
        "outside": "{name}: {now} in {when}; the band of {low} to {high} was kept in {kept} of {all} measurements of the past year.",
        "stale": "{name}: last measured in {when}, too long ago to speak of today.",
    }[row.verdict]


def amount(value: float, unit: str, digits: int | None = None) -> str:
    """A value with its unit, per cent without a space.

    >>> amount(38.0, "% of newcomers", 0), amount(3.39, "USD a loan", 2)
    ('38% of newcomers', '3.39 USD a loan')
    """
    text = number(value, decimals(value) if digits is None else digits)
    return text + unit if unit.startswith("%") else f"{text} {unit}".strip()


def decimals(*values: float) -> int:
    """How many decimals it takes to write the values as they were measured, at most two.

    >>> decimals(38.0), decimals(3.39, 3.1), decimals(float("nan"))
    (0, 2, 0)
    """
    return max(next((digits for digits in (0, 1) if abs(value - round(value, digits)) < 1e-9), 2) for value in (0.0 if absent(one) else one for one in values))


def _quoted(names: pd.Series, most: int = 0) -> str:
    return listed((say("“{name}”", name=name) for name in names), most=most)


def _per_cent(unit: str) -> str:
    return "%" if unit.startswith("%") else ""


def stories(told: pd.DataFrame, left_out: pd.DataFrame) -> Finding | None:
    """How many stories may be told, and why the others may not."""
    left = int(left_out["stories"].sum())
    if not len(told) + left:
        return None
    text = count("{n} of {all} stories may be told.", "{n} of {all} stories may be told.", len(told), all=number(len(told) + left))
    if left:
        why = "; ".join(say("{reason}: {n}", reason=say(row.reason), n=row.stories) for row in left_out.itertuples())
        text += " " + count("{n} is left out ({why}).", "{n} are left out ({why}).", left, why=why)
    return Finding(text, "plain" if left else "good", "counted", ("stories",))


def voices(told: pd.DataFrame) -> list[Finding]:
    """Stories that may be told, each in its own words."""
    return [Finding(say("{name}: {told}.", name=row.name, told=row.text.rstrip(".")), "plain", "told", ("stories",)) for row in told.itertuples()]


def bank(bank: pd.DataFrame) -> Finding | None:
    """How many stories that may be told have a figure beside them, and what the others lack."""
    if bank.empty:
        return None
    beside, stands = int((bank["beside"] != "").sum()), int(bank["stands"].astype(bool).sum())
    text = count("Beside {n} of {all} stories that may be told stands a measured figure", "Beside {n} of {all} stories that may be told stands a measured figure", beside, all=number(len(bank)))
    text += count("; for {n} it can be told as a success.", "; for {n} it can be told as a success.", stands) if stands else say("; for none it can be told as a success.") if beside else "."
    short = bank[bank["lacks"] != ""]
    parts = [say("“{name}” ({lacks})", name=row.name, lacks=listed(say(part) for part in row.lacks.split("; "))) for row in short.itertuples()]
    text += " " + count("{n} lacks something: {parts}.", "{n} lack something: {parts}.", len(short), parts=listed(parts, most=3)) if len(short) else ""
    return Finding(text, "bad" if len(short) else "good", "counted", ("stories", "kpis", "kpi_values"))


def expiring(told: pd.DataFrame, *, ahead: int) -> Finding | None:
    """Stories whose consent runs out soon."""
    soon = told[told["days_left"] <= ahead]
    if soon.empty:
        return None
    text = count("The consent for {names} runs out within {days} days.", "The consent for {names} runs out within {days} days.", len(soon),
                 names=_quoted(soon["name"]), days=number(ahead))
    return Finding(text, "bad", "counted", ("stories",))


def coming(calendar: pd.DataFrame, *, ahead: int) -> Finding | None:
    """What goes out next, what is late and what has no day."""
    if calendar.empty:
        return None
    soon = calendar[calendar["when"] == "coming"]
    late, undated = int((calendar["when"] == "late").sum()), int((calendar["when"] == "no day").sum())
    if len(soon):
        waiting = int(soon["status"].isin(["idea", "draft"]).sum())
        text = count("In the next {days} days {n} message goes out, on {first}", "In the next {days} days {n} messages go out, the first on {first}", len(soon),
                     days=ahead, first=day(soon["date"].min()))
        text += "; " + count("{n} is not approved yet.", "{n} are not approved yet.", waiting) if waiting else "."
    else:
        text = say("In the next {days} days no message goes out.", days=ahead)
    parts = [count("{n} is late.", "{n} are late.", late)] if late else []
    parts += [count("{n} has no day.", "{n} have no day.", undated)] if undated else []
    return Finding(" ".join([text, *parts]), "bad" if late or soon.empty else "plain", "counted", ("messages",))
