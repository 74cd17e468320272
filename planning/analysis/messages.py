"""What is said to which audience through which channel: gaps, what needs attention, and when it goes out."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from planning.methods import periods, quoted, retold, wording

HELD = "Text held back: its story may not be told"
TOO_FEW = "Text held back: its figure rests on too few answers"
CAUSAL = re.compile(r"\b(?:thanks to|because of|led to|leads to|caused|due to|as a result of|brought about)\b", re.IGNORECASE)
GOING = ("approved", "sent")
REGISTER = ["message", "text", "channel", "status", "going", "date", "audience", "audience_name", "goal", "goal_name", "goal_stands",
            "kpi", "kpi_name", "backed", "story", "told", "owner", "owner_name"]
COVERAGE = ["audience", "audience_name", "kind", "inclusion", "people", "messages", "backed", "going", "channels", "gap"]
MATTERS = ["message", "text", "audience_name", "channel", "owner_name", "date", "status", "matter", "about", "figures", "period",
           "latest", "latest_period", "target", "to_do", "stops"]
CALENDAR = ["message", "date", "days", "when", "audience_name", "channel", "text", "owner_name", "status"]
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")

# matter: (what to do while it is not sent, what to do once it is sent, whether it should stop the message)
TO_DO = {
    "its story may not be told": ("Ask for consent, or tell another story", "Take it down where it still stands", True),
    "check the number": ("Put the measured figure in, or name the KPI it comes from", "Correct it if it is wrong", True),
    "claims a cause that its figure does not show": ("Say that the two went together, and leave the cause out", "Do not repeat the claim", True),
    "set beside a figure counted in another way": ("Leave the earlier figure out", "Do not repeat the comparison", True),
    "rests on a KPI that is out of date": ("Measure anew before it goes out", "Do not repeat it before it is measured anew", True),
    "rests on a KPI without a value": ("Leave the figure out until there is one", "Do not repeat it until there is a value", True),
    "speaks for a goal that has ended": ("Speak for a goal in force, or drop it", "Do not repeat it", True),
    "the figure is not the latest": ("Take the latest figure, or keep the month in the sentence", "", False),
    "sent more than a year ago": ("", "Bring it up to date where it still stands, or take it down", False),
    "a figure, but no KPI behind it": ("Name the KPI that it rests on", "Name the KPI that it rests on", False),
    "its day has passed": ("Send it or set a new day", "", False),
    "rests on a KPI that is behind its target": ("Say the target too, and what is being done", "", False),
    "no owner": ("Name the role that sends it", "", False),
    "no day": ("Settle the day", "", False),
    "speaks for no goal": ("Name the goal, or ask why it is said", "", False),
}


def register(messages: pd.DataFrame, audiences: pd.DataFrame, goals: pd.DataFrame, *, progress: pd.DataFrame, roles: pd.DataFrame,
             told: pd.DataFrame, as_of: dt.date, stories: pd.DataFrame | None = None, surveyed: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every message with its names in place of ids: message, text, channel, status, going (approved or sent), date, audience,
    audience_name, goal, goal_name, goal_stands (the goal is in force; missing without a goal), kpi, kpi_name, backed
    (rests on a KPI that has a value), story, told (its story may be told; missing without a story), owner, owner_name.

    Takes all goals, also those that have ended; `progress` is `kpis.progress`, `told` is `impact.stories`.
    Where the story may not be told, the text is held back, since it may tell the story. With all `stories` the text of a message that
    names no story, but tells again one that may not be told, is held back too; with `backing.surveyed` that of a message with a
    figure from too few answers. In the order of the messages table.

    >>> messages = pd.DataFrame({"message": ["M1"], "text": ["A first job"], "channel": ["poster"], "status": ["sent"], "date": [None],
    ...     "audience": ["A1"], "goal": ["G1"], "kpi": [None], "story": ["ST1"], "owner": ["R1"]})
    >>> audiences, roles = pd.DataFrame({"audience": ["A1"], "name": ["Job seekers"]}), pd.DataFrame({"role": ["R1"], "name": ["Librarian"]})
    >>> goals = pd.DataFrame({"goal": ["G1"], "name": ["Work"], "valid_from": [pd.Timestamp(2025, 7, 1)], "valid_to": [pd.NaT]})
    >>> none = pd.DataFrame(columns=["kpi", "name", "value", "story"])
    >>> register(messages, audiences, goals, progress=none, roles=roles, told=none, as_of=dt.date(2026, 6, 30))[["text", "told"]].values.tolist()
    [['Text held back: its story may not be told', False]]
    """
    found = messages.assign(date=pd.to_datetime(messages["date"]), going=messages["status"].isin(GOING))
    for own, rows, key in (("audience", audiences, "audience"), ("goal", goals, "goal"), ("kpi", progress, "kpi"), ("owner", roles, "role")):
        found[f"{own}_name"] = found[own].map(dict(zip(rows[key], rows["name"]))).astype(object)
    day = pd.Timestamp(as_of)
    standing = goals.loc[(goals["valid_from"] <= day) & (goals["valid_to"].isna() | (goals["valid_to"] >= day)), "goal"]
    found["goal_stands"] = found["goal"].isin(standing).astype("boolean").mask(found["goal"].isna())
    found["backed"] = found["kpi"].isin(progress.loc[progress["value"].notna(), "kpi"])
    found["told"] = found["story"].isin(told["story"]).astype("boolean").mask(found["story"].isna())
    closed = [] if stories is None else list(stories.loc[~stories["story"].isin(told["story"]), ["name", "text"]].itertuples(index=False))
    again = pd.Series([any(retold.retells(text, *story) for story in closed) for text in found["text"]], index=found.index, dtype=bool)
    found["told"] = found["told"].mask(again, False)
    few = set() if surveyed is None else set(surveyed.loc[surveyed["hidden"].astype(bool), "kpi"])
    figure = pd.Series([kpi in few and bool(wording.figures(CLOCK.sub(" ", text))) for kpi, text in zip(found["kpi"], found["text"])], index=found.index, dtype=bool)
    found["text"] = found["text"].mask(figure, TOO_FEW).mask(~found["told"].fillna(True).astype(bool), HELD)
    return found[REGISTER].reset_index(drop=True)


