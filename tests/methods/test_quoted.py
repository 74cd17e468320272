"""Figures in a sentence against a measured value."""

import pytest

from planning.methods import quoted


@pytest.mark.parametrize(("figure", "value"), [(960, 960.0), (70, 70.2), (15.9, 15.93), (8200, 8205), (41, 0.41), (2.4, 2.36)])
def test_a_figure_agrees_when_a_person_would_write_the_value_so(figure, value):
    assert quoted.agrees(figure, value)


@pytest.mark.parametrize(("figure", "value"), [(963, 961.0), (970, 961.0), (71, 70.2), (15.9, 15.8), (200, 170), (8000, 8205), (4, 0.41), (2.36, 2.4)])
def test_a_figure_does_not_agree_with_another_value(figure, value):
    assert not quoted.agrees(figure, value)


@pytest.mark.parametrize("value", [None, float("nan")])
def test_nothing_agrees_with_a_missing_value(value):
    assert not quoted.agrees(0, value)
