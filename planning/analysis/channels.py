"""What came of messages: how many they reached, how many did what was asked, and at what effort."""

from __future__ import annotations

import pandas as pd

from planning.methods import intervals

RESULTS = ["message", "text", "audience_name", "channel", "date", "reached", "acted", "hours", "rate", "low", "high", "hidden"]
CHANNELS = ["channel", "sent", "counted", "reached", "acted", "rate", "low", "high", "hours", "per_hour", "hidden"]


def results(message_results: pd.DataFrame, register: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """The newest count of each message: message, text, audience_name, channel, date, reached, acted (people), hours, rate (acted ÷
    reached, 0-1), low, high (95 % interval), hidden.

    Takes `messages.register`. The interval is Wilson's, as if those reached were a sample of those
    who could be. Where fewer than `small_group` were reached, or acted (but not nobody), or did not act,
    counts and rate are hidden. Where one of the two was not counted there is no rate. Highest rate first.
    """
    newest = message_results.sort_values("date").drop_duplicates("message", keep="last")
    found = newest.merge(register[["message", "text", "audience_name", "channel"]], on="message")
    return _rated(found, small_group).sort_values(["rate", "message"], ascending=[False, True], ignore_index=True)[RESULTS]


def _rated(found: pd.DataFrame, small_group: int) -> pd.DataFrame:
    known = found["reached"].notna() & found["acted"].notna() & (found["reached"] > 0) & (found["acted"] <= found["reached"])
    rest = found["reached"] - found["acted"]
    hidden = found["reached"].lt(small_group) | (found["acted"].gt(0) & found["acted"].lt(small_group)) | (rest.gt(0) & rest.lt(small_group))
    hidden = hidden.fillna(False).astype(bool)
    rows = [intervals.wilson(int(row.acted), int(row.reached)) if good and not out else (float("nan"),) * 2
            for row, good, out in zip(found.itertuples(), known, hidden)]
    found = found.assign(rate=(found["acted"] / found["reached"]).where(known & ~hidden).astype(float), hidden=hidden)
    found["low"], found["high"] = [row[0] for row in rows], [row[1] for row in rows]
    found.loc[hidden, ["reached", "acted"]] = None
    return found


def by_channel(results: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """What each channel brought: channel, sent (messages sent, or counted all the same), counted (of them with both counts shown), reached, acted (people, sums over
    those), rate, low, high (95 % interval), hours, per_hour (people who acted for an hour of work; missing without hours), hidden (messages left out as small).

    Takes `results` and `messages.register`. One person may be reached twice. Channels ask for
    different things, so a rate compares kinds of asking as much as channels. Highest rate first, uncounted last.
    """
    found = register[(register["status"] == "sent") | register["message"].isin(results["message"])].groupby("channel").size().rename("sent").reset_index()
    whole = results[results["rate"].notna()]
    sums = whole.groupby("channel").agg(counted=("message", "size"), reached=("reached", "sum"), acted=("acted", "sum")).reset_index()
    timed = whole[whole["hours"].gt(0)].groupby("channel").agg(hours=("hours", "sum"), for_them=("acted", "sum")).reset_index()
    small = results[results["hidden"].astype(bool)].groupby("channel").size()
    found = found.merge(sums, on="channel", how="outer").merge(timed, on="channel", how="left")
    found = found.fillna({"sent": 0, "counted": 0}).astype({"sent": int, "counted": int})
    found["per_hour"] = found["for_them"] / found["hours"]
    found["hidden"] = found["channel"].map(small).fillna(0).astype(int)
    ends = [intervals.wilson(int(row.acted), int(row.reached)) if row.counted else (float("nan"),) * 2 for row in found.itertuples()]
    found["rate"] = (found["acted"] / found["reached"].where(found["reached"] > 0)).astype(float)
    found["low"], found["high"] = [end[0] for end in ends], [end[1] for end in ends]
    return found.sort_values(["rate", "channel"], ascending=[False, True], ignore_index=True)[CHANNELS]