def coverage(audiences: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """What each audience is told: audience, audience_name, kind, inclusion, people, messages, backed (that rest on a KPI
    with a value), going (approved or sent), channels (number), gap (in words; empty when there is none).

    Takes `register`. The gap is the first that holds: no message; none approved or sent; none that
    rests on a KPI with a value. Audiences with a gap come first, those of inclusion groups before
    others. Many messages to an audience do not say that it hears them.

    >>> audiences = pd.DataFrame({"audience": ["A1", "A2"], "name": ["Readers", "Newcomers"], "kind": ["patrons", "community"],
    ...     "inclusion": [False, True], "people": [900, 300]})
    >>> register = pd.DataFrame({"message": ["M1"], "audience": ["A1"], "channel": ["poster"], "backed": [True], "going": [True]})
    >>> coverage(audiences, register)[["audience_name", "messages", "gap"]].values.tolist()
    [['Newcomers', 0, 'no message'], ['Readers', 1, '']]
    """
    found = audiences.rename(columns={"name": "audience_name"})
    grouped = register.groupby("audience")
    for name, counts in (("messages", grouped["message"].size()), ("backed", grouped["backed"].sum()), ("going", grouped["going"].sum()),
                         ("channels", grouped["channel"].nunique())):
        found[name] = [int(counts.get(audience, 0)) for audience in found["audience"]]
    gaps = ("no message", "none approved or sent", "none with a number behind it", "")
    found["gap"] = [_gap(row, gaps) for row in found.itertuples()]
    order = found["gap"].map({gap: place for place, gap in enumerate(gaps)})
    return found.assign(order=order, others=~found["inclusion"].astype(bool)).sort_values(["order", "others", "audience"], ignore_index=True)[COVERAGE]


def _gap(row: object, gaps: tuple[str, ...]) -> str:
    return gaps[next((place for place, number in enumerate((row.messages, row.going, row.backed)) if number == 0), 3)]


def grid(audiences: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """Every audience against every channel in use: audience, audience_name, channel, messages, going (approved or sent).

    Takes `register`. The channels with most messages come first; audiences keep the order of
    their table. Empty without messages or audiences.

    >>> audiences = pd.DataFrame({"audience": ["A1", "A2"], "name": ["Readers", "Newcomers"]})
    >>> register = pd.DataFrame({"message": ["M1"], "audience": ["A1"], "channel": ["poster"], "going": [True]})
    >>> grid(audiences, register)[["audience_name", "channel", "messages"]].values.tolist()
    [['Readers', 'poster', 1], ['Newcomers', 'poster', 0]]
    """
    left = audiences[["audience", "name"]].rename(columns={"name": "audience_name"})
    pairs = left.merge(by_channel(register)[["channel"]], how="cross")
    counts = register.groupby(["audience", "channel"]).agg(messages=("message", "size"), going=("going", "sum")).reset_index()
    found = pairs.merge(counts, on=["audience", "channel"], how="left")
    return found.fillna({"messages": 0, "going": 0}).astype({"messages": int, "going": int})


def by_channel(register: pd.DataFrame) -> pd.DataFrame:
    """Messages by channel, most first: channel, messages, going (approved or sent), audiences (number)."""
    found = register.groupby("channel").agg(messages=("message", "size"), going=("going", "sum"), audiences=("audience", "nunique")).reset_index()
    return found.sort_values(["messages", "channel"], ascending=[False, True], ignore_index=True).astype({"going": int})


def by_goal(goals: pd.DataFrame, register: pd.DataFrame) -> pd.DataFrame:
    """What is said for each goal, heaviest first: goal, goal_name, weight (share 0-1), messages, going (approved or sent), audiences (number).

    Takes the goals in force and `register`. A goal without a message is one that nobody hears of.

    >>> goals = pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [1.0]})
    >>> by_goal(goals, pd.DataFrame({"message": ["M1"], "goal": ["G1"], "going": [True], "audience": ["A1"]}))[["goal_name", "messages"]].values.tolist()
    [['Read', 1]]
    """
    found = goals[["goal", "name", "weight"]].rename(columns={"name": "goal_name"})
    grouped = register.groupby("goal")
    for name, counts in (("messages", grouped["message"].size()), ("going", grouped["going"].sum()), ("audiences", grouped["audience"].nunique())):
        found[name] = [int(counts.get(goal, 0)) for goal in found["goal"]]
    return found.sort_values(["weight", "goal"], ascending=[False, True], ignore_index=True)


def checks(register: pd.DataFrame, progress: pd.DataFrame, values: pd.DataFrame, *, events: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """What is the matter with which message, the most pressing first: message, text, audience_name, channel, owner_name, date,
    status, matter (in words), about (name of the KPI, goal or event, or empty), figures (those of the text that raised it),
    period (in which such a figure was measured, or empty), latest and latest_period (the KPI's latest value), target,
    to_do (in words), stops (true when it should not go out as it stands).

    Takes `register`, `kpis.progress` and the KPI values. Matters: the story may not be told; the text claims a
    cause, in words such as "thanks to", which no KPI shows; the KPI is out of date, without a value, or
    behind while the text names no target; the goal has ended or is missing; a figure in digits that is not the KPI's latest value; a figure without a KPI; a comparison across a
    recorded change of counting; a figure sent more than a year ago; no owner; no day; a day that has passed unsent. A number in the
    text is checked only where the text states one: when one figure is the latest value, or all are
    its baseline, target or part of its definition, nothing is reported. A figure that was measured
    earlier is told apart from one that was never measured. Misleads for figures in words, and when
    a wrong figure equals another one by chance.
    """
    known, day = progress.set_index("kpi"), pd.Timestamp(as_of)
    rows = []
    for row in register.itertuples():
        kpi = known.loc[row.kpi] if row.kpi in known.index else None
        latest = [None, None, None] if kpi is None else [kpi["value"], kpi["period"], kpi["target"]]
        own = events[events["kpi"].isna() | (events["kpi"] == row.kpi)]
        matters = _matters(row, kpi, day) + _resting(row, kpi, values[values["kpi"] == row.kpi], own, day)
        rows += [[row.message, row.text, row.audience_name, row.channel, row.owner_name, row.date, row.status, *matter, *latest,
                  TO_DO[matter[0]][row.status == "sent"], TO_DO[matter[0]][2]] for matter in matters]
    found = pd.DataFrame([row for row in rows if row[-2]], columns=MATTERS)
    found["order"] = found["matter"].map({matter: place for place, matter in enumerate(TO_DO)})
    return found.sort_values(["order", "date", "message"], ignore_index=True)[MATTERS]


def _matters(row: object, kpi: pd.Series | None, day: pd.Timestamp) -> list[tuple[str, str, str, str]]:
    holds = {
        "its story may not be told": row.told is not pd.NA and not row.told,
        "a figure, but no KPI behind it": kpi is None and bool(_figures(row)),
        "speaks for no goal": pd.isna(row.goal),
        "no day": pd.isna(row.date),
        "its day has passed": row.date < day and row.status != "sent",
        "no owner": pd.isna(row.owner),
    }
    found = [(matter, "", "", "") for matter, here in holds.items() if here]
    ended = pd.notna(row.goal) and not row.goal_stands
    return found + ([("speaks for a goal that has ended", row.goal_name, "", "")] if ended else [])


def _resting(row: object, kpi: pd.Series | None, values: pd.DataFrame, events: pd.DataFrame,
             day: pd.Timestamp) -> list[tuple[str, str, str, str]]:
    if kpi is None:
        return []
    if pd.isna(kpi["value"]):
        return [("rests on a KPI without a value", row.kpi_name, "", "")]
    words = {"stale": "rests on a KPI that is out of date", "behind": "rests on a KPI that is behind its target"}
    figures = _figures(row)
    with_target = kpi["status"] == "behind" and any(quoted.agrees(figure, kpi["target"]) for figure in figures)
    found = [(words[kpi["status"]], row.kpi_name, "", "")] if kpi["status"] in words and not with_target else []
    found += [("claims a cause that its figure does not show", row.kpi_name, "", "")] if CAUSAL.search(row.text) else []
    found += [("sent more than a year ago", row.kpi_name, "", "")] if row.status == "sent" and row.date < day - pd.DateOffset(years=1) else []
    latest = [figure for figure in figures if quoted.agrees(figure, kpi["value"])]
    return found + (_across(kpi, figures, events) if latest else _strange(row, kpi, figures, values))


def _figures(row: object) -> list[float]:
    return wording.figures(CLOCK.sub(" ", row.text))


def _strange(row: object, kpi: pd.Series, figures: list[float], values: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    expected = [kpi[name] for name in ("baseline", "target", "target_low", "target_high")] + wording.figures(f"{kpi['name']} {kpi['unit']}")
    strange = [figure for figure in figures if not any(quoted.agrees(figure, value) for value in expected)]
    if not strange:
        return []
    earlier = [period for period, value in zip(values["period"], values["value"]) if any(quoted.agrees(figure, value) for figure in strange)]
    matter = "the figure is not the latest" if earlier else "check the number"
    return [(matter, row.kpi_name, "; ".join(f"{figure:,.10g}" for figure in strange), max(earlier, default=""))]


def _across(kpi: pd.Series, figures: list[float], events: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    back = pd.Period(kpi["period"]) - {"monthly": 12, "quarterly": 4}.get(kpi["frequency"], 1)
    breaks = events[events["changes_process"].astype(bool) & (events["date"] <= periods.last_day(kpi["period"]))]
    for value, period in ((kpi["baseline"], kpi["baseline_period"]), (kpi["year_before"], str(back))):
        same = [figure for figure in figures if quoted.agrees(figure, value)]
        between = breaks[breaks["date"] > periods.last_day(period)] if same and pd.notna(period) else breaks[:0]
        if len(between):
            return [("set beside a figure counted in another way", between.iloc[-1]["name"], f"{same[0]:,.10g}", str(period))]
    return []


def calendar(register: pd.DataFrame, *, as_of: dt.date, ahead: int) -> pd.DataFrame:
    """When messages go out, by day: message, date, days (from as_of), when (in words), audience_name, channel, text, owner_name, status.

    Takes `register`. when is *late* for a day before as_of on a message that is not sent, *coming*
    up to `ahead` days from as_of, *later* after that, *sent*, and *no day*. Those without a day come
    last.

    >>> register = pd.DataFrame({"message": ["M1", "M2"], "date": [pd.Timestamp(2026, 6, 1), pd.Timestamp(2026, 7, 10)], "status": ["draft", "approved"],
    ...     "audience_name": ["Readers", "Readers"], "channel": ["poster", "web page"], "text": ["One", "Two"], "owner_name": ["Librarian", None]})
    >>> calendar(register, as_of=dt.date(2026, 6, 30), ahead=90)[["text", "days", "when"]].values.tolist()
    [['One', -29, 'late'], ['Two', 10, 'coming']]
    """
    days = (register["date"] - pd.Timestamp(as_of)).dt.days
    when = pd.Series("coming", index=register.index, dtype=object).mask(days > ahead, "later").mask(days < 0, "late")
    when = when.mask(register["status"] == "sent", "sent").mask(register["date"].isna(), "no day")
    return register.assign(days=days, when=when)[CALENDAR].sort_values(["date", "message"], na_position="last", ignore_index=True)


def reconciled(register: pd.DataFrame, audiences: pd.DataFrame) -> pd.DataFrame:
    """The sums that messages must have: check, expected, found; empty without messages."""
    rows = [["Messages by channel add up to all messages", len(register), by_channel(register)["messages"].sum()],
            ["Messages by audience add up to all messages", len(register), coverage(audiences, register)["messages"].sum()]]
    return pd.DataFrame(rows if len(register) else [], columns=["check", "expected", "found"])
