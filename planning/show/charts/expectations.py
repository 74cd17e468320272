"""Charts of step 1 on how services are seen."""

from __future__ import annotations

import pandas as pd

from planning.analysis.expectations import PLACES
from planning.analysis.ratings import GROUPS
from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import between, count, number, say, share, signed
from planning.show.records import Chart, Column, Table

MARKS = {"patrons": (canvas.BLUE, "o"), "leadership": (canvas.ORANGE, "D"), "staff": (canvas.GREEN, "s")}


def groups(rows: pd.DataFrame, gaps: pd.DataFrame, *, of: str = "relevance") -> Chart | Table:
    """What each group that can be shown says of each service, on one line a service, widest apart first; the bare table where none can.

    Takes ratings by group, and the gaps between patrons and leadership: a dark line where they clearly differ.
    """
    means = findings.expectations.by_group(rows, of)
    if means.empty:
        return _group_table(rows, gaps, of)
    means = means.assign(spread=(means.max(axis=1) - means.min(axis=1)).round(9)).sort_values("spread", ascending=False, kind="stable").drop(columns="spread")
    height = canvas.height_for(len(means), 0.34)
    figure, axes = canvas.figure(height)
    places = range(len(means))
    axes.hlines(places, means.min(axis=1), means.max(axis=1), color=canvas.LINE, linewidth=2.2, zorder=1)
    clear = _dark(axes, means, gaps)
    for group, aside in zip(means, (-0.12, 0, 0.16)):
        axes.scatter(means[group], [place + aside for place in places], color=MARKS[group][0], marker=MARKS[group][1], s=44, zorder=3, label=say(group))
    axes.set_yticks(places, [canvas.wrapped(name, 40) for name in means.index])
    axes.invert_yaxis()
    axes.set_xlim(1, 5.05)
    axes.set_xlabel(say("mean {what}, points 1 to 5; dark line: patrons and leadership differ by more than chance", what=say(of)) if clear
                    else say("mean {what}, points 1 to 5", what=say(of)))
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.0 + 0.45 / height), ncols=3)
    axes.grid(axis="x")
    alt = say("Mean {what} of each service by group, widest apart first. ", what=say(of)) + "; ".join(
        say("{service}: {means}", service=name, means=", ".join(say("{group} {mean}", group=say(group), mean=number(mean, 1))
                                                                for group, mean in row.dropna().items()))
        for name, row in means.iterrows())
    finding = findings.needs.gaps(gaps, of=of) or findings.expectations.groups(rows, of=of)
    return Chart(figure, finding, alt, say("mean of points 1 to 5"), _asked(rows, of), _group_table(rows, gaps, of))


def _dark(axes: object, means: pd.DataFrame, gaps: pd.DataFrame) -> bool:
    """A dark line where patrons and leadership clearly differ; whether any is drawn."""
    clear = set(gaps.loc[gaps["clear"].astype(bool), "service_name"]) if len(gaps) else set()
    both = [(place, row) for place, row in enumerate(means.to_dict("index").items()) if row[0] in clear]
    for place, (_, row) in both:
        axes.plot([row["patrons"], row["leadership"]], [place, place], color=canvas.INK, linewidth=2.2, zorder=2)
    return bool(both)


def _asked(rows: pd.DataFrame, of: str) -> str:
    """How many ratings of each group are drawn, in words."""
    asked = rows[rows[of].notna()].groupby("group")["n"].sum()
    return say("ratings: {groups}", groups=", ".join(say("{n} by {group}", n=number(int(asked[group])), group=say(group))
                                                     for group in GROUPS if asked.get(group, 0)))


def _group_table(rows: pd.DataFrame, gaps: pd.DataFrame, of: str) -> Table:
    wide = rows.pivot(index="service_name", columns="group", values=of).astype(float)
    shown = [Column(group, title, "number", 1) for group, title in (("patrons", "Patrons"), ("staff", "Staff"), ("leadership", "Leadership")) if group in wide]
    wide["hidden"] = rows.groupby("service_name")["hidden"].any()
    known = gaps[~gaps["hidden"].astype(bool)].set_index("service_name") if len(gaps) else gaps
    if len(known):
        wide["difference"] = known["difference"].astype(float)
        wide["interval"] = pd.Series({row.Index: between(row.low, row.high, lambda value: signed(value, 1)) for row in known.itertuples()}, dtype=object)
        shown += [Column("difference", "Patrons less leadership", "signed", 1), Column("interval", "95% interval", "points")]
        wide = wide.loc[[*known.index.intersection(wide.index), *wide.index.difference(known.index)]]
    return Table("ratings_by_group", wide.reset_index(), (Column("service_name", "Service"), *shown),
                 say("How each group rates the {what} of each service", what=say(of)),
                 "A dash: too few raters to show.")


def zones(rows: pd.DataFrame) -> Chart | Table:
    """What patrons would accept, wish for and find, service by service, least adequate first; the bare table where no service can be shown."""
    known = rows[~rows["hidden"].astype(bool)]
    if known.empty:
        return _zone_table(rows, findings.expectations.below(rows).text)
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.36))
    under = known["place"] == PLACES[0]
    for place, row in enumerate(known.itertuples()):
        axes.barh(place, row.desired - row.minimum, left=row.minimum, height=0.5, color=canvas.LIGHT, zorder=1)
        axes.text(max(row.desired, row.perceived) + 0.12, place, signed(round(row.adequacy, 1) + 0.0, 1), va="center", fontsize=8.5, color=canvas.MUTED)
    for some, colour, mark in ((under, canvas.ORANGE, "D"), (~under, canvas.BLUE, "o")):
        axes.scatter(known.loc[some, "perceived"], [place for place, one in enumerate(some) if one], color=colour, marker=mark, s=46, zorder=3)
    axes.set_yticks(range(len(known)), [canvas.wrapped(name) for name in known["service_name"]])
    axes.invert_yaxis()
    axes.set_xlim(1, 9.6)
    axes.set_xticks(range(1, 10))
    axes.set_xlabel(say("mean of points 1 to 9; bar: from the least accepted to the wish\ndot: what patrons find; diamond: surely less than "
                        "accepted; number: the dot less the bar's left end"))
    alt = say("For each service the least patrons would accept, what they wish for and what they find. ") + "; ".join(
        say("{service}: accept {minimum}, wish {desired}, find {perceived}", service=row.service_name, minimum=number(row.minimum, 1),
            desired=number(row.desired, 1), perceived=number(row.perceived, 1))
        for row in known.itertuples())
    table = _zone_table(rows, say("What patrons would accept, find and wish for"))
    return Chart(figure, findings.expectations.below(rows), alt, say("points 1 to 9"),
                 count("{n} answer by patrons", "{n} answers by patrons", int(known["n"].sum())), table)


def _zone_table(rows: pd.DataFrame, caption: str) -> Table:
    columns = (Column("service_name", "Service"), Column("minimum", "Would accept", "number", 1), Column("perceived", "Find", "number", 1),
               Column("desired", "Wish for", "number", 1),
               Column("adequacy", "Find − accept", "signed", 1), Column("interval", "95% interval", "points"),
               Column("superiority", "Find − wish", "signed", 1),
               Column("zone_shown", "Of the way to the wish", "points"), Column("place", "Where it falls"), Column("n", "Patrons", "whole"))
    interval = [between(low, high, lambda value: signed(value, 1)) for low, high in zip(rows["low"], rows["high"])]
    zone = [None if pd.isna(value) else share(value) for value in rows["zone"]]
    return Table("expectations", rows.assign(interval=interval, zone_shown=zone), columns, caption, "A dash: too few patrons to show.")
