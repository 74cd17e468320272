import pandas as pd
import pytest

from planning.show import language
from planning.show.findings import needs


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def moves(*rows: tuple[str, float, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["measure", "change", "first_year", "last_year"]).assign(broken=False)


def placed(sure: float) -> pd.DataFrame:
    return pd.DataFrame({"service_name": ["Wi-Fi"], "quadrant": ["concentrate here"], "sure": [sure]})


def test_years_that_both_moves_share_are_said_once():
    same = moves(("visits", -0.28, 2017, 2026), ("electronic_circulation", 3.95, 2017, 2026))
    other = moves(("visits", -0.28, 2019, 2026), ("electronic_circulation", 3.95, 2017, 2026))

    assert needs.history(same).text == "From 2017 to 2026 loans of digital items rose by 395% and visits fell by 28%."
    assert needs.history(other).text == "Loans of digital items rose by 395% from 2017 to 2026 and visits fell by 28% from 2019 to 2026."


def test_a_placing_is_called_close_only_where_redrawn_surveys_often_move_it():
    assert needs.concentrate(placed(0.97)).text == "Concentrate on Wi-Fi: patrons find it more relevant than most services and rate the quality below most."
    assert needs.concentrate(placed(0.6)).text.endswith("rate the quality below most. Wi-Fi is a close call: it stays there in 60% of redrawn surveys.")


def test_the_order_of_services_names_what_was_rated():
    gaps = pd.DataFrame({"patrons": [5.0, 4.0, 3.0], "leadership": [4.5, 4.0, 2.0], "hidden": False})

    assert needs.same_order(gaps, of="quality").text.startswith("On the order of services by quality, patrons and leadership largely agree")


def test_the_services_that_give_most_are_named_with_the_weight_that_was_tried():
    given = pd.DataFrame({"service_name": ["Storytime", "Job desk", "DVDs"], "value": [0.5, 0.25, 0.0]})

    assert needs.most_support(given, goal="Every child reads", weight=0.5).text == (
        "With “Every child reads” at 50% of the weight, most weighted support comes from Storytime (50%) and Job desk (25%).")
    assert needs.most_support(given.head(0), goal="Every child reads", weight=0.5) is None


def test_figures_of_one_year_are_told_with_money_as_money():
    rows = pd.DataFrame({"measure": ["visits", "income_total"], "change": None, "first_year": 2017, "last_year": 2017, "last": [1846.0, 15746.0], "broken": False})

    assert needs.history(rows).text == "Of fiscal year 2017 the plan holds visits 1,846 and income $15,746; without a second year nobody can say what moved."
