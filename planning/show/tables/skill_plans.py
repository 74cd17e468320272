"""Tables of step 6's controls for skills."""

from __future__ import annotations

import pandas as pd

from planning.show.language import say
from planning.show.records import Column, Table


def ways(rows: pd.DataFrame) -> Table:
    """The cheapest training that reaches each needed level."""
    columns = (Column("skill_name", "Skill"), Column("required", "Needed level", "points"), Column("training_name", "Cheapest training that reaches it"), Column("cost", "Fee a person", "money"),
               Column("hours", "Hours a person", "whole"))
    return Table("try_levels", rows, columns, say("How the needed levels can be reached"), "It says nothing of who has the level already. A dash: no training on the list reaches it.", most=40)


def places(rows: pd.DataFrame) -> Table:
    """Places in trainings, and who needs them."""
    columns = (Column("training_name", "Training"), Column("skill_name", "Closes gaps in"), Column("needed", "People short", "whole"), Column("seats", "Places", "whole"),
               Column("waiting", "Without a place", "whole"), Column("cost", "Fees", "money", 0), Column("hours", "Hours", "whole"))
    return Table("try_places", rows, columns, say("Places, and who needs them"), "Each gap goes to the cheapest training that reaches the needed level. A dash at the places: not limited; type -1 for that.", most=40)
