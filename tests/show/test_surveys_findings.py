"""Sentences about surveys: true in tone, and grammatical for one and for many."""

import pandas as pd
import pytest

from planning.show import language
from planning.show.findings import surveys


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def test_agreement_gives_the_interval_and_hidden_rows_say_nothing():
    rows = pd.DataFrame({"text": ["It is warm.", "It is quiet."], "group": "staff", "agree": [0.2, 0.9], "low": [0.1, 0.8], "high": [0.3, 0.95], "n": 40.0, "hidden": False})

    assert surveys.agreed(rows, group="staff").text == (
        "Staff agree least with “It is warm”: 20%, between 10% and 30%. They agree most with “It is quiet”: 90%, between 80% and 95%.")
    assert surveys.agreed(rows, group="staff").tone == "bad"
    assert surveys.agreed(rows.head(1), group="staff").text == "“It is warm”: 20% of staff agree, between 10% and 30%."
    assert surveys.agreed(rows.assign(hidden=True)) is None


def test_what_all_agree_with_alike_has_no_least_and_no_most():
    rows = pd.DataFrame({"text": ["It is warm.", "It is quiet."], "group": "staff", "agree": [1.0, 1.0], "low": [0.9, 0.8], "high": 1.0, "n": 40.0, "hidden": False})
    third = pd.concat([rows, rows.head(1)])

    assert surveys.agreed(rows, group="staff").text == "Staff agree alike with both statements: 100%."
    assert surveys.agreed(third, group="staff").text == "Staff agree alike with all 3 statements: 100%."
    asked = rows.assign(scale="yes no", good=0.25)
    assert surveys.said_yes(asked).text == "Of 2 questions none got more yes than another: 25% each."
    ticks = rows.assign(block="Which did you use?", group="leadership", share=0.5)
    assert surveys.ticked(ticks)[0].text == "“Which did you use”: of 40 members of leadership, 50% ticked each of the 2 options."


def test_comparisons_in_which_all_groups_stand_alike_name_none():
    row = {"text": "It is warm.", "trait": "Age", "lowest": "old", "lowest_good": 0.4, "highest": "young", "highest_good": 0.4, "clear": False, "hidden": False, "scale": "agree 1-5"}

    assert surveys.parted(pd.DataFrame([row, row])).text == "In 2 comparisons of groups no difference shows beyond chance."


def test_few_answers_are_told_in_people_and_not_in_per_cent():
    rows = pd.DataFrame({"text": ["It is warm."], "group": "partners", "agree": [7 / 9], "low": [0.45], "high": [0.94], "n": 9.0, "hidden": False})

    assert surveys.agreed(rows).text == "“It is warm”: 7 of 9 partners agree, between 45% and 94%."


def test_a_promoter_score_that_may_be_zero_is_neither_good_nor_bad():
    scores = pd.DataFrame({"question": ["Q1"], "text": ["Would you recommend us?"], "group": ["patrons"], "n": [200.0], "score": [4.0], "low": [-0.3], "high": [9.0], "hidden": [False]})

    found = surveys.recommended(scores)[0]

    assert found.text == "Patrons give a promoter score of +4 to “Would you recommend us”; 200 answers put it between 0 and +9."
    assert found.tone == "plain"


def change(**changes):
    return {"text": "It opened.", "scale": "agree 1-5", "earlier_share": 0.5, "later_share": 0.36, "difference": -0.14, "clear": True, "hidden": False} | changes


def frame(*rows):
    return pd.DataFrame(list(rows))


def test_what_changed_is_told_with_both_shares_and_how_many_did_not():
    rose = change(text="It is warm", earlier_share=0.53, later_share=0.68, difference=0.15)
    one = surveys.changed(frame(change(), change(clear=False)))
    many = surveys.changed(frame(rose, change(), change(clear=False), change(clear=False)))

    assert one.text == "Since the survey before, 1 share has changed by more than chance: “It opened” fell from 50% to 36%. The other 1 has not."
    assert many.text == "Since the survey before, 2 shares have changed by more than chance: “It is warm” rose from 53% to 68% and “It opened” fell from 50% to 36%. The other 2 have not."
    assert (one.tone, many.tone, surveys.changed(frame(rose)).tone) == ("bad", "plain", "good")


def test_no_change_beyond_chance_is_said_and_a_yes_is_neither_good_nor_bad():
    assert surveys.changed(frame(change(clear=False), change(clear=False))).text == "None of the 2 shares that were asked about again has changed by more than chance could explain."
    assert surveys.changed(frame(change(scale="yes no"))).tone == "plain"
    assert surveys.changed(frame(change(hidden=True))) is None


def pair(**changes):
    return {"text": "How sure are you?", "n": 41.0, "rose": 32.0, "fell": 1.0, "stayed": 8.0, "difference": 1.0, "gap_days": 35.0, "clear": True, "hidden": False} | changes


