import pytest

from planning.methods.bundles import bundles


def test_texts_that_share_half_of_their_words_are_one_bundle_and_the_largest_comes_first():
    texts = ["Longer hours", "New roof", "Longer opening hours", "Longer opening hours in winter"]

    assert bundles(texts) == [["Longer hours", "Longer opening hours", "Longer opening hours in winter"], ["New roof"]]
    assert bundles(["Longer hours", "Longer opening hours in winter"]) == [["Longer hours", "Longer opening hours in winter"]]
    assert bundles(["Longer hours", "Longer opening hours in winter"], shared=0.6) == [["Longer hours"], ["Longer opening hours in winter"]]


def test_texts_without_words_are_joined_with_their_like_only():
    assert bundles(["42", "!!", "42", "the"]) == [["42", "42"], ["!!"], ["the"]]
    assert bundles([]) == []


def test_a_share_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="Shared words"):
        bundles(["a"], shared=0)
