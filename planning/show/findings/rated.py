"""Sentences of step 1's control on ratings: what one group says of one service, and what a further round would need."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, listed, number, say
from planning.show.records import Finding

RATED = ("ratings",)
WHO = {"patrons": ("{n} patron", "{n} patrons"), "leadership": ("{n} member of leadership", "{n} members of leadership"), "staff": ("{n} member of staff", "{n} members of staff")}


def group(rows: pd.DataFrame, *, group: str, service: str, small_group: int) -> Finding:
    """What a group says of a service, or that too few of it rated it.

    Nothing tells how near to the smallest group those few are, since that would tell how many they are.
    """
    own = rows[(rows["group"] == group) & ~rows["hidden"].astype(bool)] if len(rows) else rows
    if own.empty:
        text = say("Fewer than {n} of {group} rated “{service}”, or nobody did, so nothing of theirs is shown. A round in which {n} or more of them rate it would show their means.",
                   n=number(small_group), group=say(group), service=service)
        return Finding(text, "unknown", "counted", RATED)
    row = own.iloc[0]
    means = listed(say("{what} {mean}", what=say(what), mean=number(row[what], 1)) for what in ("relevance", "quality") if pd.notna(row[what]))
    if not means:
        return Finding(say("Too few of {group} answered on “{service}” to show a mean.", group=say(group), service=service), "unknown", "counted", RATED)
    text = say("{who} rated “{service}”: {means} of 5 on average.", who=count(*WHO[group], int(row["n"])), service=service, means=means)
    return Finding(text, "plain", "counted", RATED)


def others(rows: pd.DataFrame, *, group: str) -> Finding | None:
    """How far the group's mean relevance lies from that of each other group that can be shown."""
    known = rows[~rows["hidden"].astype(bool) & rows["relevance"].notna()].set_index("group")["relevance"].astype(float) if len(rows) else pd.Series(dtype=float)
    if group not in known or len(known) < 2:
        return None
    apart = known.drop(group)
    parts = listed(say("{points} points above that of {other}", points=number(abs(off), 1), other=say(other)) if off >= 0.05 else
                   say("{points} points below that of {other}", points=number(abs(off), 1), other=say(other)) if off <= -0.05 else say("level with that of {other}", other=say(other))
                   for other, off in (known[group] - apart).items())
    return Finding(say("The mean relevance given by {group} lies {parts}. Whether that is more than chance stands further up on this page.", group=say(group), parts=parts), "plain", "estimated", RATED)
