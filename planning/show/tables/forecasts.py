"""Tables of step 4: chances, changes around events, reach, voice, the director's measures."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.forecasts import BLIND, MEASURES, METHODS, chance, target, value
from planning.show.findings.evaluation import figure
from planning.show.language import absent, between, count, day, number, say, signed
from planning.show.records import Column, Table


def chances(rows: pd.DataFrame) -> Table:
    """Every KPI with what to expect of it when its target is due, or why nothing can be said."""
    columns = (Column("name", "KPI"), Column("told", "Chance of meeting it"), Column("status", "Status today"), Column("goal_told", "Target"), Column("by", "Due in", "period"),
               Column("expected_told", "Expected"), Column("range", "80% range", "points"), Column("asked_told", "Line asks today for"), Column("method_told", "Method"),
               Column("mase", "Error in the back-test (MASE)", "number", 2), Column("points", "Values", "whole"), Column("reason", "Why there is no forecast"))
    shown = rows.assign(
        told=[None if absent(row["chance"]) else say("{chance}, {word}", chance=chance(row["chance"]), word=say(row["word"])) for row in rows.to_dict("records")],
        goal_told=[None if absent(row["chance"]) else target(row) for row in rows.to_dict("records")],
        expected_told=[None if absent(row["expected"]) else figure(row["expected"], row["unit"]) for row in rows.to_dict("records")],
        range=[between(low, high) for low, high in zip(rows["low"], rows["high"])],
        asked_told=[None if absent(row["asked"]) else figure(row["asked"], row["unit"]) for row in rows.to_dict("records")],
        method_told=[None if absent(row["method"]) else say(METHODS[row["method"]]) for row in rows.to_dict("records")],
        reason=[say(reason) if reason else None for reason in rows["reason"]])
    drawn = rows["draws"].dropna()
    columns = (columns[0], columns[2], columns[-1]) if drawn.empty else columns
    note = "" if drawn.empty else say("Each chance rests on {draws} possible futures, drawn from the method's own past errors. The error is measured in usual steps of the KPI.",
                                      draws=number(drawn.iloc[0]))
    return Table("kpi_forecasts", shown, columns, say("What to expect of each KPI when its target is due"), note, most=60)


def course(rows: pd.DataFrame) -> Table:
    """One KPI from its latest values to its due period."""
    columns = (Column("period", "Period", "period"), Column("measured", "Measured", "number"), Column("expected", "Expected", "number"), Column("range", "80% range", "points"))
    last = int(rows["measured"].last_valid_index() or 0)
    shown = rows.iloc[max(0, last - 5):].assign(range=lambda part: [between(low, high) for low, high in zip(part["low"], part["high"])])
    return Table("kpi_forecast_course", shown.reset_index(drop=True), columns, say("Its last values, and what to expect period by period"), most=30)


def around_events(rows: pd.DataFrame) -> Table:
    """What a KPI did around each event recorded for it."""
    columns = (Column("told", "Recorded"), Column("name", "KPI"), Column("jump", "Jump at the event"), Column("rise", "Change of its course, a period"),
               Column("beside", "Against other services"), Column("reading", "Reading"))
    shown = rows.assign(
        told=[say("{event} ({day})", event=row.event_name, day=day(row.date)) for row in rows.itertuples()],
        jump=[_span(row.level, row.low, row.high) for row in rows.itertuples()], rise=[_span(row.slope, row.slope_low, row.slope_high) for row in rows.itertuples()],
        beside=[None if absent(row.against) else say("{change} (from {low} to {high})", change=_percent(row.against), low=_percent(row.against_low), high=_percent(row.against_high))
                for row in rows.itertuples()],
        reading=[_reading(row) for row in rows.itertuples()])
    note = say("In brackets: 95% intervals, which allow for values that hang together. Against other services: how much more, or less, the KPI changed than the use of "
               "all services that it is not about. Other things that happened then are in these figures.")
    return Table("kpi_around_events", shown, columns, say("What KPIs did where something was recorded"), note, most=12)


def _span(middle: float, low: float, high: float) -> str:
    return say("{change} ({low} to {high})", change=signed(middle), low=signed(low), high=signed(high))


def _percent(amount: float) -> str:
    return signed(amount * 100, 0) + "%"


def _reading(row: object) -> str:
    if row.counted_anew:
        return say("counted in a new way: no change of the service")
    jump = {1: say("a jump up"), -1: say("a jump down"), 0: say("no clear jump")}[row.jumped]
    rise = {1: say("its course turned upwards"), -1: say("its course turned downwards"), 0: ""}[row.turned]
    if not row.jumped and not row.turned and not absent(row.against) and row.against_low * row.against_high > 0:
        rise = say("it gained on the other services") if row.against > 0 else say("it lost against the other services")
    words = say("the two ways of looking contradict each other") if row.torn else say("{jump}; {rise}", jump=jump, rise=rise) if rise else jump
    return say("{words}; also recorded: {also}", words=words, also=row.also) if row.also else words


def reach(rows: pd.DataFrame) -> Table:
    """Who uses the library, group by group."""
    columns = (Column("segment_name", "Group"), Column("kind", "Kind"), Column("people", "People", "whole"), Column("active", "Used it in the past year", "whole"),
               Column("share", "Share", "share"), Column("parity", "Against the whole (1 is as often)", "number", 2), Column("short", "People missing to the whole's share", "whole"),
               Column("missed", "Often missed"))
    shown = rows.assign(missed=[say("yes") if flag is True or flag == 1 else None for flag in rows["inclusion"].fillna(False)])
    return Table("reach", shown, columns, say("Who is reached, least first"), _hidden_note(rows), most=40)


def voice(rows: pd.DataFrame) -> Table:
    """Whose voice is heard, source by source."""
    columns = (Column("source", "Source"), Column("segment_name", "Group"), Column("n", "Named it", "whole"), Column("share", "Share of voices", "share"),
               Column("people_share", "Share of people", "share"), Column("index", "Voices against people (1 is its due)", "number", 2), Column("heard", "Heard"))
    words = {"less": "clearly less", "more": "clearly more", "alike": "as its size has it", "": "not shown"}
    note = say("Clearly: by more than chance could explain, with the number of groups allowed for. People who belong to several groups could name one.")
    return Table("voice", rows.assign(heard=[say(words[word]) for word in rows["heard"]]), columns, say("Whose voice is heard, against their share of people"),
                 " ".join(part for part in (_hidden_note(rows), note) if part), most=40)


def _hidden_note(rows: pd.DataFrame) -> str:
    n = int(rows["hidden"].sum())
    return count("{n} row is too small, or would give away one that is, and is not shown in full.",
                 "{n} rows are too small, or would give away one that is, and are not shown in full.", n) if n else ""


def impact(rows: pd.DataFrame) -> Table:
    """The director's three measures, with what each does not show."""
    columns = (Column("area_told", "Measure of impact"), Column("measure_told", "Figure"), Column("now", "Latest"), Column("year", "Year", "id"), Column("then", "Before"),
               Column("change_told", "Change"), Column("blind", "What it does not show"))
    areas = {"patron engagement": "Patron engagement", "allocation efficiency": "Allocation efficiency", "partnership growth": "Partnership growth"}
    shown = rows.assign(
        area_told=[say(areas[area]) for area in rows["area"]], measure_told=[say(MEASURES[name]) for name in rows["measure"]], year=[str(int(year)) for year in rows["fiscal_year"]],
        now=[value(row.measure, row.value, row.unit) for row in rows.itertuples()],
        then=[None if absent(row.first) else say("{value} in {year}", value=value(row.measure, row.first, row.unit), year=int(row.first_year)) for row in rows.itertuples()],
        change_told=[None if absent(row.change) else changed(row) for row in rows.itertuples()], blind=[say(BLIND[name]) for name in rows["measure"]])
    return Table("director_measures", shown, columns, say("The director's three measures of impact"), most=20)


def changed(row: object) -> str:
    """By how much a measure moved: in points where it is a share, else in per cent of what it was."""
    if row.unit == "share":
        return say("{points} percentage points", points=signed(row.change * 100, 1))
    return say("not available") if absent(row.relative) else _percent(row.relative)
