"""Charts of the network of partners and of whom partners serve."""

from __future__ import annotations

import pandas as pd
from matplotlib.patches import Arc

from planning.methods import networks
from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.language import count, listed, number, say, share
from planning.show.records import Chart, Table

MOST = 26
ROW = 0.46
SHAPES = {"internal department": "s", "education": "^", "government": "D", "technology": "P", "business": "o", "community": "h", "funder": "v"}


def network(rows: pd.DataFrame, links: pd.DataFrame, joining: pd.DataFrame) -> Chart:
    """Active partners one below the other, arcs between those that work together; prospects as open marks with dashed arcs."""
    nodes = _nodes(rows, links, joining)
    figure, axes = canvas.figure(0.7 + ROW * len(nodes))
    places = {node["partner"]: place for place, node in enumerate(nodes)}
    widest = _arcs(axes, links, places)
    for place, node in enumerate(nodes):
        _mark(axes, place, node)
    axes.set_yticks(range(len(nodes)), [_label(node) for node in nodes], fontsize=8.5)
    for label, node in zip(axes.get_yticklabels(), nodes):
        label.set_color(canvas.ORANGE if node.get("cut") else canvas.MUTED if node["prospect"] else canvas.INK)
        label.set_fontweight("bold" if node.get("cut") else "normal")
    axes.set_ylim(len(nodes) - 0.4, -0.6)
    axes.set_xlim(-0.12 * max(widest, 1.0), 1.05 * max(widest, 1.0))
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)
    axes.set_xlabel(canvas.wrapped(say("arc: they work with each other; filled: active; open and dashed: prospect; outlined: the only link to others; shape: kind of partner"), 80))
    finding = findings.network.bridging(rows) or findings.network.groups(rows)
    active = int((~links["prospect"].astype(bool)).sum())
    basis = say("{partners}, {links}", partners=count("{n} active partner", "{n} active partners", len(rows)), links=count("{n} link between them", "{n} links between them", active))
    return Chart(figure, finding, _alt(rows, joining), say("links on record; the library itself is left out, since it works with all of them"), basis, _table(rows))


def _nodes(rows: pd.DataFrame, links: pd.DataFrame, joining: pd.DataFrame) -> list[dict[str, object]]:
    """Active partners, and prospects that work with one of them, in an order in which the arcs are short."""
    known = [node | {"prospect": False} for node in rows.head(MOST).to_dict("records")]
    known += [node | {"prospect": True} for node in joining[joining["links"] > 0].head(MOST - len(known)).to_dict("records")]
    by = {node["partner"]: node for node in sorted(known, key=lambda node: node["partner"])}
    return [by[partner] for partner in networks.line(list(by), zip(links["partner"], links["other"]))]


def _arcs(axes: object, links: pd.DataFrame, places: dict[str, int]) -> float:
    """One half circle a link, flattened where it is long; the distance it reaches to the right."""
    widest = 0.0
    for row in links.itertuples():
        if row.partner not in places or row.other not in places:
            continue
        low, high = sorted((places[row.partner], places[row.other]))
        reach = (high - low) ** 0.75
        widest = max(widest, reach / 2)
        axes.add_patch(Arc((0, (low + high) / 2), reach, high - low, theta1=-90, theta2=90, linewidth=1.4, zorder=1,
                           color=canvas.GREY if row.prospect else canvas.BLUE, linestyle=(0, (4, 3)) if row.prospect else "solid"))
    return widest


def _mark(axes: object, place: int, node: dict[str, object]) -> None:
    shape = SHAPES[node["kind"]]
    if node.get("cut"):
        axes.plot([0], [place], marker=shape, markersize=16, markerfacecolor="none", markeredgecolor=canvas.ORANGE, markeredgewidth=1.6, zorder=3)
    colour = canvas.GREY if node["prospect"] else canvas.ORANGE if node.get("cut") else canvas.BLUE
    axes.plot([0], [place], marker=shape, markersize=9, markerfacecolor="white" if node["prospect"] else colour, markeredgecolor=colour, markeredgewidth=1.4, zorder=4)


