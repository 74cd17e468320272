"""What could be done next: cards of initiatives, for whom they are, the floor of essential services, cards not yet considered."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

import pandas as pd

IN_PLAY = ("candidate", "chosen", "running")
STATES = ("yes", "partly", "no", "not checked")


def cards(tables: Mapping[str, pd.DataFrame], goals: pd.DataFrame, valued: pd.DataFrame) -> pd.DataFrame:
    """Each initiative in play with all that a choice asks about: initiative, initiative_name, description, service_name, status,
    value (0-1), goals and contributions (each 0-1), kpis, changes and units, cost, hours, cost_later and hours_later (each year
    after the first), skills, needs, excludes, risk (points 1-5), risks, made_for, inclusion, accessible, owner.

    In play are candidates, those chosen and those running. Lists are one text with semicolons between;
    contributions, changes and units stand in the order of their names, and an empty place is not known.
    accessible is "not checked" where the plan says nothing. Goals that are not in force are left out.
    Takes the plan's tables by name (those that are missing count as empty), goals in force, and a frame
    with the value of each initiative. Misleads when one person filled the cards in: contributions,
    changes, hours of later years and risks are judgements. Greatest value first, then by id.

    >>> initiatives = pd.DataFrame({"initiative": ["I1"], "name": ["Evening chat"], "status": ["candidate"], "risk": [2.0], "accessible": [None]})
    >>> given = pd.DataFrame({"initiative": ["I1"], "goal": ["G1"], "contribution": [0.5]})
    >>> found = cards({"initiatives": initiatives, "initiative_goals": given}, pd.DataFrame({"goal": ["G1"], "name": ["Read"]}), pd.DataFrame())
    >>> found[["initiative_name", "goals", "contributions", "accessible"]].values.tolist()
    [['Evening chat', 'Read', '0.5', 'not checked']]
    """
    own = ["description", "status", "cost", "hours", "cost_later", "hours_later", "risk", "risks", "accessible", "service", "segment", "owner"]
    rows = _table(tables, "initiatives", ["initiative", "name", *own])
    rows = rows[rows["status"].isin(IN_PLAY)].rename(columns={"name": "initiative_name"}).reset_index(drop=True)
    value = dict(zip(valued["initiative"], valued["value"])) if len(valued) else {}
    rows["value"] = rows["initiative"].map(value).astype(float)
    segments = _table(tables, "segments", ["segment", "name", "inclusion"])
    for column, names in (("service", _names(tables, "services", "service")), ("segment", _names(tables, "segments", "segment")),
                          ("owner", _names(tables, "roles", "role"))):
        rows["made_for" if column == "segment" else "service_name" if column == "service" else "owner"] = _named(rows[column], names)
    rows["inclusion"] = rows["segment"].isin(_included(segments))
    rows["accessible"] = _stated(rows["accessible"])
    rows = rows.join(_lists(tables, goals, rows["initiative"]))
    columns = ["initiative", "initiative_name", "description", "service_name", "status", "value", "goals", "contributions", "kpis", "changes",
               "units", "cost", "hours",
               "cost_later", "hours_later", "skills", "needs", "excludes", "risk", "risks", "made_for", "inclusion", "accessible", "owner"]
    rows = rows.astype({column: float for column in ("cost", "hours", "cost_later", "hours_later", "risk")})
    return rows[columns].sort_values(["value", "initiative"], ascending=[False, True], na_position="last", ignore_index=True)


def _lists(tables: Mapping[str, pd.DataFrame], goals: pd.DataFrame, wanted: pd.Series) -> pd.DataFrame:
    given = _table(tables, "initiative_goals", ["initiative", "goal", "contribution"]).merge(goals.reindex(columns=["goal", "name"]), on="goal")
    given = given[given["contribution"] > 0].sort_values(["contribution", "goal"], ascending=[False, True], kind="stable")
    moved = _table(tables, "initiative_kpis", ["initiative", "kpi", "expected_change"]).merge(_table(tables, "kpis", ["kpi", "name", "unit"]), on="kpi")
    skills = _table(tables, "initiative_skills", ["initiative", "skill"]).merge(_table(tables, "skills", ["skill", "name"]), on="skill")
    links = _table(tables, "initiative_links", ["initiative", "link", "other"])
    back = links[links["link"] == "excludes"].rename(columns={"initiative": "other", "other": "initiative"})
    links = pd.concat([links, back]).drop_duplicates(["initiative", "link", "other"])
    links["name"] = _named(links["other"], _names(tables, "initiatives", "initiative"))
    found = {"goals": _joined(given, "name"), "contributions": _joined(given, "contribution"), "kpis": _joined(moved, "name"),
             "changes": _joined(moved, "expected_change"), "units": _joined(moved, "unit"), "skills": _joined(skills, "name"),
             "needs": _joined(links[links["link"] == "needs"], "name"), "excludes": _joined(links[links["link"] == "excludes"], "name")}
    return pd.DataFrame({name: [texts.get(key, "") for key in wanted] for name, texts in found.items()}, index=wanted.index, dtype="str")


def _joined(rows: pd.DataFrame, column: str) -> dict[str, str]:
    texts = rows[column].map(lambda value: "" if pd.isna(value) else f"{value:g}" if isinstance(value, float) else str(value))
    return {key: "; ".join(part) for key, part in texts.groupby(rows["initiative"])} if len(rows) else {}


def _table(tables: Mapping[str, pd.DataFrame], name: str, columns: list[str]) -> pd.DataFrame:
    return tables.get(name, pd.DataFrame(columns=columns, dtype=object)).reindex(columns=columns)


def _names(tables: Mapping[str, pd.DataFrame], name: str, key: str) -> dict[str, str]:
    rows = _table(tables, name, [key, "name"])
    return dict(zip(rows[key], rows["name"]))


def _named(ids: pd.Series, names: Mapping[str, str]) -> pd.Series:
    return pd.Series([names.get(one, "") for one in ids], index=ids.index, dtype="str")


def _included(segments: pd.DataFrame) -> pd.Series:
    return segments.loc[segments["inclusion"].astype("boolean").fillna(False).astype(bool), "segment"]


def _stated(states: pd.Series) -> list[str]:
    return [state if state in STATES else "not checked" for state in states]


def reach(chosen: pd.DataFrame, initiatives: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """For whom each initiative in play is made and who can use it: initiative, initiative_name, chosen, made_for (name of the
    group, empty for all), segment, inclusion (true when the group is one that the library wants to include), accessible
    (yes, partly, no, not checked).

    Takes a frame with initiative, part and chosen, such as the best choice, and the tables initiatives and
    segments. Those done or rejected are left out. made_for says whom it was made for and not who will
    come. Chosen first, in the order given; empty without a choice.

    >>> chosen = pd.DataFrame({"initiative": ["I1"], "initiative_name": ["Hosts"], "part": ["free"], "chosen": [True]})
    >>> initiatives = pd.DataFrame({"initiative": ["I1"], "segment": ["SEG1"], "accessible": ["no"]})
    >>> segments = pd.DataFrame({"segment": ["SEG1"], "name": ["Newcomers"], "inclusion": [True]})
    >>> reach(chosen, initiatives, segments)[["made_for", "inclusion", "accessible"]].values.tolist()
    [['Newcomers', True, 'no']]
    """
    columns = ["initiative", "initiative_name", "chosen", "made_for", "segment", "inclusion", "accessible"]
    if chosen.empty:
        return pd.DataFrame(columns=columns)
    play = chosen.loc[~chosen["part"].isin(["done", "rejected"]), ["initiative", "initiative_name", "chosen"]]
    found = play.merge(initiatives[["initiative", "segment", "accessible"]], on="initiative", how="left")
    found["made_for"] = _named(found["segment"], dict(zip(segments["segment"], segments["name"])))
    found["inclusion"] = found["segment"].isin(_included(segments))
    found["accessible"] = _stated(found["accessible"])
    return found.assign(chosen=found["chosen"].astype(bool))[columns].sort_values("chosen", ascending=False, kind="stable", ignore_index=True)


def included(reached: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """What the choice holds for each inclusion group: segment, segment_name, people, chosen (number of initiatives made for
    it), names, left_out (number not chosen), left_names (both with semicolons between).

    Takes `reach` and the table of segments. A group with 0 may still use what is made for all; it has
    nothing of its own. Groups with nothing chosen first, then the largest; empty without a choice or without inclusion groups.

    >>> reached = pd.DataFrame({"initiative_name": ["Hosts"], "segment": ["SEG1"], "chosen": [False]})
    >>> segments = pd.DataFrame({"segment": ["SEG1"], "name": ["Newcomers"], "people": [300], "inclusion": [True]})
    >>> included(reached, segments)[["segment_name", "chosen", "left_names"]].values.tolist()
    [['Newcomers', 0, 'Hosts']]
    """
    columns = ["segment", "segment_name", "people", "chosen", "names", "left_out", "left_names"]
    if reached.empty or segments.empty:
        return pd.DataFrame(columns=columns)
    found = segments[segments["segment"].isin(_included(segments))].rename(columns={"name": "segment_name"})
    for number, names, rows in (("chosen", "names", reached[reached["chosen"]]), ("left_out", "left_names", reached[~reached["chosen"].astype(bool)])):
        grouped = rows.groupby("segment")["initiative_name"]
        found[number] = found["segment"].map(grouped.size()).fillna(0).astype(int)
        texts = grouped.agg("; ".join).to_dict()
        found[names] = [texts.get(key, "") for key in found["segment"]]
    order = found.assign(none=found["chosen"] > 0).sort_values(["none", "people", "segment"], ascending=[True, False, True])
    return order[columns].reset_index(drop=True)


def floors(services: pd.DataFrame, budget: pd.DataFrame) -> pd.DataFrame:
    """Whether the budget leaves each essential service its least money: service, service_name, fiscal_year (the newest that
    is planned), floor, planned and short (currency; 0 when the floor is kept).

    Essential services that have not ended; planned adds up the lines of the budget that name the
    service, so its part of shared costs is not in it. short = floor − planned where that is above 0;
    missing where the plan gives no floor, or the budget plans nothing for the service. The sum of
    short is what has to be set aside before money goes to anything new. Shortest first.

    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Lending"], "status": ["running"], "essential": [True], "floor": [100.0]})
    >>> budget = pd.DataFrame({"fiscal_year": [2026], "service": ["S1"], "planned": [80.0]})
    >>> floors(services, budget)[["floor", "planned", "short"]].values.tolist()
    [[100.0, 80.0, 20.0]]
    """
    kept = services[services["essential"].astype(bool) & (services["status"] != "ended")] if len(services) else services
    found = kept.reindex(columns=["service", "name", "floor"]).rename(columns={"name": "service_name"}).astype({"floor": float})
    lines = budget.dropna(subset=["planned"]) if len(budget) else budget.reindex(columns=["fiscal_year", "service", "planned"])
    year = lines["fiscal_year"].max() if len(lines) else float("nan")
    planned = lines[lines["fiscal_year"] == year].groupby("service")["planned"].sum()
    found["fiscal_year"] = float(year)
    found["planned"] = found["service"].map(planned).astype(float)
    found["short"] = (found["floor"] - found["planned"]).clip(lower=0)
    found = found[["service", "service_name", "fiscal_year", "floor", "planned", "short"]]
    return found.sort_values(["short", "service"], ascending=[False, True], na_position="last", ignore_index=True)


def ideas(catalogue: pd.DataFrame, initiatives: pd.DataFrame) -> pd.DataFrame:
    """Cards of the suite's list from which no initiative started: option, option_name, what, for_whom, goals_it_serves, first_step,
    effort (small, middle, large).

    Takes the list for one kind of library and the table of initiatives, of any status, since one that was
    rejected was considered too. An initiative that does not name its card is not known to match it.
    In the order of the list; nothing is said of which one suits the library.

    >>> catalogue = pd.DataFrame({"option": ["makerspace", "virtual_reference"], "name": ["Makerspace", "Virtual reference"]})
    >>> ideas(catalogue, pd.DataFrame({"option": ["makerspace"]}))["option_name"].tolist()
    ['Virtual reference']
    """
    columns = ["option", "option_name", "what", "for_whom", "goals_it_serves", "first_step", "effort"]
    taken = set(initiatives.reindex(columns=["option"])["option"].dropna())
    return catalogue[~catalogue["option"].isin(taken)].rename(columns={"name": "option_name"}).reindex(columns=columns).reset_index(drop=True)


def unlisted(initiatives: pd.DataFrame, catalogue: pd.DataFrame) -> pd.DataFrame:
    """Initiatives that name a card which the suite's list does not hold: initiative, initiative_name, option, nearest.

    nearest is the id in the list that is spelled most alike, empty when none is near. Takes the
    table of initiatives and the list for all kinds of library. In the order of the table.

    >>> initiatives = pd.DataFrame({"initiative": ["I1"], "name": ["Evening chat"], "option": ["virtual_refrence"]})
    >>> unlisted(initiatives, pd.DataFrame({"option": ["makerspace", "virtual_reference"]}))["nearest"].tolist()
    ['virtual_reference']
    """
    known = catalogue["option"].tolist()
    found = initiatives.reindex(columns=["initiative", "name", "option"]).rename(columns={"name": "initiative_name"}).dropna(subset=["option"])
    found = found[~found["option"].isin(known)].reset_index(drop=True)
    near = [get_close_matches(option, known, n=1, cutoff=0.6) for option in found["option"]]
    return found.assign(nearest=pd.Series([close[0] if close else "" for close in near], dtype="str"))
