"""Charts of step 7."""

from __future__ import annotations

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import count, listed, say, share
from planning.show.records import Chart, Column, Table


def grid(coverage: pd.DataFrame, pairs: pd.DataFrame) -> Chart:
    """Audiences against channels, with a mark for every message."""
    channels = list(pairs["channel"].unique())
    figure, axes = canvas.figure(canvas.height_for(len(coverage), 0.36) + 0.75)
    places = {audience: place for place, audience in enumerate(coverage["audience"])}
    for place in range(len(channels)):
        axes.axvline(place, color=canvas.LINE, linewidth=0.5, zorder=0)
    for row in coverage.itertuples():
        axes.axhline(places[row.audience], color=canvas.LINE, linewidth=0.7, zorder=0)
    for row in pairs[pairs["messages"] > 0].itertuples():
        _marks(axes, channels.index(row.channel), places[row.audience], row.going, row.messages)
    for row in coverage[coverage["messages"] == 0].itertuples():
        axes.axhspan(places[row.audience] - 0.42, places[row.audience] + 0.42, color=canvas.SAND, zorder=0)
        axes.text(-0.2, places[row.audience], say("no message"), va="center", ha="left", color=canvas.ORANGE, fontsize=9, fontweight="bold")
    axes.set_yticks(list(places.values()), [canvas.wrapped(name, 30) for name in coverage["audience_name"]], fontsize=8.5)
    axes.set_xticks(range(len(channels)), [say(channel) for channel in channels], rotation=40, ha="left", fontsize=8.5)
    axes.xaxis.tick_top()
    axes.set_xlim(-0.6, max(len(channels), 1) - 0.4)
    axes.set_ylim(len(coverage) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlabel(say("filled: approved or sent; hollow: idea or draft"))
    return Chart(figure, findings.communication.gaps(coverage), _grid_alt(coverage, pairs), say("messages"),
                 count("{n} message", "{n} messages", int(pairs["messages"].sum())), _grid_table(coverage, pairs, channels))


def _marks(axes: object, x: int, y: int, going: int, messages: int) -> None:
    if messages > 3:
        axes.text(x - 0.12, y, say("{going} of {n}", going=going, n=messages), ha="left", va="center", fontsize=8)
        x, going, messages = x - 0.3, min(going, 1), 1
    spread = [x + 0.24 * (place - (messages - 1) / 2) for place in range(messages)]
    axes.scatter(spread[:going], [y] * going, s=52, color=canvas.BLUE, zorder=3)
    axes.scatter(spread[going:], [y] * (messages - going), s=46, facecolor="white", edgecolor=canvas.BLUE, linewidth=1.6, zorder=3)


def _grid_alt(coverage: pd.DataFrame, pairs: pd.DataFrame) -> str:
    lines = []
    for row in coverage.itertuples():
        own = pairs[(pairs["audience"] == row.audience) & (pairs["messages"] > 0)]
        told = say("no message") if own.empty else count("{n} message, {going} approved or sent, by {channels}", "{n} messages, {going} approved or sent, by {channels}",
                                                         row.messages, going=row.going, channels=listed(say(channel) for channel in own["channel"]))
        lines.append(f"{row.audience_name}: {told}")
    return say("A grid of audiences and channels with a mark for each message. ") + "; ".join(lines)


def _grid_table(coverage: pd.DataFrame, pairs: pd.DataFrame, channels: list[str]) -> Table:
    wide = pairs.pivot(index="audience", columns="channel", values="messages").reindex(columns=channels).reset_index()
    columns = (Column("audience_name", "Audience"), Column("people", "People", "whole"), Column("messages_all", "Messages", "whole"),
               Column("going", "Approved or sent", "whole"), Column("backed", "With a measured KPI behind it", "whole"), Column("gap", "Gap"), Column("by_channel", "By channel"))
    rows = coverage.rename(columns={"messages": "messages_all"}).drop(columns="channels").merge(wide, on="audience", how="left")
    rows["by_channel"] = [_by_channel(row, channels) for row in rows.to_dict("records")]
    return Table("audience_coverage", rows, columns, say("Messages by audience and channel"), most=40)


def _by_channel(row: dict[str, object], channels: list[str]) -> str | None:
    used = [channel for channel in channels if row[channel] > 0]
    return "; ".join(say("{channel}: {n}", channel=say(channel), n=int(row[channel])) for channel in used) or None


def goals(rows: pd.DataFrame) -> Chart:
    """The weight of each goal beside what is said for it."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.42))
    silent = rows["going"] == 0
    bars = axes.barh(range(len(rows)), rows["weight"], height=0.6, color=[canvas.SAND if one else canvas.BLUE for one in silent])
    for bar, one in zip(bars, silent):
        bar.set_hatch("///" if one else "")
        bar.set_edgecolor(canvas.ORANGE if one else canvas.BLUE)
    labels = [_said(row) for row in rows.itertuples()]
    for place, (row, label) in enumerate(zip(rows.itertuples(), labels)):
        axes.text(row.weight + 0.006, place, f"{share(row.weight)} · {label}", va="center", fontsize=8.5)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(name) for name in rows["goal_name"]])
    axes.invert_yaxis()
    axes.set_xlim(0, rows["weight"].max() * 1.9)
    axes.xaxis.set_major_formatter(lambda value, _: share(value))
    axes.set_xticks([tick for tick in axes.get_xticks() if tick <= rows["weight"].max() * 1.05])
    axes.set_xlabel(say("weight of the goal; ready: approved or sent; hatched: none ready"))
    alt = say("Bars for the weight of each goal, with the messages that speak for it. ") + "; ".join(
        say("{goal}: weight {weight}, {said}", goal=row.goal_name, weight=share(row.weight), said=label) for row, label in zip(rows.itertuples(), labels))
    columns = (Column("goal_name", "Goal"), Column("weight", "Weight", "share"), Column("messages", "Messages", "whole"),
               Column("going", "Approved or sent", "whole"), Column("audiences", "Audiences", "whole"))
    table = Table("messages_by_goal", rows, columns, say("Messages by goal"))
    basis = count("{n} message for a goal in force", "{n} messages for a goal in force", int(rows["messages"].sum()))
    return Chart(figure, findings.communication.goals(rows), alt, say("share of the weight"), basis, table)


def _said(row: object) -> str:
    if not row.messages:
        return say("no message")
    return count("{n} message, {going} ready", "{n} messages, {going} ready", row.messages, going=row.going)
