"""What the library already has, and the smallest start that could be made with it."""

from __future__ import annotations

import pandas as pd

KINDS = ("link", "collection", "room", "equipment", "people", "partner")
NOW, NOT_READY, WAITS, UNLISTED = "can start now", "an asset is not ready", "waits for another initiative", "its assets are not listed"
STATES = (NOW, WAITS, NOT_READY, UNLISTED)


def inventory(assets: pd.DataFrame, initiative_assets: pd.DataFrame, initiatives: pd.DataFrame, *, roles: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """What is there, one row an asset: asset, asset_name, kind, ready, looked_after_by (role), lent_by (partner), note, uses
    (number of initiatives not done or rejected that build on it), used_by (their names, semicolons between).

    Only what the plan lists is known: an asset that nobody wrote down is not in it, and ready is the
    word of the one who did. By kind (link, collection, room, equipment, people, partner), ready ones first, then by id.

    >>> assets = pd.DataFrame({"asset": ["AS1"], "name": ["Meeting room"], "kind": ["room"], "ready": [True], "role": ["R1"], "partner": [None],
    ...                        "note": [None]})
    >>> used = pd.DataFrame({"initiative": ["I1"], "asset": ["AS1"]})
    >>> initiatives = pd.DataFrame({"initiative": ["I1"], "name": ["Hub"], "status": ["candidate"]})
    >>> found = inventory(assets, used, initiatives, roles=pd.DataFrame({"role": ["R1"], "name": ["Librarian"]}),
    ...                   partners=pd.DataFrame(columns=["partner", "name"]))
    >>> found[["asset_name", "looked_after_by", "uses", "used_by"]].values.tolist()
    [['Meeting room', 'Librarian', 1, 'Hub']]
    """
    columns = ["asset", "asset_name", "kind", "ready", "looked_after_by", "lent_by", "note", "uses", "used_by"]
    if assets.empty:
        return pd.DataFrame(columns=columns)
    found = assets.rename(columns={"name": "asset_name"}).assign(ready=assets["ready"].astype(bool))
    found["looked_after_by"] = _named(found["role"], roles, "role")
    found["lent_by"] = _named(found["partner"], partners, "partner")
    found["note"] = found["note"].fillna("").astype("str")
    play = initiatives.loc[~initiatives["status"].isin(["done", "rejected"]), ["initiative", "name"]]
    used = initiative_assets[["initiative", "asset"]].merge(play, on="initiative").groupby("asset")["name"]
    names = used.agg("; ".join).to_dict() if len(used) else {}
    found["uses"] = found["asset"].map(used.size()).fillna(0).astype(int)
    found["used_by"] = [names.get(asset, "") for asset in found["asset"]]
    order = found.assign(place=found["kind"].map({kind: place for place, kind in enumerate(KINDS)}))
    return order.sort_values(["place", "ready", "asset"], ascending=[True, False, True], ignore_index=True)[columns]


def _named(ids: pd.Series, rows: pd.DataFrame, key: str) -> pd.Series:
    names = dict(zip(rows[key], rows["name"])) if len(rows) else {}
    return pd.Series([names.get(one, "") for one in ids], index=ids.index, dtype="str")


def starts(initiatives: pd.DataFrame, initiative_assets: pd.DataFrame, inventory: pd.DataFrame, *, links: pd.DataFrame, roles: pd.DataFrame,
           valued: pd.DataFrame) -> pd.DataFrame:
    """The first steps that the plan names, smallest start first: initiative, initiative_name, role (who would lead it), first_step,
    hours (of the first step), value (of the whole initiative, 0-1), assets (there and ready), missing (not ready),
    waits_for (all three names with semicolons between), state.

    Candidates and those chosen; what runs has started. state: can start now (all its assets are
    ready and every initiative that it needs is done or running), waits for another initiative, an
    asset is not ready, its assets are not listed (so it cannot be said). Within a state by hours, then
    by value; a step without hours comes last. Cheap is not best: it says where to begin and not what
    matters most. Takes the tables initiatives, initiative_assets and initiative_links, `inventory`, roles, and a
    frame with the value of each initiative.

    >>> initiatives = pd.DataFrame({"initiative": ["I1"], "name": ["Hub"], "status": ["candidate"], "owner": ["R1"], "first_step": ["One open hour"],
    ...                             "first_step_hours": [4.0]})
    >>> there = pd.DataFrame({"asset": ["AS1"], "asset_name": ["Meeting room"], "ready": [True]})
    >>> found = starts(initiatives, pd.DataFrame({"initiative": ["I1"], "asset": ["AS1"]}), there, links=pd.DataFrame(columns=["initiative", "link", "other"]),
    ...                roles=pd.DataFrame({"role": ["R1"], "name": ["Librarian"]}), valued=pd.DataFrame())
    >>> found[["initiative_name", "role", "hours", "assets", "state"]].values.tolist()
    [['Hub', 'Librarian', 4.0, 'Meeting room', 'can start now']]
    """
    columns = ["initiative", "initiative_name", "role", "first_step", "hours", "value", "assets", "missing", "waits_for", "state"]
    found = initiatives.reindex(columns=["initiative", "name", "status", "owner", "first_step", "first_step_hours"])
    found = found[found["status"].isin(["candidate", "chosen"]) & found["first_step"].notna()].reset_index(drop=True)
    if found.empty:
        return pd.DataFrame(columns=columns)
    found = found.rename(columns={"name": "initiative_name", "first_step_hours": "hours"}).astype({"hours": float})
    found["role"] = _named(found["owner"], roles, "role")
    found["value"] = found["initiative"].map(dict(zip(valued["initiative"], valued["value"])) if len(valued) else {}).astype(float)
    there = initiative_assets.reindex(columns=["initiative", "asset"]).merge(inventory.reindex(columns=["asset", "asset_name", "ready"]), on="asset")
    ready = there["ready"].astype(bool)
    found["assets"], found["missing"] = _listed(found, there[ready], "asset_name"), _listed(found, there[~ready], "asset_name")
    found["waits_for"] = _listed(found, _open_needs(initiatives, links), "name")
    found["state"] = [_state(*row) for row in zip(found["assets"], found["missing"], found["waits_for"])]
    found["place"] = found["state"].map({state: place for place, state in enumerate(STATES)})
    order = found.sort_values(["place", "hours", "value", "initiative"], ascending=[True, True, False, True], na_position="last", ignore_index=True)
    return order[columns]


def _open_needs(initiatives: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Pairs of an initiative and one it needs that is neither done nor running."""
    needs = links.loc[links["link"] == "needs", ["initiative", "other"]]
    others = initiatives[["initiative", "name", "status"]].rename(columns={"initiative": "other"})
    pairs = needs.merge(others, on="other")
    return pairs[~pairs["status"].isin(["done", "running"])]


def _listed(found: pd.DataFrame, pairs: pd.DataFrame, column: str) -> list[str]:
    texts = pairs.groupby("initiative")[column].agg("; ".join).to_dict() if len(pairs) else {}
    return [texts.get(initiative, "") for initiative in found["initiative"]]


def _state(assets: str, missing: str, waits_for: str) -> str:
    if waits_for:
        return WAITS
    if missing:
        return NOT_READY
    return NOW if assets else UNLISTED
