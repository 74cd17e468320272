"""Charts of step 4."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.language import absent, between, count, number, period, say, share, signed
from planning.show.records import Chart, Column, Table

STATUS = {"on target": ("●", canvas.BLUE), "near": ("◆", canvas.LIGHT), "behind": ("▲", canvas.ORANGE), "stale": ("■", canvas.GREY), "no data": ("○", canvas.GREY),
          "no target": ("○", canvas.GREY)}
SHADE = "#e6eaee"
GROUPS = {"patrons": ("o", canvas.BLUE), "staff": ("s", canvas.GREEN), "leadership": ("D", canvas.ORANGE), "partners": ("^", canvas.GREY)}


def status(rows: pd.DataFrame) -> Chart | Table:
    """How far each KPI is on its way to target, with its status as a sign and a word; the bare table where no KPI has a target."""
    if rows["status"].isin(["no target", "no data"]).all():
        return tables.evaluation.untargeted(rows)
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.37))
    places = range(len(rows))
    axes.barh(places, rows["share_done"].fillna(0), height=0.56, color=[STATUS[word][1] for word in rows["status"]])
    for place, row in zip(places, rows.itertuples()):
        axes.text(1.03, place, _verdict(row), va="center", fontsize=8.5)
        if not absent(row.expected):
            axes.plot([row.expected] * 2, [place - 0.42, place + 0.42], color=canvas.INK, linewidth=2)
    axes.set_yticks(list(places), [canvas.wrapped(name) for name in rows["name"]], fontsize=8.5)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 1.6)
    axes.set_xticks([0, 0.5, 1], [share(0), share(0.5), share(1)])
    axes.set_xlabel(canvas.wrapped(say("share of the way from baseline to target; dark mark: where a straight line would be"), 62), loc="left", fontsize=8.5)
    alt = say("Bars for each KPI: its share of the way to target, beside where a straight line would be. ") + "; ".join(
        _told_status(row) for row in rows[["name", "status", "share_done", "expected"]].itertuples(index=False))
    columns = (Column("name", "KPI"), Column("status", "Status"), Column("latest", "Latest"), Column("goal", "Target or band", "points"), Column("due", "Due", "day"),
               Column("share_done", "Of the way", "share"), Column("expected", "Line", "share"))
    told = rows.assign(latest=[_latest(row) for row in rows.to_dict("records")],
                       goal=[between(row.target_low, row.target_high) or (None if absent(row.target) else number(row.target)) for row in rows.itertuples()])
    table = Table("kpi_progress", told, columns, say("Every KPI on its way to target"), most=60)
    return Chart(figure, findings.evaluation.status(rows), alt, say("share of the way, 0% to 100%"), count("{n} KPI", "{n} KPIs", len(rows)), table)


def _latest(row: dict[str, object]) -> str | None:
    if absent(row["value"]):
        return None
    return say("{value} in {period}", value=findings.evaluation.measure(row["value"], row["unit"]), period=period(row["period"]))


def _told_status(row: object) -> str:
    if absent(row.share_done):
        return say("{name}: {status}", name=row.name, status=say(row.status))
    line = "" if absent(row.expected) else say(", line at {line}", line=share(row.expected))
    return say("{name}: {status}, {done} of the way{line}", name=row.name, status=say(row.status), done=share(row.share_done), line=line)


def _verdict(row: object) -> str:
    words = [f"{STATUS[row.status][0]} {say(row.status)}"]
    if row.direction == "band" and not absent(row.achieved):
        words.append(say("in its band") if row.achieved else say("outside its band"))
    elif row.raw < 0:
        words.append(say("went backwards"))
    return ", ".join(words)


def control(rows: pd.DataFrame, about: pd.DataFrame, signal: pd.DataFrame) -> Chart:
    """The control chart of one KPI: values, mean, process limits, signals and events."""
    one, places = about.iloc[0], np.arange(len(rows))
    figure, axes = canvas.figure(4.4)
    axes.plot(places, rows["value"], color=canvas.BLUE, marker="o", markersize=3.5, linewidth=1.3, zorder=3)
    for _, part in rows[rows["enough"].astype(bool)].groupby("segment"):
        spot = part.index.to_numpy()
        axes.fill_between(spot, part["low"], part["high"], color=SHADE, linewidth=0)
        axes.plot(spot, part["mean"], color=canvas.MUTED, linewidth=1.2)
    marked = _signals(axes, rows, signal)
    marks = _events(axes, rows)
    goal = say("dashed: target") if _target(axes, rows, one) else ""
    year = {"monthly": 12, "quarterly": 4, "yearly": 1}[one["frequency"]]
    shown = places[::year * int(np.ceil(len(rows) / year / 6))]
    axes.set_xticks(shown, [period(rows["period"].iloc[place]) for place in shown], fontsize=8.5)
    key = [say("shaded: what the process does by itself, with its mean") if rows["enough"].any() else "", marked, goal, *marks]
    axes.set_xlabel(canvas.wrapped("; ".join(part for part in key if part), 96), loc="left", fontsize=8.5)
    axes.set_ylabel(canvas.wrapped(one["unit"], 40))
    axes.yaxis.set_major_formatter(lambda value, _: number(value))
    known = rows["value"].dropna()
    alt = say("A line of {n} values of {name} from {first} to {last}, lowest {low}, highest {high}, latest {latest}; process limits {from_} to {to}; {points}.",
              n=len(known), name=one["name"], first=period(rows["period"].iloc[0]), last=period(rows["period"].iloc[-1]), low=number(known.min()), high=number(known.max()),
              latest=number(known.iloc[-1]), from_=number(rows["low"].iloc[-1]), to=number(rows["high"].iloc[-1]),
              points=say("no change beyond chance in the past year") if signal.empty else say("a change by more than chance since {since}", since=period(signal.iloc[0]["since"])))
    finding = findings.evaluation.control(rows, about, signal)
    return Chart(figure, finding, alt, _unit(rows, one), count("{n} period measured", "{n} periods measured", len(known)), tables.evaluation.control(rows))


def _signals(axes: object, rows: pd.DataFrame, signal: pd.DataFrame) -> str:
    if signal.empty:
        return ""
    since, until = (rows.index[rows["period"] == signal.iloc[0][end]][0] for end in ("since", "until"))
    points = rows.loc[since:until].dropna(subset=["value"])
    axes.scatter(points.index, points["value"], marker="^" if signal.iloc[0]["moved"] == "up" else "v", s=34, color=canvas.ORANGE, zorder=4)
    return say("triangles: the change by more than chance")


def _events(axes: object, rows: pd.DataFrame) -> list[str]:
    named = rows[rows["event"] != ""]
    for letter, place in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", named.index):
        axes.axvline(place, color=canvas.MUTED, linewidth=0.9, linestyle=":")
        axes.text(place, 1.01, letter, transform=axes.get_xaxis_transform(), ha="center", fontsize=8.5, color=canvas.MUTED)
    return [f"{letter}: {event}" for letter, event in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", named["event"])]


def _target(axes: object, rows: pd.DataFrame, one: pd.Series) -> bool:
    goals = [goal for goal in (one["target"], one["target_low"], one["target_high"]) if not absent(goal)]
    for goal in goals:
        axes.axhline(goal, color=canvas.GREEN, linewidth=1.3, linestyle="--")
    return bool(goals)


def _unit(rows: pd.DataFrame, one: pd.Series) -> str:
    if not rows["seasonal"].any():
        return str(one["unit"])
    base = str(one["baseline_period"])
    month = period(base).split(" ")[0] if len(base) == 7 else say("mean month")
    return say("{unit}, season taken out: each month as if it were {month}", unit=one["unit"], month=month)


def agreement(rows: pd.DataFrame) -> Chart | Table:
    """Share who agree with each statement, with its interval, group by group; the bare table where every row is hidden."""
    columns = (Column("text", "Statement"), Column("group", "Asked of"), Column("n", "Answers", "whole"), Column("agree", "Agree", "share"), Column("interval", "95% interval", "points"),
               Column("neutral", "Neither", "share"), Column("disagree", "Disagree", "share"))
    spans = [between(low, high, share) for low, high in zip(rows["low"], rows["high"])]
    table = Table("survey_agreement", rows.assign(interval=spans), columns, say("Agreement with each statement, least first"), _hidden_note(rows))
    if rows["hidden"].all():
        return table
    known = pd.concat([rows[(rows["group"] == group) & ~rows["hidden"].astype(bool)] for group in GROUPS], ignore_index=True)
    first = ~known["group"].duplicated()
    known.index = known.index + first.cumsum()
    figure, axes = canvas.figure(canvas.height_for(len(known) + first.sum(), 0.38))
    for group, part in known.groupby("group", sort=False):
        _dots(axes, part, *GROUPS[group])
        axes.text(0.01, part.index[0] - 1, say(group), va="center", fontsize=9, color=canvas.MUTED, style="italic")
    _statements(axes, known, "text")
    axes.set_xlabel(say("share who agree or strongly agree, of how many; line: 95% interval"), loc="right", fontsize=8.5)
    alt = say("Share who agree with each statement, with 95% interval. ") + _told(known, "text")
    basis = count("{n} answer", "{n} answers", int(known["n"].sum()))
    return Chart(figure, findings.evaluation.by_group(rows)[0], alt, say("share 0% to 100%, answers 4 and 5 of 5"), basis, table)


def segments(rows: pd.DataFrame, question: str) -> Chart | Table:
    """Agreement with one statement, segment by segment; the bare table where every row is hidden."""
    own = rows[rows["question"] == question] if question else rows
    columns = (Column("segment_name", "Segment"), Column("n", "Answers", "whole"), Column("agree", "Agree", "share"), Column("low", "From", "share"),
               Column("high", "To", "share"), Column("everyone", "Everyone", "share"), Column("clear", "Clearly different"))
    caption = say("Agreement with “{statement}” by segment", statement=own["text"].iloc[0]) if question else say("Agreement by segment")
    table = Table("survey_segments", own, columns, caption, _hidden_note(own))
    if own["hidden"].all():
        return table
    known = own[~own["hidden"].astype(bool)].sort_values(["agree", "segment_name"]).reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.4, 2.2))
    axes.axvline(known["everyone"].iloc[0], color=canvas.MUTED, linestyle="--", linewidth=1.1)
    for clear, part in known.groupby("clear"):
        _dots(axes, part, "D" if clear else "o", canvas.ORANGE if clear else canvas.BLUE)
    _statements(axes, known, "segment_name")
    axes.set_xlabel(say("share who agree, of how many; dashed: everyone; diamond: clearly different"), loc="right", fontsize=8.5)
    alt = say("Share who agree with “{statement}” by segment, everyone {everyone}. ", statement=known["text"].iloc[0], everyone=share(known["everyone"].iloc[0])) + _told(known, "segment_name")
    basis = count("{n} answer", "{n} answers", int(known["n"].sum()))
    return Chart(figure, findings.evaluation.divided(rows, question), alt, say("share 0% to 100%, with 95% interval"), basis, table)


def _dots(axes: object, part: pd.DataFrame, marker: str, colour: str) -> None:
    axes.hlines(part.index, part["low"], part["high"], color=canvas.LIGHT, linewidth=3)
    axes.scatter(part["agree"], part.index, marker=marker, color=colour, s=44, zorder=3)
    for place, row in zip(part.index, part.itertuples()):
        axes.text(1.02, place, say("{share} of {n}", share=share(row.agree), n=number(row.n)), va="center", fontsize=8.5)


def _statements(axes: object, rows: pd.DataFrame, name: str) -> None:
    axes.set_yticks(rows.index, [canvas.wrapped(text, 40) for text in rows[name]], fontsize=8.5)
    axes.set_ylim(rows.index[-1] + 0.6, -0.6)
    axes.set_xlim(0, 1.24)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [share(tick) for tick in (0, 0.25, 0.5, 0.75, 1)])
    axes.grid(axis="x")


def _told(rows: pd.DataFrame, name: str) -> str:
    return "; ".join(say("{name}: {share}, {low} to {high}", name=row[name], share=share(row["agree"]), low=share(row["low"]), high=share(row["high"]))
                     for row in rows.to_dict("records"))


def _hidden_note(rows: pd.DataFrame) -> str:
    n = int(rows["hidden"].sum())
    return count("{n} row has too few answers and is not shown.", "{n} rows have too few answers, or would give away one that has, and are not shown.", n) if n else ""


def promoters(rows: pd.DataFrame) -> Chart | Table:
    """Promoter scores with their margin; the bare table where every row is hidden."""
    columns = (Column("text", "Question"), Column("group", "Asked of"), Column("n", "Answers", "whole"), Column("score", "Score", "signed", 0), Column("interval", "95% interval", "points"),
               Column("promoters", "Promoters (9, 10)", "share"), Column("detractors", "Detractors (0 to 6)", "share"))
    spans = [between(low, high, lambda value: signed(round(value), 0)) for low, high in zip(rows["low"], rows["high"])]
    table = Table("promoter_scores", rows.assign(interval=spans), columns, say("Would they recommend the library?"), _hidden_note(rows))
    if rows["hidden"].all():
        return table
    known = rows[~rows["hidden"].astype(bool)].sort_values(["n", "question"], ascending=[False, True]).reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.7))
    axes.axvline(0, color=canvas.MUTED, linewidth=1)
    axes.hlines(known.index, known["low"], known["high"], color=canvas.LIGHT, linewidth=7)
    for place, row in zip(known.index, known.itertuples()):
        axes.scatter(row.score, place, marker=GROUPS[row.group][0], color=GROUPS[row.group][1], s=60, zorder=3)
        axes.annotate(signed(round(row.score), 0), (row.score, place), xytext=(0, 9), textcoords="offset points", ha="center", fontsize=9)
    names = [say("{statement} ({group}, {n})", statement=row.text, group=say(row.group), n=number(row.n)) for row in known.itertuples()]
    axes.set_yticks(known.index, [canvas.wrapped(name, 40) for name in names], fontsize=8.5)
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlim(-100, 100)
    axes.set_xlabel(say("promoters minus detractors, −100 to +100; bar: 95% interval"), loc="right")
    alt = say("Promoter scores with 95% interval. ") + "; ".join(
        say("{group}: {score}, from {low} to {high}", group=say(row.group), score=signed(round(row.score), 0), low=signed(round(row.low), 0), high=signed(round(row.high), 0))
        for row in known.itertuples())
    basis = count("{n} answer", "{n} answers", int(known["n"].sum()))
    return Chart(figure, findings.evaluation.recommended(rows)[0], alt, say("points, −100 to +100"), basis, table)


def closure(rows: pd.DataFrame, overall: pd.DataFrame, *, days: int) -> Chart | Table:
    """Entries answered, open, and open for long, by channel; the bare table where every row is hidden."""
    table = tables.evaluation.closure(rows, by="channel", days=days)
    if rows["hidden"].all():
        return table
    known = rows[~rows["hidden"].astype(bool)].reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.42))
    left = np.zeros(len(known))
    parts = ((known["closed"], canvas.BLUE, "", say("answered")), (known["open"] - known["old"], canvas.SAND, "", say("open")),
             (known["old"], canvas.ORANGE, "///", say("open for more than {days} days", days=number(days))))
    for values, colour, hatch, label in parts:
        axes.barh(known.index, values, left=left, height=0.6, color=colour, hatch=hatch, edgecolor="white", linewidth=0, label=label)
        left = left + values.to_numpy()
    for place, row in zip(known.index, known.itertuples()):
        axes.text(row.entries + left.max() * 0.015, place, say("{share} answered", share=share(row.share)), va="center", fontsize=8.5)
    axes.set_yticks(known.index, [canvas.wrapped(say(part)) for part in known["part"]])
    axes.invert_yaxis()
    axes.set_xlim(0, left.max() * 1.22)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(say("entries"))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    alt = say("Bars of entries answered and open, least answered first. ") + "; ".join(
        say("{part}: {closed} of {entries} answered, {old} open for long", part=say(row.part), closed=number(row.closed), entries=number(row.entries), old=number(row.old))
        for row in known.itertuples())
    basis = count("{n} entry", "{n} entries", int(overall.iloc[0]["entries"]))
    return Chart(figure, findings.evaluation.answered(overall, rows), alt, say("number of entries"), basis, table)
