"""Charts of step 4 about surveys."""

from __future__ import annotations

import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.language import absent, between, count, number, say, share, signed
from planning.show.records import Chart, Column, Table

GROUPS = {"patrons": ("o", canvas.BLUE), "staff": ("s", canvas.GREEN), "leadership": ("D", canvas.ORANGE), "partners": ("^", canvas.GREY)}
GOOD = {"agree 1-5": "share who agree", "yes no": "share who said yes"}
PARTS = (("agree", "strongly_agree", 1, canvas.LIGHT, canvas.BLUE), ("disagree", "strongly_disagree", -1, canvas.SAND, canvas.ORANGE))


def agreement(rows: pd.DataFrame) -> Chart | Table:
    """How statements were answered, group by group: disagreement to the left, agreement with its interval to the right, neither aside; the
    bare table where every row is hidden."""
    table = tables.surveys.agreement(rows)
    if rows["hidden"].all():
        return table
    known = pd.concat([rows[(rows["group"] == group) & ~rows["hidden"].astype(bool)] for group in GROUPS], ignore_index=True)
    first = ~known["group"].duplicated()
    known.index = known.index + first.cumsum()
    figure, (axes, aside) = canvas.figure(canvas.height_for(len(known) + first.sum(), 0.36), columns=2, width_ratios=(5, 1), sharey=True)
    _leaning(axes, known)
    aside.barh(known.index, known["neutral"], height=0.62, color=canvas.LINE)
    for place, row in zip(known.index, known.to_dict("records")):
        aside.text(row["neutral"] + 0.02, place, share(row["neutral"]), va="center", fontsize=8)
    for place, group in known.loc[first.to_numpy(), "group"].items():
        axes.text(0.02, place - 1, say(group), va="center", fontsize=9, color=canvas.MUTED, style="italic")
    aside.set_xlim(0, 1)
    aside.set_xticks([])
    aside.tick_params(left=False)
    aside.set_xlabel(say("neither"), loc="left", fontsize=8.5)
    alt = say("Bars for each statement, disagreement to the left and agreement to the right, neither aside. ") + "; ".join(
        say("{name}: {share} agree, {low} to {high}, {strongly} strongly; {against} disagree", name=row["text"], share=share(row["agree"]), low=share(row["low"]), high=share(row["high"]),
            strongly=share(row["strongly_agree"]), against=share(row["disagree"])) for row in known.to_dict("records"))
    return Chart(figure, findings.surveys.by_group(rows)[0], alt, say("share 0% to 100%, on a scale of 5"), count("{n} answer", "{n} answers", int(known["n"].sum())), table)


def _leaning(axes: object, known: pd.DataFrame) -> None:
    """Bars of agreement to the right and disagreement to the left, the strong ones outside, with the interval of agreement."""
    for whole, strong, way, light, dark in PARTS:
        mild = known[whole] - known[strong]
        axes.barh(known.index, way * mild, height=0.62, color=light)
        axes.barh(known.index, way * known[strong], left=way * mild, height=0.62, color=dark)
    axes.hlines(known.index, known["low"], known["high"], color=canvas.INK, linewidth=1.3)
    for place, row in zip(known.index, known.to_dict("records")):
        axes.text(1.03, place, say("{share} of {n}", share=share(row["agree"]), n=number(row["n"])), va="center", fontsize=8.5)
        axes.text(-row["disagree"] - 0.015, place, share(row["disagree"]), va="center", ha="right", fontsize=8, color=canvas.MUTED)
    axes.axvline(0, color=canvas.MUTED, linewidth=1)
    axes.set_yticks(known.index, [canvas.wrapped(text, 38) for text in known["text"]], fontsize=8.5)
    axes.set_ylim(known.index[-1] + 0.6, -0.6)
    axes.set_xlim(-known["disagree"].max() - 0.2, 1.32)
    axes.set_xticks([0, 0.5, 1], [share(tick) for tick in (0, 0.5, 1)])
    axes.set_xlabel(canvas.wrapped(say("left: disagree; right: agree, of how many; dark: strongly; line: 95% interval of agree"), 60), loc="left", fontsize=8.5)


