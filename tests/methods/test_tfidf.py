"""Words that mark a group: by hand, and in several languages."""

import math

import pytest

from planning.methods import tfidf


def test_words_of_many_scripts_without_common_ones_and_the_plural():
    assert tfidf.words("Die Bücher sind alt, und les livres aussi") == ["bücher", "alt", "livre", "aussi"]
    assert tfidf.words("Więcej książek, ещё книги, glass 24") == ["więcej", "książek", "ещё", "книги", "glass"]


def test_likeness_by_hand():
    [found] = tfidf.nearest(["cold room"], ["cold room", "warm soup"], ["A", "B"])

    assert (found.group, found.lead) == ("A", pytest.approx(1.0))
    rare, shared = 1 + math.log(4 / 2), 1 + math.log(4 / 3)
    [half] = tfidf.nearest(["cold room"], ["cold room", "cold soup", "long book"], ["A", "B", "B"])
    b = [shared / math.hypot(shared, rare), rare / math.hypot(shared, rare)]
    profile = [b[0] / 2, b[1] / 2, *[1 / math.sqrt(2) / 2] * 2]
    assert half.lead == pytest.approx(1 - (b[0] * profile[0]) / math.sqrt(sum(part**2 for part in profile)))


def test_a_description_stands_for_a_group_without_texts():
    assert tfidf.nearest(["open on sundays"], ["printer jams"], ["Machines"], about={"Hours": "when it is open, sundays and evenings"})[0].group == "Hours"


def test_no_shared_word_means_no_group():
    assert tfidf.nearest(["something else"], ["printer jams"], ["Machines"])[0] == (None, 0.0, 0.0, ())
    assert tfidf.nearest(["printer"], [], [])[0].group is None


def test_a_word_that_only_one_person_used_leads_to_a_group_and_is_not_named():
    [found] = tfidf.nearest(["ask jola about the printers"], ["jola fixed the printer", "printer jams"], ["Machines", "Machines"])

    assert found.group == "Machines"
    assert found.words == ("printers",)


def test_the_central_text_shares_most_words_with_the_others():
    assert tfidf.central(["more books", "the room is cold", "cold room, loud room", "a cold room and no books"]) in (1, 3)
    assert tfidf.central(["a", "b"]) == 0
    with pytest.raises(ValueError, match="At least one is needed"):
        tfidf.central([])


def test_texts_and_groups_of_different_length_are_refused():
    with pytest.raises(ValueError, match="found 1 texts and 2 groups"):
        tfidf.nearest(["x"], ["a"], ["A", "B"])


def test_a_text_left_out_is_judged_as_if_it_had_never_been_there():
    texts = ["cold room", "a cold and loud room", "more books", "books on boats", "boats", "zzz"]
    groups, about = ["A", "A", "B", "B", "C", "C"], {"A": "rooms", "D": "loud books"}

    found = tfidf.left_out(texts, groups, about=about)

    alone = [tfidf.nearest([text], texts[:place] + texts[place + 1 :], groups[:place] + groups[place + 1 :], about=about)[0] for place, text in enumerate(texts)]
    assert [one.group for one in found] == [one.group for one in alone]
    assert [found[place].group for place in (0, 1, 4, 5)] == ["A", "A", "B", None]
    assert [one.lead for one in found] == pytest.approx([one.lead for one in alone])
    assert tfidf.left_out([], []) == [] and tfidf.left_out(["one"], ["A"])[0].group is None
