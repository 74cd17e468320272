"""Rules between the cells of value proxies."""

import pytest

from planning.model import rules_value
from planning.model.schema import tables
from planning.model.sheet import Sheet

ROW = {"proxy": "PX1", "name": "A loan", "service": "S1", "kpi": "", "number": "", "unit_value": "8", "low": "4", "high": "16", "source": "Prices", "years": "", "drop_off": ""}


def problems(**given):
    return [(one.column, str(one.found)) for one in rules_value.broken({"proxies": Sheet(tables()["proxies"], [ROW | given], [2])})]


@pytest.mark.parametrize(("given", "found"), [
    ({}, []),
    ({"low": "", "high": ""}, []),
    ({"low": "9"}, [("low", "found 9")]),
    ({"high": "7"}, [("high", "found 7")]),
    ({"number": "12", "kpi": "K1"}, [("number", "found 12 beside the KPI K1")]),
    ({"service": ""}, [("number", "found nothing, and no service or KPI either")]),
    ({"service": "", "kpi": "K1"}, []),
    ({"drop_off": "0.4"}, [("years", "found nothing beside a drop-off of 0.4")]),
    ({"drop_off": "0.4", "years": "1"}, [("years", "found 1 beside a drop-off of 0.4")]),
    ({"drop_off": "0.4", "years": "3"}, []),
])
def test_ends_numbers_and_years_of_a_proxy_must_fit_together(given, found):
    assert problems(**given) == found


def test_a_plan_without_proxies_breaks_no_rule():
    assert rules_value.broken({}) == []