def changes(rows: pd.DataFrame) -> Chart | Table:
    """Shares in two surveys, with their intervals; the bare table where every row is hidden."""
    columns = (Column("text", "Statement or question"), Column("earlier_name", "Before"), Column("earlier_n", "Answers", "whole"), Column("earlier_share", "Share", "share"), Column("later_name", "Now"),
               Column("later_n", "Answers", "whole"), Column("later_share", "Share", "share"), Column("apart", "Points", "points"), Column("span", "95% interval", "points"), Column("clear", "Beyond chance"))
    told = rows.assign(apart=[tables.surveys.points(value) for value in rows["difference"]], span=[between(low, high, tables.surveys.points) for low, high in zip(rows["low"], rows["high"])])
    table = Table("survey_changes", told, columns, say("What changed since the survey before"), " ".join(part for part in (say(tables.surveys.ROUNDED), tables.surveys.hidden_note(rows)) if part))
    if rows["hidden"].all():
        return table
    known = rows[~rows["hidden"].astype(bool)].reset_index(drop=True)
    figure = _from_to(known, "earlier", "later", "text", say("hollow: the survey before; filled: the newest; lines: 95% intervals"))
    alt = say("Two dots for each statement, the share in the survey before and in the newest. ") + "; ".join(
        say("{name}: {before} to {after}, {chance}", name=row["text"], before=share(row["earlier_share"]), after=share(row["later_share"]), chance=_verdict(row)) for row in known.to_dict("records"))
    basis = count("{n} answer", "{n} answers", int(known["earlier_n"].sum() + known["later_n"].sum()))
    return Chart(figure, findings.surveys.changed(rows), alt, say("share 0% to 100% who agree, say yes, or choose a step that counts as good"), basis, table)


def pairs(rows: pd.DataFrame) -> Chart | Table:
    """Shares of the same people before and after, with their intervals; the bare table where none can be drawn."""
    columns = (Column("text", "Question"), Column("n", "People", "whole"), Column("before_good", "Before", "share"), Column("after_good", "After", "share"), Column("rose", "Rose", "whole"),
               Column("fell", "Fell", "whole"), Column("stayed", "Same", "whole"), Column("steps", "Mean step", "points"), Column("span", "95% interval", "points"), Column("clear", "Beyond chance"))
    told = rows.assign(steps=[signed(value, 1) if not absent(value) else None for value in rows["difference"]], span=[between(low, high, lambda value: signed(value, 1)) for low, high in zip(rows["low"], rows["high"])])
    note = say("The same people both times. Before: what they answered to the earlier question. Mean step: how many steps of the scale they stand higher.")
    table = Table("survey_pairs", told, columns, say("Before and after, the same people"), " ".join(part for part in (note, tables.surveys.hidden_note(rows)) if part))
    known = rows[~rows["hidden"].astype(bool) & rows["after_good"].notna()].reset_index(drop=True)
    if known.empty:
        return table
    sides = {f"{new}_{name}": known[f"{old}_{'good' if name == 'share' else name}"] for new, old in (("earlier", "before"), ("later", "after")) for name in ("share", "low", "high")}
    figure = _from_to(known.assign(**sides), "earlier", "later", "text", say("hollow: before; filled: after; lines: 95% intervals"))
    alt = say("Two dots for each question, the share before and after. ") + "; ".join(
        say("{name}: {before} to {after} of {n} people, {chance}", name=row["text"], before=share(row["before_good"]), after=share(row["after_good"]), n=number(row["n"]), chance=_verdict(row))
        for row in known.to_dict("records"))
    people = count("{n} pair of answers", "{n} pairs of answers", int(known["n"].sum()))
    return Chart(figure, findings.surveys.paired(rows)[0], alt, say("share 0% to 100% whose answer counts as good"), people, table)


def _verdict(row: dict[str, object]) -> str:
    return say("more than chance") if row["clear"] else say("within chance")


