"""What the room said, as HTML for the phone and for the projector; only what the small group of the plan allows."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from planning.analysis import opinions, rounds
from planning.methods import held_back
from planning.model import facts
from planning.model.ballots.forms import Round
from planning.model.ballots import Ballots
from planning.show import bars, html
from planning.show.findings import room
from planning.show.language import say
from planning.show.records import Finding, Table
from planning.show.tables import room as tables


def small_group(folder: Path) -> int:
    """The plan's own smallest group that is shown; 5 where the plan does not say."""
    return int(facts.read(folder)[0].get("small_group") or 5)


def revealed(ballots: Ballots, asked: Round, *, sentences: int = 3, full: bool = False) -> Markup:
    """The distribution of a round whose result is shown, what stands out in it, what moved since it was asked before, and what to discuss.

    With `full`, for the facilitator, also the tables behind it: by group, what moved, what marks groups of opinion.
    """
    told = Told(ballots, asked)
    picture = _drawn(told.votes, asked, told.fewest)
    voters = told.votes["voter"].nunique()
    if voters < told.fewest:
        return picture + (Markup("") if asked.form == "ideas" else _listed("", [room.turnout(voters, small_group=told.fewest)]))
    if asked.form == "ideas":
        return picture
    talk = room.talk(rounds.to_discuss(told.summary, form=asked.form), form=asked.form, small_group=told.fewest, most=sentences)
    tables = Markup("".join(html.folded(table) for table in told.tables())) if full else Markup("")
    return picture + _listed("", told.findings(full=full)) + _listed(say("To discuss"), talk) + tables


def pictures(ballots: Ballots, asked: Round, fewest: int) -> list[pd.DataFrame]:
    """The votes behind the pictures of a round and of those before it that asked the same, oldest first; the same ones twice where the
    difference of two pictures would tell what a few said who took part in one of the rounds only (see `held_back.told_by_difference`).
    """
    before = pictures(ballots, ballots.round(asked.repeats), fewest) if asked.repeats else []
    votes = ballots.votes(asked)
    given = [one[one["option"].isin(votes["option"])] for one in before] if asked.form != "ideas" else []
    return [*before, next((one for one in reversed(given) if held_back.told_by_difference(_answers(one), _answers(votes), fewest=fewest)), votes)]


def _answers(votes: pd.DataFrame) -> dict[str, frozenset]:
    """By voter, what they said."""
    return {str(voter): frozenset(zip(rows["option"], rows["asked"], rows["value"])) for voter, rows in votes.groupby("voter")}


class Told:
    """What a closed round says, computed once: its votes, what of them stands out, and the tables behind that."""

    def __init__(self, ballots: Ballots, asked: Round) -> None:
        known = facts.read(ballots.folder)[0]
        self.asked, self.fewest = asked, int(known.get("small_group") or 5)
        shown = pictures(ballots, asked, self.fewest)
        self.votes, self.stays = shown[-1], not shown[-1].equals(ballots.votes(asked))
        if asked.form == "ideas":
            return
        self.options, steps = _options(asked)
        how = {"form": asked.form, "small_group": self.fewest}
        self.summary = rounds.summary(self.votes, self.options, **how, steps=steps)
        self.groups = rounds.by_group(self.votes, self.options, **how)
        self.moved = rounds.moved(shown[-2], self.votes, self.options, **how, steps=steps) if asked.repeats and not self.stays else pd.DataFrame()
        if asked.form == "statements":
            self.opinions = opinions.groups(self.votes, self.options, small_group=self.fewest, seed=int(known.get("seed") or 0))
            self.divides, self.shared = (make(self.votes, self.options, self.opinions, small_group=self.fewest) for make in (opinions.divides, opinions.consensus))

    def findings(self, *, full: bool) -> list[Finding]:
        """The sentences, those for the wall only or all of them."""
        form = self.asked.form
        found = [room.stays(small_group=self.fewest) if self.stays else None, room.leads(self.summary, form=form), room.together(self.summary, form=form), room.moved(self.moved, form=form), room.again(self.moved)]
        if form == "statements":
            found += [room.opinion_groups(self.opinions, small_group=self.fewest), *room.marks(self.divides), room.shared(self.shared)]
        if full:
            found += [room.ordered(*rounds.order_agreement(self.votes, self.options, form=form)), room.apart(self.groups, form=form), room.hidden_groups(self.groups, small_group=self.fewest)]
        return [finding for finding in found if finding]

    def tables(self) -> list[Table]:
        """The tables behind the sentences, those that have rows."""
        asked = dict(self.asked.settings.get("asked") or ())
        groups = self.groups if len(self.groups) and not self.groups["hidden"].all() else self.groups.head(0)
        found = [(tables.summary, self.summary, {"form": self.asked.form, "asked": asked}), (tables.by_group, groups, {"asked": asked}), (tables.moved, self.moved, {"asked": asked})]
        if self.asked.form == "statements":
            found += [(tables.divides, self.divides, {}), (tables.shared, self.shared, {})]
        return [make(rows, **more) for make, rows, more in found if len(rows)]


def live(ballots: Ballots, asked: Round) -> Markup:
    """How many of the votes of an open round are in the picture, and the picture itself."""
    fewest = small_group(ballots.folder)
    votes = ballots.live(asked, small_group=fewest)
    shown = votes["voter"].nunique()
    return Markup(bars.meter(max(ballots.count(asked), shown), shown)) + (_drawn(votes, asked, fewest) if shown else Markup(""))


def _drawn(votes: pd.DataFrame, asked: Round, fewest: int) -> Markup:
    caption = say("What the room said")
    if asked.form == "ideas":
        kinds = {kind: say(kind.capitalize()) for kind in asked.settings["kinds"]}
        return Markup(bars.ideas(rounds.ideas(votes, small_group=fewest), caption=caption, kinds=kinds))
    options, steps = _options(asked)
    told = rounds.distribution(votes, options, form=asked.form, steps=steps, small_group=fewest)
    said = rounds.summary(votes, options, form=asked.form, steps=steps, small_group=fewest)
    ends, questions = asked.settings.get("ends") or ("", ""), dict(asked.settings.get("asked") or ())
    return Markup(bars.distribution(told, form=asked.form, caption=caption, said=said, ends=ends, asked=questions))


def _options(asked: Round) -> tuple[pd.DataFrame, tuple[float, ...]]:
    options = pd.DataFrame([asdict(option) for option in asked.options]).rename(columns={"id": "option"})
    return options, rounds.scale(options, form=asked.form, settings=asked.settings)


def _listed(title: str, findings: list[Finding]) -> Markup:
    if not findings:
        return Markup("")
    head = Markup("<h2>{}</h2>").format(title) if title else Markup("")
    lines = Markup("").join(Markup("<li>{}</li>").format(finding.text) for finding in findings)
    return Markup('<div class="sentences">') + head + Markup("<ul>") + lines + Markup("</ul></div>")
