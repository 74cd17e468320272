"""The commands `planning import ballots` and `planning export ballots`: votes from other devices and from paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planning.cli.app import bring, send
from planning.show.language import count, number, quoted, say

if TYPE_CHECKING:
    from planning.model.ballots import Ballots, Merged


@bring.command("ballots")
def bring_ballots(file: Annotated[Path, typer.Argument(metavar="FILE", help="Another device's ballots.sqlite or plan folder, or the sheet (CSV) that paper ballots were typed into.")],
                  into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder of the plan.")]) -> None:
    """Votes of another device, or ballots on paper that were typed in: none is lost, none counted twice. The file is left where it is, and not kept."""
    from planning.model.ballots import Ballots
    from planning.model.plan import find

    ballots = Ballots(find(into))
    try:
        for line in papers(ballots, file) if file.suffix.lower() == ".csv" else merged(ballots.merge(file)):
            print(line)
    finally:
        ballots.close()


def papers(ballots: Ballots, file: Path) -> list[str]:
    """Take a sheet of typed-in ballots, all of it or nothing, and tell how many there were of each round."""
    from planning.model.ballots import papers as ballot_papers

    found = ballot_papers.read(file, ballots.round)
    return [count("{round}: {n} ballot on paper was taken; with it {all} have voted.", "{round}: {n} ballots on paper were taken; with them {all} have voted.", ballots.type_in(id, typed),
                  round=id, all=number(ballots.count(id))) for id, typed in found.items()]


def merged(found: Merged) -> list[str]:
    """What came of another device's votes, in sentences."""
    lines = [say("Votes: {new} new, {replaced} in place of an earlier one, {same} that were here already. Rounds: {rounds}.",
                 new=number(found.new), replaced=number(found.replaced), same=number(found.same), rounds=", ".join(found.rounds) or say("none"))]
    if found.unknown:
        lines.append(count("{n} vote stayed out, since this plan does not know its round: {questions}", "{n} votes stayed out, since this plan does not know their rounds: {questions}",
                           found.unknown_votes, questions=quoted(found.unknown)) + ". " + say("Prepare rounds on one device, and copy the folder to the others before the meeting."))
    if found.late_votes:
        lines.append(count("{n} vote stayed out, since its round was taken over into the plan already: {rounds}.",
                           "{n} votes stayed out, since their rounds were taken over into the plan already: {rounds}.", found.late_votes, rounds=", ".join(found.adopted)))
    if found.few_votes:
        lines.append(count("{n} vote stayed out, since the result of its round was shown already and would tell what it says: {rounds}. Bring it in with more votes at once, or repeat the round.",
                           "{n} votes stayed out, since the results of their rounds were shown already and so few would tell what they say: {rounds}. Bring them in with more votes at once, or repeat the rounds.",
                           found.few_votes, rounds=", ".join(found.seen)))
    if found.unfit:
        lines.append(count("{n} vote stayed out, since it does not fit its round.", "{n} votes stayed out, since they do not fit their round.", found.unfit))
    return lines


@send.command("ballots")
def send_ballots(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the plan.")],
                 out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder that the ballots go into.")],
                 round: Annotated[str, typer.Option("--round", metavar="ID", help="This round only, such as R3; otherwise every one that is prepared or open.")] = "",
                 copies: Annotated[int, typer.Option("--copies", min=1, max=500, help="How many ballots of each round.")] = 30,
                 first: Annotated[int, typer.Option("--first", min=1, help="The number of the first ballot; give a higher one when more are printed later.")] = 1,
                 over: Annotated[bool, typer.Option("--force", help="Write over ballots that are there.")] = False) -> None:
    """Ballots on paper of rounds that are prepared or open, numbered, with a sheet to type them into."""
    from planning.model.plan import open_plan
    from planning.reports import paper_ballots

    for path in paper_ballots.write(open_plan(folder), out, round=round, copies=copies, first=first, over=over):
        print(path)
    print(say("When the ballots are typed in: planning import ballots FILE --into {folder}", folder=folder))
