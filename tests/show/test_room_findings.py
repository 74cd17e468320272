import gettext
import re

import numpy as np
import pandas as pd
import pytest

from planning.analysis import opinions, rounds
from planning.show import bars, html, language
from planning.show.findings import room
from planning.show.tables import room as tables

OPTIONS = pd.DataFrame({"option": ["A", "B", "C"], "label": ["Read", "Work", "Belong"]})


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def ballots(answers: dict[str, list[float | None]], groups: str = "") -> pd.DataFrame:
    names = {"p": "patrons", "s": "staff", "l": "leadership"}
    rows = [(f"V{n}", names.get(groups[n:n + 1], ""), option, "", float(value), "", "") for option, values in answers.items() for n, value in enumerate(values) if value is not None]
    return pd.DataFrame(rows, columns=["voter", "group", "option", "asked", "value", "text", "kind"])


def said(answers: dict[str, list[float | None]], form: str = "scales") -> pd.DataFrame:
    return rounds.summary(ballots(answers), OPTIONS[OPTIONS["option"].isin([*answers])] if form != "pairs" else OPTIONS, form=form, small_group=5)


def talked(answers: dict[str, list[float | None]], form: str = "scales") -> list[str]:
    return [one.text for one in room.talk(rounds.to_discuss(said(answers, form), form=form), form=form, small_group=5)]


def test_turnout_below_the_small_group_is_not_told_as_a_number():
    assert [room.turnout(n, small_group=5).text for n in (0, 3, 5)] == ["Nobody has voted yet.", "Fewer than 5 people voted, so nothing of it is shown.", "5 people voted."]


def test_what_leads_is_told_with_what_follows_and_level_options_as_level():
    assert room.leads(said({"A": [60, 50, 70, 60, 60], "B": [40, 50, 30, 40, 40]}, "points"), form="points").text == (
        "“Read” comes first with 60 points on average, ahead of “Work” with 40 points (5 voters).")
    assert room.leads(said({"A": [1, 2, 1, 2, 1, 2], "B": [2, 1, 2, 1, 2, 1]}, "ranks"), form="ranks").text == "All options come out level, at place 1.5 on average (6 voters)."
    assert room.leads(said({"A": [2] * 5, "B": [2] * 5, "C": [1] * 5}, "dots"), form="dots").text == "“Read” and “Work” share the first place, with 2 dots on average (5 voters)."
    assert room.leads(said({"A": [4] * 5, "B": [5] * 5}), form="scales") is None


def test_agreement_is_only_told_where_the_middle_half_is_settled():
    close = room.together(said({"A": [4, 4, 5, 4, 5, 4], "B": [1, 2, 3, 4, 5, 5]}), form="scales")
    far = room.together(said({"A": [1, 3, 5, 1, 3, 5]}), form="scales")

    assert (close.tone, close.text) == ("good", "The room agrees most on “Read”: the middle half of the answers runs from 4 to 5 (6 answers). The agreement is 0.83, "
                                                "where 1 is all alike, 0 as many on each step and −1 half on each end.")
    assert (far.tone, far.text) == ("plain", "The room is of one mind on none of the options. It is closest on “Read”, and there too the middle half of the answers runs from 1 to 5 (6 answers).")
    assert room.together(said({"A": [4] * 6}), form="scales").text == "On “Read” all 6 answers are alike: 4."
    assert room.together(said({"A": [1] * 6}, "statements"), form="statements").text == "On “Read” all 6 answers are alike: agree."
    assert room.together(said({"A": [4] * 3}), form="scales") is None


