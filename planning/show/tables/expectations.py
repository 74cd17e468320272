"""Tables of step 1 on how services are seen."""

from __future__ import annotations

import pandas as pd

from planning.show.language import between, say, signed
from planning.show.records import Column, Table


def pairs(rows: pd.DataFrame) -> Table:
    """Every two of the three groups beside each other, on relevance and on quality."""
    columns = (Column("pair", "Between"), Column("of", "On"), Column("compared", "Services compared", "whole"), Column("clear", "Clearly differ on", "whole"),
               Column("service_name", "Furthest apart on"), Column("difference", "Difference", "signed", 1),
               Column("interval", "95% interval", "points"), Column("agreement", "Same order", "signed", 2))
    pair = [say("{one} and {other}", one=say(one), other=say(other)) for one, other in zip(rows["one"], rows["other"])]
    interval = [between(low, high, lambda value: signed(value, 1)) for low, high in zip(rows["low"].astype(float), rows["high"].astype(float))]
    note = "Difference: the first group's mean less the second's. Same order: rank agreement, 1 the same order of services, 0 none, −1 the opposite order."
    return Table("rating_pairs", rows.assign(pair=pair, interval=interval), columns, say("How far each two groups agree"), note)


def by_segment(rows: pd.DataFrame) -> Table:
    """Groups of patrons by how far services reach what they would accept."""
    columns = (Column("segment_name", "Group"), Column("n", "Patrons", "whole"), Column("perceived", "Find", "number", 1),
               Column("adequacy", "Above the minimum", "signed", 1),
               Column("interval", "95% interval", "points"), Column("beside", "Beside everyone", "signed", 1),
               Column("beside_interval", "95% interval of that", "points"))
    interval, beside = ([between(low, high, lambda value: signed(value, 1)) for low, high in zip(rows[f"{name}low"], rows[f"{name}high"])]
                        for name in ("", "beside_"))
    note = "Beside everyone: points above or below all patrons' answers on the same services. A dash: too few patrons to show."
    return Table("expectations_by_segment", rows.assign(interval=interval, beside_interval=beside), columns,
                 say("How far services reach what each group would accept"), note)