def test_before_and_after_counts_people_and_warns_of_a_memory():
    found = surveys.paired(frame(pair(), pair(clear=False, gap_days=0.0), pair(difference=-1.0), pair(hidden=True)))

    assert found[0].text == "“How sure are you”: of 41 people who were asked before too, 32 stood higher, 1 lower and 8 the same. That is more than chance."
    assert found[1].text.endswith("That is no more than chance can do. Both were asked on one day, so the first is a memory.")
    assert [one.tone for one in found] == ["good", "plain", "bad"]


def difference(**changes):
    return {"text": "It opened", "scale": "agree 1-5", "trait": "Age", "lowest": "Under 18", "lowest_good": 0.24, "highest": "65 and over", "highest_good": 0.55, "clear": True, "hidden": False} | changes


def test_groups_that_differ_are_named_with_how_many_were_compared_and_what_does_not_differ():
    found = surveys.apart(frame(difference(), difference(trait="Gender", clear=False)))
    second = surveys.apart(frame(difference(trait="Home branch"), difference(), difference(trait="Gender", clear=False)))

    assert found.text == "Of 2 comparisons of groups, 1 shows a difference beyond chance. By gender nothing differs clearly."
    assert second.text == ("Of 3 comparisons of groups, 2 show a difference beyond chance. Besides the surest there is one by age on “It opened”, from 24% (Under 18) to 55% (65 and over). "
                           "By gender nothing differs clearly.")
    assert found.tone == "bad"
    assert surveys.apart(frame(difference(clear=False), difference(clear=False))) is None


def test_a_yes_that_few_gave_is_no_bad_news():
    assert surveys.apart(frame(difference(scale="yes no"))).tone == "plain"
    assert surveys.parted(frame(difference(scale="yes no"))).tone == "plain"


def test_a_difference_that_lies_in_strength_is_not_told_by_its_shares():
    assert "on “It opened”, in how strongly people answered." in surveys.apart(frame(difference(), difference(lowest_good=0.97, highest_good=1.0))).text


def test_the_surest_difference_may_be_chance_all_the_same():
    assert surveys.parted(frame(difference())).text == "On “It opened” groups differ most surely by age: from 24% (Under 18) to 55% (65 and over), which is more than chance."
    assert surveys.parted(frame(difference(clear=False), difference(clear=False))).text == (
        "The surest of 2 differences is by age on “It opened”, from 24% (Under 18) to 55% (65 and over), and even that is no more than chance can do.")
    assert surveys.parted(frame(difference(clear=False))).text.startswith("The one comparison is by age on “It opened”")


def test_questions_nobody_answered_are_named_for_one_and_for_many():
    assert surveys.silent(frame({"text": "It opened."})).text == "Nobody has answered “It opened”. Ask it, or take it out of the form."
    assert surveys.silent(frame({"text": "It opened"}, {"text": "It closed"})).text == "Nobody has answered 2 questions: “It opened” and “It closed”. Ask them, or take them out of the form."
    assert surveys.silent(pd.DataFrame({"text": []})) is None


def test_yes_and_ticks_are_told_from_least_to_most():
    yes = {"scale": "yes no", "hidden": False, "n": 40.0, "low": 0.2, "high": 0.4}
    assert surveys.said_yes(frame(yes | {"text": "Open?", "good": 0.3}, yes | {"text": "Warm?", "good": 0.6})).text == (
        "Fewest said yes to “Open”: 30% of 40, between 20% and 40%. Most said yes to “Warm”: 60% of 40, between 20% and 40%.")
    assert surveys.said_yes(frame(yes | {"text": "Open?", "good": 0.3, "n": 10.0})).text == "“Open”: 3 of 10 said yes, between 20% and 40%."
    ticks = [{"block": "What did you do?", "group": "patrons", "text": text, "n": 9.0, "share": share, "hidden": False} for text, share in (("Borrowed", 0.7), ("Sat", 0.2))]
    assert surveys.ticked(frame(*ticks))[0].text == "“What did you do”: of 9 patrons, most ticked “Borrowed” (70%), fewest “Sat” (20%)."


def test_statements_that_do_not_go_together_are_to_be_read_one_by_one():
    row = {"group": "staff", "topic": "support", "items": 3.0, "n": 25.0, "alpha": 0.42, "high": 0.69, "weakest": "It is warm", "enough": False, "hidden": False}
    found = surveys.together(frame(row, row | {"alpha": 0.8, "enough": True}, row | {"alpha": None}, row | {"high": 0.84}))

    assert found[0].text == "Staff on support: the 3 statements do not measure one thing (alpha 0.42, 25 people). Read them one by one; “It is warm” goes least with the others."
    assert found[1].text == "Staff on support: the 3 statements go together (alpha 0.80, 25 people), so they may be read as one."
    assert found[2].tone == "unknown"
    assert found[3].text == "Staff on support: whether the 3 statements measure one thing cannot be told from 25 people who answered them all (alpha 0.42). Read them one by one."
