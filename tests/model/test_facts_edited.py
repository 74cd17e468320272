"""A field of plan.toml set anew leaves every other line as it was."""

from __future__ import annotations

import datetime as dt
import tomllib

from planning.model import facts

TOML = '# The facts.\r\nlibrary = \'Mill "old" Library\'   # on every page\r\nas_of = 2026-06-30\r\n# population = 61000\r\nseed = 7\r\n'


def test_a_value_is_set_in_its_line_and_remarks_and_line_ends_stay() -> None:
    text = facts.edited(TOML, {"library": 'Mill # 2 "new"', "as_of": dt.date(2026, 7, 31), "population": 5, "seed": None})

    assert text == '# The facts.\r\nlibrary = "Mill # 2 \\"new\\""   # on every page\r\nas_of = 2026-07-31\r\npopulation = 5\r\n# seed = 7\r\n'


def test_a_field_that_has_no_line_is_added() -> None:
    assert facts.edited("seed = 1", {"small_group": 4, "invented": True}) == "seed = 1\nsmall_group = 4\ninvented = true\n"


def test_a_text_over_several_lines_is_written_anew_without_loss_of_a_fact() -> None:
    text = facts.edited('library = """\nMill\nLibrary"""\nseed = 1\n', {"library": "Weir"})

    assert tomllib.loads(text) == {"library": "Weir", "seed": 1}
