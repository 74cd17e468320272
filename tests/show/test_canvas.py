"""The look that all charts share."""

from __future__ import annotations

from planning.show.charts import canvas


def test_signs_that_matplotlib_could_read_as_a_formula_are_drawn_letter_for_letter() -> None:
    figure, axes = canvas.figure()
    drawn = [axes.text(0.1, 0.2 * place, name) for place, name in enumerate(["$a_1^2$", "\\frac{1}{2}", "5$ & <b>{x}</b>", "$unclosed"])]

    canvas.png(figure)

    assert [text.get_text() for text in drawn] == ["$a_1^2$", "\\frac{1}{2}", "5$ & <b>{x}</b>", "$unclosed"]
    assert not any(text.get_parse_math() for text in drawn)
