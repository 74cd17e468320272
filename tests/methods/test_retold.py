"""Texts that tell another again."""

import pytest

from planning.methods import retold

STORY = ("A lease not signed", "Figures from the desk showed a founder that a shop would not carry itself")


@pytest.mark.parametrize(("text", "found"), [
    ("Figures from the desk showed a founder what to do", True),
    ("They SHOWED a founder, that a shop would close", True),
    ("A lease not signed: come and see", True),
    ("Figures from the desk are public", False),
    ("A lease was signed", False),
    ("", False),
])
def test_six_words_in_a_row_or_the_name_tell_a_story_again(text, found):
    assert retold.retells(text, *STORY) is found


def test_a_short_story_is_found_as_a_whole_and_one_of_a_few_words_never():
    assert retold.retells("Then he found work again and left", "Work", "found work again and")
    assert not retold.retells("We found work", "Work", "found work")


def test_fewer_than_one_word_in_a_row_is_refused():
    with pytest.raises(ValueError, match="1 or more"):
        retold.retells("a", "b", "c", in_a_row=0)
