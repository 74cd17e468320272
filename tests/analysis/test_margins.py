import pandas as pd
import pytest

from planning.analysis import initiatives, margins

NO_LINKS = pd.DataFrame(columns=["initiative", "link", "other"])


def valued(*rows: tuple[str, float, float | None, float | None, str]) -> pd.DataFrame:
    """Rows of id, value, cost, hours, part."""
    found = pd.DataFrame(rows, columns=["initiative", "value", "cost", "hours", "part"])
    return found.assign(initiative_name=["Name " + one for one in found["initiative"]], rate=found["value"] / found["cost"] * 1000, status="candidate",
                        must_do=found["part"] == "must do")


def limits(money: float | None, hours: float | None) -> pd.DataFrame:
    return pd.DataFrame({"ceiling": ["money", "hours"], "ceiling_name": ["money", "hours"], "limit": [money, hours], "plan": [money, hours]}).astype({"limit": float, "plan": float})


def links(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["initiative", "link", "other"])


FOUR = valued(("A", 0.60, 10, 10, "free"), ("B", 0.50, 10, 40, "free"), ("C", 0.45, 20, 10, "free"), ("D", 0.10, 5, 5, "free"))


def test_the_frontier_rises_and_holds_the_choice_at_the_ceiling():
    steps = margins.frontier(FOUR, NO_LINKS, limits(22, 30))

    assert steps["value"].is_monotonic_increasing and steps["value"].is_unique
    assert steps.loc[steps["here"], ["money", "value"]].values.tolist() == [[15.0, pytest.approx(0.70)]]
    assert steps.iloc[-1][["money", "value"]].tolist() == [35.0, pytest.approx(1.15)]


def test_the_frontier_shows_the_way_out_when_money_is_short_but_not_when_hours_are():
    items = valued(("A", 0.9, 30, 7, "must do"), ("C", 0.5, 1, 1, "free"))

    assert margins.frontier(items, NO_LINKS, limits(20, 10))["money"].tolist() == [30.0, 31.0]
    assert margins.frontier(items, NO_LINKS, limits(40, 5)).empty


def test_the_core_tells_the_safe_from_the_borderline_and_the_never():
    items = valued(("A", 0.9, 10, 0, "free"), ("B", 0.2, 100, 0, "free"), ("C", 0.9, 995, 0, "free"), ("M", 0.0, 0, 0, "must do"))
    found = margins.core(items, NO_LINKS, limits(100, None)).set_index("initiative")

    assert found["kind"].to_dict() == {"A": "always in", "B": "borderline", "C": "never in", "M": "committed"}
    assert found["share"].to_dict() == {"A": 1.0, "B": 0.5, "C": 0.0, "M": 1.0}
    assert found["sets"].tolist() == [2] * 4


def test_the_core_moves_money_and_hours_each_by_itself():
    # A needs the money and B the hours; each fits from -0 % on. So: neither, A alone, B alone, both.
    items = valued(("A", 0.9, 100, 1, "free"), ("B", 0.2, 1, 100, "free"))
    found = margins.core(items, NO_LINKS, limits(105, 105))

    assert found[["initiative", "kind", "share", "sets"]].values.tolist() == [["A", "borderline", 0.5, 4], ["B", "borderline", 0.5, 4]]


def test_the_next_amount_tells_what_comes_in_and_as_much_less_what_drops_out():
    items = valued(("A", 0.6, 10, 1, "free"), ("B", 0.3, 10, 1, "free"), ("C", 0.5, 20, 1, "free"))
    bounds = limits(20, None)
    found = margins.next_amount(initiatives.choice(items, NO_LINKS, bounds), NO_LINKS, bounds, more=10)

    assert found[["amount", "limit", "comes_in", "drops_out", "possible"]].values.tolist() == [[10, 30, "Name C", "Name B", True], [-10, 10, "", "Name B", True]]
    assert found["gain"].tolist() == pytest.approx([0.2, -0.3])
    assert found["binding"].all()


def test_less_than_what_must_be_done_needs_is_told_as_not_possible():
    items = valued(("A", 0.6, 10, 1, "must do"))
    found = margins.next_amount(initiatives.choice(items, NO_LINKS, limits(12, None)), NO_LINKS, limits(12, None), more=5)

    assert found["possible"].tolist() == [True, False]
    assert found["value"].isna().tolist() == [False, True]
    assert found[["gain", "binding"]].iloc[0].tolist() == [0.0, False]


def test_without_a_ceiling_of_money_or_a_choice_the_next_amount_says_nothing_and_no_amount_is_refused():
    chosen = initiatives.choice(FOUR, NO_LINKS, limits(None, 9))

    assert margins.next_amount(chosen, NO_LINKS, limits(None, 9)).empty
    assert margins.next_amount(chosen.head(0), NO_LINKS, limits(9, 9)).empty
    with pytest.raises(ValueError, match="above 0"):
        margins.next_amount(chosen, NO_LINKS, limits(9, 9), more=0)


def test_empty_tables_and_items_without_a_cost_give_empty_results():
    unknown = valued(("A", 0.9, None, 7, "cost or hours not known"))

    for items in (FOUR.head(0), unknown):
        assert margins.frontier(items, NO_LINKS, limits(9, 9)).empty and margins.core(items, NO_LINKS, limits(9, 9)).empty