def test_each_reason_to_talk_has_its_sentence():
    assert talked({"A": [1] * 6 + [5] * 6}) == ["Talk about “Read”: the room parts into two camps, 6 people around 1 and 6 around 5."]
    assert talked({"A": [1] * 4 + [-1] * 3}, "statements") == ["Talk about “Read”: 4 of 7 agree and 3 disagree."]
    assert talked({"A": [1, 2, 3, 4, 5, 3]}) == ["Talk about “Read”: people see it widely apart; the middle half of the answers runs from 2 to 4 (6 answers)."]
    assert talked({"A": [5] * 6, "B": [5] * 2 + [None] * 4}) == ["Fewer than 5 people answered “Work”, so nothing of it is shown. Ask what kept people from answering."]
    assert talked({"A": [5] * 12, "B": [5] * 5 + [None] * 7}) == ["Only 5 of 12 voters answered “Work”. Ask what kept the others from it."]
    assert talked({"A": [4] * 6}) == ["Nothing stands out to talk about: answers lie close together on every option."]
    assert talked({"A": [4] * 2}) == ["Too few people answered to say what to talk about."]


def test_a_minority_below_the_small_group_is_told_without_its_number():
    assert talked({"A": [5] * 10 + [1] * 2}) == ["Most of the room is close on “Read”, around 5, but a few people put it clearly lower. Ask what they see."]
    assert talked({"A": [2] * 21 + [5] * 5}) == ["Most of the room is close on “Read”, around 2, but 5 of 26 people put it clearly higher. Ask what they see."]
    assert talked({"A": [-1] * 8 + [1] * 2}, "statements") == ["Most of the room disagrees on “Read”, but a few people clearly agree. Ask what they see."]


def test_what_is_beyond_the_first_four_is_counted():
    many = pd.DataFrame({"option": list("ABCDEF"), "label": list("uvwxyz")})
    rows = rounds.to_discuss(rounds.summary(ballots({letter: [1, 2, 3, 4, 5, 3] for letter in "ABCDEF"}), many, form="scales", small_group=5), form="scales")

    assert room.talk(rows, form="scales", small_group=5)[-1].text == "2 more options are in the table of what to talk about."


def test_an_order_is_only_told_as_agreed_where_chance_does_not_give_as_much():
    agreed = ballots({"A": [1] * 6, "B": [2, 2, 2, 2, 3, 3], "C": [3, 3, 3, 3, 2, 2]})
    chance = ballots({"A": [1, 2, 3, 1, 2, 3], "B": [2, 3, 1, 3, 1, 2], "C": [3, 1, 2, 2, 3, 1]})

    assert room.ordered(*rounds.order_agreement(agreed, OPTIONS, form="ranks")).text == "On the order of the options the 6 voters agree strongly (Kendall's W 0.78, from 0 to 1)."
    assert "no more than chance" in room.ordered(*rounds.order_agreement(chance, OPTIONS, form="ranks")).text
    assert room.ordered(float("nan"), float("nan"), 1) is None


def test_groups_are_set_beside_each_other_and_hidden_ones_are_named_as_hidden():
    votes = ballots({"A": [1, 2, 1, 2, 1, 1, 4, 5, 4, 5, 4, 4, 3, 3]}, "p" * 6 + "s" * 6 + "l" * 2)
    rows = rounds.by_group(votes, OPTIONS.head(1), form="scales", small_group=5)
    apart = rounds.by_group(votes[votes["group"] != "leadership"], OPTIONS.head(1), form="scales", small_group=5)

    assert room.apart(rows, form="scales") is None
    assert room.hidden_groups(rows, small_group=5).text == ("Hidden on some options or all: patrons and leadership. Fewer than 5 of them answered, "
                                                            "or their answers could be worked out from what is shown.")
    assert room.apart(apart, form="scales").text == "On “Read” staff (6) and patrons (6) stand furthest apart: 4.3 against 1.3 on average."
    assert room.hidden_groups(apart, small_group=5) is None


def test_what_moved_and_whether_to_vote_again_is_told():
    first, second = ballots({"A": [1, 1, 2, 4, 5, 5], "B": [1, 2, 3, 4, 5, 5]}), ballots({"A": [4, 4, 4, 5, 5, 4], "B": [2, 2, 3, 4, 4, 4]})
    rows = rounds.moved(first, second, OPTIONS.head(2), form="scales", small_group=5)
    still = rounds.moved(first, first, OPTIONS.head(2), form="scales", small_group=5)
    done = rounds.moved(first, ballots({"A": [4] * 6, "B": [4] * 6}), OPTIONS.head(2), form="scales", small_group=5)

    assert room.moved(rows, form="scales").text == "Between the two votes “Read” moved most: its middle went from 3 to 4; answers came closer on 2 options (of 2)."
    assert room.again(rows).text == "Another vote is worth it on “Work”: answers are not settled there and still moving."
    assert room.moved(still, form="scales").text == "Between the two votes no middle moved, and answers lie as close together as before (of 2)."
    assert room.again(still).text.startswith("On “Read” and “Work” people differ and no longer move")
    assert room.again(done).text == "No further vote is needed: the answers are settled on every option shown."
    assert room.moved(rows.head(0), form="scales") is None and room.again(rows.head(0)) is None


