"""How far each prospect is from today's partners, what today's set lacks, and which kinds of organisation would bring it."""

from __future__ import annotations

import re

import pandas as pd

from planning.methods import distance

KINDS = ("internal department", "education", "government", "technology", "business", "community", "funder")
PER_LACK = 3
COMMON = {"from", "have", "that", "their", "them", "they", "what", "when", "which", "whom", "with", "without", "people", "someone", "others"}


def distances(partners: pd.DataFrame, *, audiences: pd.DataFrame, goals: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """How far each prospect is from today's active partners, the farthest first: partner, partner_name, kind, ethics, distance (to
    the nearest, 0-1), nearest (its name), mean (distance to all of them, 0-1), known (number of its four traits that are recorded).

    The distance is the mean over up to four traits: kind (same or not), and the overlap of audiences reached, goals
    supported and roles played. A trait that is not recorded on a side is left out. Takes `partner_audiences`,
    `partner_goals` and `partner_roles`. Prospects with an ethics veto are left out. Sources: Gower 1971, Jaccard 1912.

    Far is not good: it prompts a look at those whom a list sorted by fit puts last. With few traits known the distance is coarse.

    >>> partners = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Makers"], "kind": ["education", "technology"], "status": ["active", "prospect"],
    ...                          "ethics": ["clear", "clear"]})
    >>> reach = pd.DataFrame({"partner": ["P1", "P1", "P2"], "audience": ["A1", "A2", "A1"], "reach": [0.4, 0.2, 0.3]})
    >>> none = pd.DataFrame({"partner": [], "goal": [], "strength": [], "role": []})
    >>> distances(partners, audiences=reach, goals=none, roles=none)[["partner_name", "distance", "nearest", "known"]].values.tolist()
    [['Makers', 0.75, 'School', 2]]
    """
    columns = ["partner", "partner_name", "kind", "ethics", "distance", "nearest", "mean", "known"]
    lists = {"audiences": audiences[audiences["reach"] > 0].groupby("partner")["audience"].agg(set).to_dict(),
             "goals": goals[goals["strength"] > 0].groupby("partner")["goal"].agg(set).to_dict(),
             "roles": roles.groupby("partner")["role"].agg(set).to_dict()}
    traits = {row.partner: {"kind": row.kind, **{name: found.get(row.partner) for name, found in lists.items()}} for row in partners.itertuples()}
    today = partners[partners["status"] == "active"]
    rows = []
    for row in partners[(partners["status"] == "prospect") & (partners["ethics"] != "veto")].itertuples():
        apart = pd.Series({other.partner: distance.gower(traits[row.partner], traits[other.partner]) for other in today.itertuples()}, dtype=float)
        if len(apart):
            nearest = today.set_index("partner").loc[apart.idxmin(), "name"]
            known = sum(value is not None for value in traits[row.partner].values())
            rows.append([row.partner, row.name, row.kind, row.ethics, apart.min(), nearest, apart.mean(), known])
    found = pd.DataFrame(rows, columns=columns).astype({"distance": float, "mean": float})
    return found.round({"distance": 12, "mean": 12}).sort_values(["distance", "mean", "partner"], ascending=[False, False, True], ignore_index=True)


def lacks(partners: pd.DataFrame, *, coverage: pd.DataFrame, roles: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    """What today's active partners lack: lack (partner kind, audience, role, form), name (which one), kind (of the audience),
    inclusion (true for an audience that is an inclusion group).

    A kind of partner with nobody active; an audience that no active partner reaches; a role that none of
    them plays; a form (cash, in kind, time) in which none of them gave. Takes `audiences.coverage`, `register.roles` and
    `contributions.forms`. What is not recorded at all is not called lacking: neither a role where nobody's are, nor a form
    where nothing that a partner gave is. Empty without partners.

    >>> partners = pd.DataFrame({"kind": list(KINDS[1:]), "status": "active"})
    >>> missed = pd.DataFrame({"audience_name": ["Newcomers"], "kind": ["community"], "inclusion": [True], "reached": [False]})
    >>> roles = pd.DataFrame({"role": ["mentor", "hosts"], "players": [0, 2]})
    >>> forms = pd.DataFrame({"kind": ["cash", "time"], "partner_gives": [None, 300.0]})
    >>> lacks(partners, coverage=missed, roles=roles, forms=forms)[["lack", "name"]].values.tolist()
    [['partner kind', 'internal department'], ['audience', 'Newcomers'], ['role', 'mentor'], ['form', 'cash']]
    """
    columns = ["lack", "name", "kind", "inclusion"]
    if partners.empty:
        return pd.DataFrame(columns=columns)
    there = set(partners.loc[partners["status"] == "active", "kind"])
    missed = coverage[~coverage["reached"].astype(bool)].sort_values("inclusion", ascending=False, kind="stable")
    rows = [["partner kind", kind, None, False] for kind in KINDS if kind not in there]
    rows += [["audience", row.audience_name, row.kind, bool(row.inclusion)] for row in missed.itertuples()]
    rows += [["role", role, None, False] for role in roles.loc[roles["players"] == 0, "role"]]
    theirs = forms["partner_gives"].astype(float)
    rows += [["form", kind, None, False] for kind in forms.loc[theirs.notna().any() & ~(theirs > 0), "kind"]]
    return pd.DataFrame(rows, columns=columns)


def proposed(lacks: pd.DataFrame, ideas: pd.DataFrame, *, most: int = 8) -> pd.DataFrame:
    """Kinds of organisation that would bring what today's partners lack, in the order in which they are taken: place, idea, idea_name,
    partner_kind, unconventional (true when no active partner is of that kind), answers (number of lacks), audiences, roles, forms
    (the missing ones that it could bring, names), brings, first_question.

    Takes `lacks` and `catalogues.partner_ideas` for the library's kind. First those of a kind of partner that is absent today, then the
    others; in each group again and again the idea that answers most lacks not yet answered three times, where words that it shares with the
    name of a missed audience count as one lack more; ties by the number of these words, then by the order of the list. An
    audience is answered by an idea that reaches its kind, and an inclusion group only by one that reaches people whom
    services often miss. At most `most`; none when nothing is lacking.

    An idea is a prompt: whether such an organisation exists nearby, and reaches just these people, must be asked.

    >>> lacking = pd.DataFrame([["role", "mentor", None, False], ["audience", "Newcomers", "community", True]], columns=["lack", "name", "kind", "inclusion"])
    >>> ideas = pd.DataFrame({"idea": ["clubs", "schools"], "name": ["Sports clubs", "Language schools"], "partner_kind": ["community", "education"],
    ...     "audiences": ["community", "community; education"], "inclusion": [False, True], "roles": ["mentor", "mentor; hosts"], "gives": ["time", "time"],
    ...     "brings": ["Coaches", "Teachers"], "first_question": ["Who?", "What?"]})
    >>> proposed(lacking, ideas)[["idea_name", "answers", "audiences", "roles"]].values.tolist()
    [['Language schools', 2, 'Newcomers', 'mentor'], ['Sports clubs', 1, '', 'mentor']]
    """
    columns = ["place", "idea", "idea_name", "partner_kind", "unconventional", "answers", "audiences", "roles", "forms", "brings", "first_question"]
    absent = set(lacks.loc[lacks["lack"] == "partner kind", "name"])
    answers = [[lack.Index for lack in lacks.itertuples() if _answered(idea, lack)] for idea in ideas.itertuples()]
    left, pool, chosen = dict.fromkeys(lacks.index, PER_LACK), list(range(len(ideas))), []
    while pool and len(chosen) < most:
        best = max(pool, key=lambda place: _worth(ideas.iloc[place], lacks.loc[answers[place]], left))
        if not _worth(ideas.iloc[best], lacks.loc[answers[best]], left)[1]:
            break
        chosen.append(best)
        pool.remove(best)
        left.update({lack: left[lack] - 1 for lack in answers[best]})
    rows = []
    for place, idea in enumerate(chosen, start=1):
        row, own = ideas.iloc[idea], lacks.loc[answers[idea]]
        brought = ["; ".join(own.loc[own["lack"] == lack, "name"]) for lack in ("audience", "role", "form")]
        rows.append([place, row["idea"], row["name"], row["partner_kind"], row["partner_kind"] in absent, len(own), *brought, row["brings"], row["first_question"]])
    return pd.DataFrame(rows, columns=columns)


def _answered(idea: tuple, lack: tuple) -> bool:
    if lack.lack == "audience":
        return lack.kind in idea.audiences.split("; ") and (bool(idea.inclusion) or not lack.inclusion)
    offers = {"partner kind": idea.partner_kind, "role": idea.roles, "form": idea.gives}[lack.lack]
    return lack.name in offers.split("; ")


def _worth(idea: pd.Series, own: pd.DataFrame, left: dict[int, int]) -> tuple[bool, int, int]:
    """What speaks for an idea now: an absent kind that still wants one, how many of its lacks want an answer, words shared with their audiences."""
    wanted = own.loc[[lack for lack in own.index if left[lack] > 0]]
    missed = _words(" ".join(wanted.loc[wanted["lack"] == "audience", "name"]))
    alike = len(missed & _words(f"{idea['name']} {idea['brings']}"))
    return bool((wanted["lack"] == "partner kind").any()), len(wanted) + (alike > 0), alike


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{4,}", text.lower())) - COMMON