def _from_to(known: pd.DataFrame, first: str, second: str, name: str, key: str) -> object:
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.52))
    for place, row in zip(known.index, known.to_dict("records")):
        colour = canvas.BLUE if row["clear"] and row["difference"] > 0 else canvas.ORANGE if row["clear"] else canvas.GREY
        for side, shift, filled in ((first, -0.14, False), (second, 0.14, True)):
            axes.hlines(place + shift, row[f"{side}_low"], row[f"{side}_high"], color=canvas.LINE if not filled else canvas.LIGHT, linewidth=3)
            axes.scatter(row[f"{side}_share"], place + shift, s=44, zorder=3, color=colour if filled else "white", edgecolor=colour, linewidth=1.5)
        moved = say("{before} to {after}", before=share(row[f"{first}_share"]), after=share(row[f"{second}_share"]))
        axes.text(1.04, place, moved + "\n" + _verdict(row), va="center", fontsize=8.5, linespacing=1.25)
    _statements(axes, known, name)
    axes.set_xlim(0, 1.3)
    axes.set_xlabel(key, loc="left", fontsize=8.5)
    return figure


def groups(shares: pd.DataFrame, differences: pd.DataFrame) -> Chart | Table:
    """The groups that differ most surely on one statement, beside everyone; the table of all comparisons where none can be shown."""
    table = tables.surveys.differences(differences)
    if differences["hidden"].all():
        return table
    top = differences.iloc[0]
    own = shares[(shares["question"] == top["question"]) & (shares["trait"] == top["trait"]) & ~shares["hidden"].astype(bool)]
    known = own.assign(agree=own["good"], value=own["value"].where(own["value"] != "Not stated", say("Not stated"))).sort_values(["agree", "value"]).reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.4, 2.2))
    axes.axvline(known["everyone"].iloc[0], color=canvas.MUTED, linestyle="--", linewidth=1.1)
    _dots(axes, known, "o", canvas.BLUE)
    _statements(axes, known, "value")
    axes.set_xlabel(say("{good}, of how many; dashed: everyone; line: 95% interval", good=say(GOOD.get(top["scale"], "share whose answer counts as good"))), loc="right", fontsize=8.5)
    alt = say("“{statement}” by {trait}, everyone {everyone}. ", statement=top["text"], trait=top["trait"], everyone=share(known["everyone"].iloc[0])) + _told(known, "value")
    basis = count("{n} answer", "{n} answers", int(known["n"].sum()))
    return Chart(figure, findings.surveys.parted(differences), alt, say("“{statement}”, by {trait}", statement=findings.surveys.bare(top["text"]), trait=top["trait"]), basis, table)


def segments(rows: pd.DataFrame, question: str) -> Chart | Table:
    """Agreement with one statement, segment by segment; the bare table where every row is hidden."""
    own = rows[rows["question"] == question] if question else rows
    columns = (Column("segment_name", "Segment"), Column("n", "Answers", "whole"), Column("agree", "Agree", "share"), Column("low", "From", "share"),
               Column("high", "To", "share"), Column("everyone", "Everyone", "share"), Column("clear", "Clearly different"))
    caption = say("Agreement with “{statement}” by segment", statement=own["text"].iloc[0]) if question else say("Agreement by segment")
    table = Table("survey_segments", own, columns, caption, tables.surveys.hidden_note(own))
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
    return Chart(figure, findings.surveys.divided(rows, question), alt, say("share 0% to 100%, with 95% interval"), basis, table)


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


def promoters(rows: pd.DataFrame) -> Chart | Table:
    """Promoter scores with their margin; the bare table where every row is hidden."""
    columns = (Column("text", "Question"), Column("group", "Asked of"), Column("n", "Answers", "whole"), Column("score", "Score", "signed", 0), Column("interval", "95% interval", "points"),
               Column("promoters", "Promoters (9, 10)", "share"), Column("detractors", "Detractors (0 to 6)", "share"))
    spans = [between(low, high, lambda value: signed(round(value), 0)) for low, high in zip(rows["low"], rows["high"])]
    table = Table("promoter_scores", rows.assign(interval=spans), columns, say("Would they recommend the library?"), tables.surveys.hidden_note(rows))
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
    return Chart(figure, findings.surveys.recommended(rows)[0], alt, say("points, −100 to +100"), basis, table)
