"""How much of a vote may be shown, so that no two pictures of it give single people away."""

from collections.abc import Hashable, Mapping


def batch(shown: int, cast: int, *, fewest: int) -> int:
    """Return how many of the votes cast so far, oldest first, may be in the picture of a vote that is still open.

    `shown` votes are in the picture already. More are let in only when at least `fewest` can come at once, and at
    least `fewest` are always held back, so that two pictures differ by nobody or by `fewest` people and more, and so
    does the last one from the picture after closing. Nothing is shown before twice `fewest` have voted; then as many
    as the rule allows. A picture that is out is never taken back. This is the rule against differences
    of counts that suppression of small cells rests on, applied to pictures that follow one another.

    Misleading where a vote already in the picture is changed: the new one has to wait for the next batch as if it
    were cast last, and the old one stays in the picture until then. It counts people, so it guards nobody against
    a batch of people who are known to have voted together, or who all voted alike.

    Raises ValueError when a number is below 0, or more votes are shown than were cast.

    >>> [batch(0, cast, fewest=5) for cast in (4, 9, 10, 12)], batch(5, 14, fewest=5), batch(5, 15, fewest=5)
    ([0, 0, 5, 7], 5, 10)
    """
    if min(shown, fewest) < 0 or shown > cast:
        raise ValueError(f"Votes: found {shown} shown of {cast} cast, and {fewest} as the fewest. None is below 0, and no more are shown than were cast. Correct it.")
    allowed = cast - fewest
    return allowed if allowed - shown >= max(fewest, 1) else shown


def told_by_difference(before: Mapping[Hashable, object], after: Mapping[Hashable, object], *, fewest: int) -> bool:
    """Return whether two pictures of one question, voter to answers, would tell what a few said who are in one of them only.

    That is so where some people voted in one of the two rounds only, as who came late or left did, and with those who
    changed their answers they are fewer than `fewest`: then the difference is theirs, and the room knows who they are. Nothing is told
    where `before` had fewer than `fewest` voters, since then it was not shown.

    Misleading where the same people voted both times and a few of them changed: that is not refused, since the room
    cannot know who they are. It sees that so many answers moved, and what they were.

    >>> room = dict.fromkeys("abcdef", 3)
    >>> [told_by_difference(room, room | more, fewest=5) for more in ({"late": 5}, {"a": 5}, {"late": 5, "a": 1, "b": 1, "c": 2, "d": 4})]
    [True, False, False]
    """
    different = [voter for voter in before.keys() | after.keys() if before.get(voter) != after.get(voter)]
    return len(before) >= fewest and before.keys() != after.keys() and len(different) < fewest
