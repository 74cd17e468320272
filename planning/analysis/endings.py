"""What ending a service would mean: who loses it, what it costs once and pays back, whether those concerned were heard in time."""

from __future__ import annotations

import pandas as pd

HEARD = ("not heard", "heard after it was decided", "heard, not on record", "heard, on record")
LOSSES = ["service", "service_name", "proposal", "segment_name", "inclusion", "people", "counted", "elsewhere", "money", "hours", "exit_cost", "payback",
          "hearing", "consulted", "consultation_kind", "consultation_people", "decision_name", "decided"]


def losses(proposals: pd.DataFrame, exits: pd.DataFrame, segments: pd.DataFrame, *, consultations: pd.DataFrame, decisions: pd.DataFrame, changes: pd.DataFrame, small_group: int = 5) -> pd.DataFrame:
    """Who would lose each service that somebody looked into, and what it takes, proposals to end first: service, service_name, proposal, segment_name (who loses
    most), inclusion (a group often missed), people (patrons with nowhere else to go), counted (True: somebody counted them; False: worked out),
    elsewhere (0-1), money (currency a year that ending releases), hours (a year), exit_cost (currency, once), payback (years, exit cost ÷ money), hearing, consulted (day),
    consultation_kind and consultation_people (of the consultation named), decision_name and decided (the decision that a change of this service carries out).

    Takes `reviews.sunset`. Worked out: patrons of the group that loses most × the share not served elsewhere; how many of them use this service is not
    known, so that is the most it could be in that group, and other groups come on top. hearing: not heard; heard after it was decided (the decision that a
    change of the service carries out is older than the day of hearing); heard, not on record (no consultation is named); heard, on record. Fewer than `small_group` people counted are missing,
    and so are day, kind and people of a consultation in which fewer took part: who sat there could be known. Payback
    is missing when no money is released, and counts staff hours as nothing, since people stay.
    """
    found = proposals[proposals["reviewed"].astype(bool)].merge(exits.reindex(columns=["service", "segment", "people", "consultation"]), on="service", suffixes=("_before", ""))
    active = found["segment"].map(dict(zip(segments["segment"], segments["active"]))).astype(float)
    found["counted"] = found["people"].notna()
    found["people"] = found["people"].astype(float).fillna((active * (1 - found["elsewhere"])).round())
    found["payback"] = found["exit_cost"] / found["money"].where(found["money"] > 0)
    found["consultation_kind"] = found["consultation"].map(dict(zip(consultations["consultation"], consultations["kind"])))
    found["consultation_people"] = found["consultation"].map(dict(zip(consultations["consultation"], consultations["people"]))).astype(float)
    carried = changes.dropna(subset=["service", "decision"]).merge(decisions[["decision", "what", "date"]], on="decision").sort_values("date").drop_duplicates("service")
    few = found["counted"] & (found["people"] > 0) & (found["people"] < small_group)
    found["people"] = found["people"].mask(few)
    found["decision_name"] = found["service"].map(dict(zip(carried["service"], carried["what"])))
    found["decided"] = pd.to_datetime(found["service"].map(dict(zip(carried["service"], carried["date"]))))
    found["hearing"] = [_hearing(one) for one in found.itertuples()]
    alone = found["consultation"].notna() & ~(found["consultation_people"] >= small_group)
    for name in ("consulted", "consultation_kind", "consultation_people"):
        found[name] = found[name].mask(alone)
    return found[LOSSES].reset_index(drop=True)


def _hearing(one: tuple) -> str:
    if pd.isna(one.consulted):
        return HEARD[0]
    if pd.notna(one.decided) and one.decided < one.consulted:
        return HEARD[1]
    return HEARD[3] if isinstance(one.consultation, str) else HEARD[2]
