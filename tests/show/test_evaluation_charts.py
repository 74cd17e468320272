"""Charts of step 4 say in words what they show."""

import pandas as pd
from matplotlib.colors import to_rgb

from planning.analysis.kpis import STATUSES
from planning.show.charts import evaluation


def test_a_status_is_a_sign_and_a_word_and_not_a_colour_alone():
    rows = pd.DataFrame({"name": ["Visits", "Loans"], "status": ["behind", "no data"], "share_done": [0.0, None], "raw": [-0.2, None], "expected": [0.5, None],
                         "direction": "up", "value": [8.0, None], "unit": "visits", "period": ["2026-06", None], "target": 20.0, "target_low": None, "target_high": None, "achieved": pd.array([False, None], dtype="boolean")})

    chart = evaluation.status(rows)
    words = [text.get_text() for text in chart.figure.axes[0].texts]

    assert words == ["▲ behind, went backwards", "○ no data"]
    assert chart.alt.endswith("Visits: behind, 0% of the way, line at 50%; Loans: no data")


ROW = {"name": "Visits", "share_done": 1.0, "raw": 1.0, "expected": 0.5, "direction": "up", "value": 20.0, "unit": "visits", "period": "2026-06", "target": 20.0, "target_low": None,
       "target_high": None, "achieved": True, "due": pd.Timestamp("2027-06-30")}


def drawn(status):
    rows = pd.DataFrame([ROW | {"status": status}, ROW | {"status": "behind"}]).astype({"achieved": "boolean"})
    chart = evaluation.status(rows)
    return chart.figure.axes[0].texts[0].get_text(), chart


def test_every_status_has_a_sign_of_its_own_and_its_word():
    texts = {status: drawn(status)[0] for status in STATUSES}

    assert all(text[2:] == status for status, text in texts.items())
    assert len({text[0] for text in texts.values()}) == len(STATUSES)


def test_a_stale_kpi_is_drawn_and_told_as_stale_though_its_last_value_met_the_target():
    text, chart = drawn("stale")

    assert text == "■ stale"
    assert chart.figure.axes[0].patches[0].get_facecolor() != drawn("on target")[1].figure.axes[0].patches[0].get_facecolor()
    assert "Visits: stale" in chart.alt


def test_near_is_lighter_than_its_neighbours_and_no_two_neighbours_share_a_sign():
    # Relative luminance, so that they can be told apart in grey and without seeing red or green.
    def luminance(colour):
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light = {status: luminance(colour) for status, (_, colour) in evaluation.STATUS.items()}
    assert light["near"] > 2 * light["on target"]
    assert light["near"] > 2 * light["behind"]
    assert evaluation.STATUS["on target"][0] != evaluation.STATUS["behind"][0]