STATEMENTS = pd.DataFrame({"option": [f"T{n}" for n in range(6)], "label": ["Open on Sundays.", "Fines end", "Quiet", "Print", "Time to learn", "Ramps"]})


def spoken(answers: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    votes = ballots({f"T{column}": list(values) for column, values in enumerate(answers.T)})
    return votes, opinions.groups(votes, STATEMENTS, small_group=5, seed=1)


def two_groups() -> tuple[pd.DataFrame, pd.DataFrame]:
    return spoken(np.vstack([np.tile([1, 1, -1, -1, 1, 1], (11, 1)), np.tile([-1, -1, 1, 1, 1, 1], (9, 1))]))


def test_groups_of_opinion_what_marks_them_and_what_they_share_are_told():
    votes, groups = two_groups()
    marks = room.marks(opinions.divides(votes, STATEMENTS, groups, small_group=5))

    assert room.opinion_groups(groups, small_group=5).text == ("2 groups of opinion stand out, A with 11 and B with 9 people. They hold for these statements only; "
                                                               "the same answers dealt out at random give groups as clear in at most 5 of 100 rooms.")
    assert marks[0].text == "What sets group A (11 people) apart: more of them agree that “Open on Sundays” (100%; of the others 0%) and agree that “Fines end” (100%; of the others 0%)."
    assert len(marks) == 2
    assert room.shared(opinions.consensus(votes, STATEMENTS, groups, small_group=5)).text == (
        "In every group of opinion most people agree that “Time to learn” (at least 100%) and agree that “Ramps” (at least 100%).")


def test_why_there_are_no_groups_is_told():
    alike, few = spoken(np.tile([1.0, 1, 1, 1, -1, 1], (16, 1))), spoken(np.tile([1.0, 1, 1, 1, -1, 1], (9, 1)))

    assert room.opinion_groups(alike[1], small_group=5).text == "No groups of opinion stand out: answers hang together no more than chance would have it (16 people)."
    assert "takes 15 people" in room.opinion_groups(few[1], small_group=5).text
    assert room.shared(opinions.consensus(few[0], STATEMENTS, few[1], small_group=5)).text == (
        "Most people in the room agree that “Open on Sundays” (100% of 9), agree that “Fines end” (100% of 9) and agree that “Quiet” (100% of 9). 3 more statements are shared.")
    split = spoken(np.array([[1, -1] * 3, [-1, 1] * 3] * 5, dtype=float))
    assert room.shared(opinions.consensus(split[0], STATEMENTS, split[1].assign(group=""), small_group=5)).text == "No statement is shared: on none are at least 60% of the room on one side."


def test_ideas_are_counted_and_nothing_is_said_of_how_they_sound():
    votes = pd.DataFrame({"voter": [f"V{n}" for n in range(5)], "text": ["Open on Sundays", "open Sunday", "Roof leaks", "Tools", "Chairs"], "kind": ""})

    assert room.ideas(rounds.ideas(votes, small_group=5), voters=5, small_group=5).text == "5 ideas by 5 people. 1 bundle of them has like words."
    assert room.ideas(rounds.ideas(votes.head(3), small_group=5), voters=3, small_group=5).text == "Fewer than 5 people voted, so nothing of it is shown."


def test_two_questions_on_one_option_are_told_apart():
    rows = room.questioned(said({"A": [4] * 6}).assign(asked="quality"), {"quality": "How good is it?", "relevance": "How much does it matter?"})

    assert rows["name"].tolist() == ["Read – How good is it?"]
    assert room.questioned(said({"A": [4] * 6}), {"": "How good is it?"})["name"].tolist() == ["Read"]


def everything(form: str) -> list[str]:
    """All that is said and shown of a round and its repetition."""
    draws = np.random.default_rng(4)
    reach = {"scales": (1, 6), "statements": (-1, 2), "points": (0, 60), "swing": (0, 101), "dots": (0, 4), "ranks": (1, 4), "pairs": (1, 9)}[form]
    keys = ["A|B", "A|C", "B|C"] if form == "pairs" else list("ABC")
    votes, again = (ballots({key: list(draws.integers(*reach, 24).astype(float)) for key in keys}, "p" * 14 + "s" * 7 + "l" * 3) for _ in range(2))
    rows, groups = rounds.summary(votes, OPTIONS, form=form, small_group=5), rounds.by_group(votes, OPTIONS, form=form, small_group=5)
    talk, moved = rounds.to_discuss(rows, form=form), rounds.moved(votes, again, OPTIONS, form=form, small_group=5)
    shown = rounds.distribution(votes, OPTIONS, form=form, steps=rounds.scale(OPTIONS, form=form), small_group=5)
    told = [room.turnout(24, small_group=5), room.leads(rows, form=form), room.together(rows, form=form), room.ordered(*rounds.order_agreement(votes, OPTIONS, form=form)),
            *room.talk(talk, form=form, small_group=5), room.apart(groups, form=form), room.hidden_groups(groups, small_group=5), room.moved(moved, form=form), room.again(moved)]
    made = [tables.summary(rows, form=form), tables.talk(talk), tables.by_group(groups), tables.moved(moved)]
    return [*(one.text for one in told if one), *map(html.table, made), bars.distribution(shown, form=form, caption="", said=rows), bars.meter(24, 19, present=30)]


def all_opinions() -> list[str]:
    votes, groups = two_groups()
    divides, shared = opinions.divides(votes, STATEMENTS, groups, small_group=5), opinions.consensus(votes, STATEMENTS, groups, small_group=5)
    ideas = rounds.ideas(pd.DataFrame({"voter": list("abcde"), "text": ["Print", "Print", "Quiet", "Ramps", "Read"], "kind": ""}), small_group=5)
    told = [room.opinion_groups(groups, small_group=5), *room.marks(divides), room.shared(shared), room.ideas(ideas, voters=5, small_group=5)]
    return [*(one.text for one in told), *map(html.table, (tables.divides(divides), tables.shared(shared), tables.ideas(ideas))), bars.ideas(ideas, caption="")]


@pytest.mark.parametrize("form", ["points", "swing", "dots", "ranks", "pairs", "scales", "statements", "opinions"])
def test_every_text_goes_through_the_language(form: str, monkeypatch: pytest.MonkeyPatch):
    class Marked(gettext.NullTranslations):
        def gettext(self, message):
            return f"⟦{message}⟧"

        def ngettext(self, one, many, n):
            return f"⟦{one if n == 1 else many}⟧"

    monkeypatch.setattr(language.gettext, "translation", lambda *_, **__: Marked())
    language.use("en", "USD")
    texts = " ".join(all_opinions() if form == "opinions" else everything(form))
    plain = re.sub(r"<[^>]+>|&\w+;", " ", re.sub(r'aria-label="([^"]*)"', r">\1<", texts))
    before = None
    while before != plain:
        before, plain = plain, re.sub(r"⟦[^⟦⟧]*⟧", "", plain)

    own = set(" ".join([*OPTIONS["label"], *STATEMENTS["label"]]).replace(".", "").split()) | {"A", "B", "room_ideas"}
    assert {word for word in re.findall(r"[^\W\d_]{2,}", plain)} - own == set()


@pytest.mark.parametrize("form", ["points", "swing", "dots", "ranks", "pairs", "scales", "statements"])
def test_no_sentence_holds_a_missing_number(form: str):
    assert [text for text in everything(form)[:-6] if re.search(r"\bnan\b|not available|None|NaN", text)] == []