def _label(node: dict[str, object]) -> str:
    """Name and kind of a partner, and in words what the mark says."""
    words = [say(node["kind"])]
    if node["prospect"]:
        words = [say("prospect, {kind}", kind=say(node["kind"]))]
    elif node["cut"]:
        words.append(count("only link to {n} partner", "only link to {n} partners", node["parted_count"]))
    elif node["bridge"]:
        words.append(say("bridge"))
    elif not node["links"]:
        words.append(say("works with no other"))
    return canvas.wrapped(node["partner_name"], 44) + "\n" + canvas.wrapped(say("{kind}; {mark}", kind=words[0], mark=words[1]) if len(words) > 1 else words[0], 44)


def _alt(rows: pd.DataFrame, joining: pd.DataFrame) -> str:
    parts = [say("{name} works with {names}", name=row.partner_name, names=listed(row.linked.split("; "))) if row.links
             else say("{name} works with no other", name=row.partner_name) for row in rows.itertuples()]
    parts += [say("{name}, a prospect, works with {names}", name=row.partner_name, names=listed(row.linked.split("; "))) for row in joining.itertuples() if row.links]
    return count("Arcs between {n} partner and those that it works with. ", "Arcs between {n} partners that work with one another. ", len(rows)) + "; ".join(parts)


def _table(rows: pd.DataFrame) -> Table:
    return tables.network.bridges(rows)


def benefits(rows: pd.DataFrame, purposes: pd.DataFrame) -> Chart:
    """Which active partner serves which of the five kinds of audience."""
    kinds = list(purposes["kind"])
    wide = rows.groupby("partner").agg(partner_name=("partner_name", "first"), kinds=("kind", "nunique"), reached=("reached", "sum")).reset_index()
    wide = wide.sort_values(["kinds", "reached", "partner"], ascending=[False, False, True]).head(MOST).reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(wide), 0.36) + 0.7)
    places = {partner: place for place, partner in enumerate(wide["partner"])}
    for row in rows[rows["partner"].isin(places)].itertuples():
        at = kinds.index(row.kind), places[row.partner]
        axes.plot(*at, marker="D" if row.inclusion else "o", markersize=15 if row.inclusion else 16, color=canvas.BLUE, linestyle="none")
        axes.text(*at, number(row.reached), color="white", fontsize=8.5, ha="center", va="center_baseline")
    axes.set_yticks(range(len(wide)), [canvas.wrapped(name) for name in wide["partner_name"]])
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(kinds)), [canvas.wrapped(say(kind), 13) + "\n" + _served(n) for kind, n in zip(kinds, purposes["partners"])], fontsize=8.5)
    for label, few in zip(axes.get_xticklabels(), purposes["partners"] < 2):
        label.set_color(canvas.ORANGE if few else canvas.MUTED)
        label.set_fontweight("bold" if few else "normal")
    axes.grid(axis="y")
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set(xlim=(-0.6, len(kinds) - 0.4), ylim=(len(wide) - 0.5, -0.5))
    axes.set_xlabel(say("number of audiences that it reaches; ◆ an inclusion group among them"))
    alt = count("A grid of one partner and the five kinds of audience. ", "A grid of {n} partners and the five kinds of audience. ", len(wide)) + "; ".join(
        say("{kind}: {many}, {names}", kind=say(row.kind), many=_served(row.partners), names=listed(row.partner_names.split("; "))) if row.partners
        else say("{kind}: no active partner", kind=say(row.kind)) for row in purposes.itertuples())
    return Chart(figure, findings.network.served(purposes), alt, say("audiences of which one partner alone reaches a tenth or more"), _basis(wide, rows), tables.network.benefits(rows))


def _served(partners: int) -> str:
    return count("{n} partner", "{n} partners", partners) if partners else say("nobody")


def _basis(wide: pd.DataFrame, rows: pd.DataFrame) -> str:
    every = rows["partner"].nunique()
    if len(wide) < every:
        return say("{n} of {all} active partners with any reach", n=len(wide), all=every)
    return say("{partners} with any reach", partners=count("{n} active partner", "{n} active partners", every))
