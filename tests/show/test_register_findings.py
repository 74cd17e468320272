import pandas as pd
import pytest

from planning.show import charts, language, tables
from planning.show.findings import register

NONE = float("nan")
ROW = {"partner_name": "School", "reviews": 2, "last": pd.Timestamp("2026-05-01"), "days": 60.0, "age": "recent", "ours": 4.0, "ours_first": 4.0, "ours_change": 0.0,
       "theirs": 4.0, "theirs_first": 4.0, "theirs_change": 0.0, "gap": 0.0, "apart": 1.0, "apart_on": "trust", "differ": False, "ours_depth": 3.0, "theirs_depth": 3.0,
       "heading": "steady", "weak": False}
NEVER = {"reviews": 0, "last": pd.NaT, "days": NONE, "age": "never", "heading": "never reviewed", "apart": NONE, "apart_on": None, "gap": NONE} | dict.fromkeys(
    ("ours", "ours_first", "ours_change", "theirs", "theirs_first", "theirs_change", "ours_depth", "theirs_depth"), NONE)
WORSE = {"ours": 2.0, "ours_first": 3.333, "ours_change": -1.333, "theirs": 3.0, "theirs_first": NONE, "theirs_change": NONE, "heading": "worse"}
IDEA = {"idea_name": "Sports clubs", "partner_kind": "community", "unconventional": True, "audiences": "Newcomers", "roles": "mentor; hosts", "forms": "cash", "brings": "Pitches",
        "first_question": "Who?"}


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def standing(*changes: dict) -> pd.DataFrame:
    return pd.DataFrame([ROW | change for change in changes])


def entries(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["partner_name", "check", "checked"])
    return found.assign(checked=pd.to_datetime(found["checked"]), kind="education", status="active", since=pd.NaT, roles="")


def roles(*rows: tuple[str, str, str], recorded: int = 4) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["role", "rests", "names"]).assign(recorded=recorded, active=4, players=1, prospect_names="")


def growth(*actives: float, started: int = 0, ended: int = 0, complete: bool = True) -> pd.DataFrame:
    found = pd.DataFrame({"fiscal_year": range(2027 - len(actives), 2027), "active": actives, "started": started, "ended": ended, "unclear": "", "complete": True})
    found["end"] = pd.Timestamp("2026-06-30")
    found.loc[len(found) - 1, "complete"] = complete
    return found.assign(low=found["active"], high=found["active"], change=found["active"].diff(), growth=found["active"].diff() / found["active"].shift().where(found["active"].shift() > 0))


def test_entries_never_checked_and_stale_are_told_apart():
    found = register.stale(entries(("Club", "never checked", None), ("Clinic", "stale", "2024-09-12"), ("School", "checked", "2026-01-01"), ("Cinema", "ended", None)))

    assert (found.tone, found.text) == (
        "bad", "Of 3 active partners and prospects, the entry of 1 was never checked (Club) and that of 1 was last checked too long ago (Clinic, on 12 September 2024).")


def test_a_register_that_was_checked_is_good_news():
    assert register.stale(entries(("School", "checked", "2026-01-01"))).text == "The register is up to date: the entry of each of 1 active partner or prospect was checked lately."
    assert register.stale(entries(("Cinema", "ended", None))) is None


def test_roles_that_nobody_plays_and_that_rest_on_one():
    found = register.roles(roles(("round table", "nobody", ""), ("funds", "one partner", "Friends"), ("advises", "one partner", "Friends"), ("hosts", "several", "School; Club")))

    assert (found.tone, found.text) == ("bad", "Of the 4 roles, 1 is played by no active partner (a round table) and 2 rest on one partner alone (funding and advising on Friends).")


def test_roles_recorded_for_some_partners_only_are_said_to_be():
    found = register.roles(roles(("hosts", "several", "School; Club"), recorded=3))

    assert (found.tone, found.text) == ("good", "Each of the 1 roles is played by two active partners or more. Roles are recorded for 3 of 4 active partners.")


@pytest.mark.parametrize(("actives", "tone", "words"), [
    ((8, 10, 11), "good", "11 partners were active, 1 more than at the year-end before (10%)."), ((8, 10, 9), "bad", "9 partners were active, 1 fewer than at the year-end before (10%)."),
    ((1, 1), "plain", "1 partner was active, as many as at the year-end before."), ((0, 2), "good", "2 partners were active, 2 more than at the year-end before.")])
def test_growth_is_told_against_the_year_before(actives, tone, words):
    found = register.growth(growth(*actives))

    assert found.tone == tone
    assert found.text.startswith("At the end of fiscal year 2026, " + words)


def test_growth_in_a_running_year_names_the_day_and_what_came_before():
    found = register.growth(growth(8, 10, started=2, complete=False))

    assert found.text == ("On 30 June 2026, in fiscal year 2026, 10 partners were active, 2 more than at the year-end before (25%). "
                          "Since the end of fiscal year 2025, when there were 8, 2 partnerships began and 0 ended.")


def test_year_ends_that_cannot_be_counted_name_the_partner_without_a_day():
    rows = growth(8, NONE, 9).assign(unclear=["", "Cinema", ""], low=[8, 8, 9], high=[8, 9, 9])
    found = register.growth(rows)

    assert found.tone == "unknown"
    assert found.text == "How many partners were active cannot be counted for 1 of 3 year-ends: a first or a last day is not recorded, or not possible, for Cinema."
    assert charts.register.growth(rows).table.rows["counted"].tolist() == ["8", "8 to 9", "9"]


def test_health_names_the_one_that_fell_most_and_those_low_twice():
    found = register.health(standing(WORSE | {"weak": True}, {"partner_name": "Club", "heading": "better"}, NEVER))

    assert (found.tone, found.text) == ("bad", "Of 2 partnerships that a side rated twice or more, 1 is rated worse than at first (School, from 3.3 to 2.0 by the library) and 1 better. "
                                               "Rated by a side under 2.5 of 5 twice in a row: School.")


def test_health_that_holds_is_plain_and_none_at_all_is_not_told():
    assert register.health(standing({})).text == "Of 1 partnership that a side rated twice or more, none is rated clearly better or worse than at first."
    assert register.health(standing({"heading": "better"})).tone == "good"
    assert register.health(standing(NEVER)) is None
    assert register.health(standing({"ours_change": NONE, "theirs_change": NONE})).tone == "unknown"


def test_a_library_without_an_active_partner_is_told_so_in_few_words():
    kinds = ("internal department", "education", "government", "technology", "business", "community", "funder")
    rows = pd.DataFrame([["partner kind", kind] for kind in kinds] + [["audience", "Newcomers"]], columns=["lack", "name"])

    assert register.lacks(rows, pd.DataFrame([IDEA])).text == "No partner is active today. Organisations to think of: “Sports clubs”."


def test_many_missed_audiences_are_counted():
    rows = pd.DataFrame([["audience", name] for name in "ABCDE"], columns=["lack", "name"])

    assert register.lacks(rows, pd.DataFrame()).text == "Of today's active partners, none reaches A, B, C or 2 more."


def test_sides_that_see_it_differently_are_named_with_who_rates_it_lower():
    found = register.sides(standing({"differ": True, "apart": 2.0, "apart_on": "results", "gap": -1.0}, {"partner_name": "Club"}))

    assert (found.tone, found.text) == ("bad", "Of 2 partnerships that both sides rated, 1 is seen differently by its two sides, by 2 points or more: "
                                               "School (results by 2 points; the library rates it lower).")
    assert register.sides(standing({})).text == "Of 1 partnership that both sides rated, none is seen 2 points apart or more by its two sides."
    assert register.sides(standing({"apart": NONE})).tone == "unknown"


def test_partnerships_without_a_fresh_review_of_both_sides_are_named():
    found = register.unreviewed(standing(NEVER, {"partner_name": "Club", "age": "old"}, {"partner_name": "Park", "theirs": NONE}))

    assert found.text == "Of 3 active partnerships, 1 was never reviewed (School), the last review of 1 is too old (Club) and 1 was rated by one side alone (Park)."
    assert register.unreviewed(standing({})).text == "Each of 1 active partnership was reviewed by both sides lately."


def test_the_level_is_that_of_the_less_sure_side():
    found = register.depth(standing({"ours_depth": 2.0, "theirs_depth": 3.0}, {}, {"ours_depth": NONE, "theirs_depth": 4.0}))

    assert found.text == ("Of 3 partnerships with a level, 2 have reached coordination, where both plan together, or more. In 1 the two sides name different levels.")
    assert register.depth(standing(NEVER)) is None
    assert register.depth(standing({"ours_depth": 2.0, "theirs_depth": 2.0})).text == "Of 1 partnership with a level, none has reached coordination, where both plan together."


def test_what_is_lacking_and_whom_to_think_of():
    rows = pd.DataFrame([["partner kind", "funder"], ["partner kind", "community"], ["audience", "Newcomers"], ["role", "mentor"], ["form", "cash"]], columns=["lack", "name"])

    assert register.lacks(rows, pd.DataFrame([IDEA])).text == (
        "Of today's active partners, none is of the kind funder or community, none reaches Newcomers, none is there for mentoring and none gave cash. "
        "Organisations to think of: “Sports clubs”.")
    assert register.lacks(rows.iloc[:0], pd.DataFrame()) is None


def test_the_prospect_least_like_the_others_is_named_with_its_gaps():
    rows = pd.DataFrame({"partner_name": ["Makers"], "distance": [0.75], "nearest": ["School"], "ethics": ["concern"], "known": [2]})

    assert register.distances(rows).text == ("Makers is least like today's partners: 0.75 of 1 away from the nearest, School. Its ethics raise a concern. "
                                             "Only 2 of its four traits are recorded.")


def test_an_idea_gives_its_reasons():
    assert tables.register.ideas(pd.DataFrame([IDEA])).rows["why"].tolist() == [
        "no active partner is of its kind (community); may reach Newcomers; could take on mentoring and giving a place; could give cash"]


def test_the_health_table_tells_the_two_views_and_levels():
    rows = tables.register.health(standing(WORSE, {"differ": True, "apart": 2.0, "theirs_depth": 4.0}, {"apart": 0.0}, NEVER)).rows

    assert rows["library"].fillna("").tolist() == ["3.3 to 2.0", "4.0 to 4.0", "4.0 to 4.0", ""]
    assert rows["views"].fillna("").tolist() == ["1 apart on trust", "differ: 2 apart on trust", "alike", ""]
    assert rows["level"].fillna("").tolist() == ["3 coordination", "3 coordination (library), 4 coalition (partner)", "3 coordination", ""]


def test_the_health_chart_says_in_words_what_it_draws_and_falls_back_to_its_table():
    drawn = charts.register.health(standing(WORSE | {"weak": True}, {"partner_name": "Club", "age": "old"}, NEVER))

    assert drawn.alt.endswith("School: library 3.3 to 2.0, partner 3.0, low twice in a row, worse; Club: library 4.0 to 4.0, partner 4.0 to 4.0, steady, last on 1 May 2026")
    assert drawn.basis == "2 of 3 active partnerships"
    assert charts.register.health(standing(NEVER)).finding is None


def test_the_growth_chart_marks_a_year_that_still_runs():
    figure = charts.register.growth(growth(8, 9, started=1, complete=False)).figure

    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["2025\n1 began", "2026, so far\n1 began"]


def test_the_register_names_the_roles_and_says_where_none_is_recorded():
    rows = entries(("School", "checked", "2026-01-01"), ("Club", "checked", "2026-01-01")).assign(roles=["hosts; funds", ""])

    assert tables.register.entries(rows).rows["plays"].tolist() == ["giving a place and funding", "none recorded"]
    assert tables.register.roles(roles(("funds", "nobody", ""))).rows[["does", "who", "could"]].values.tolist() == [["funding", "nobody", "nobody"]]
    assert tables.register.distances(pd.DataFrame({"partner_name": ["Makers"]})).name == "prospect_distance"


def test_the_suggestion_gives_its_reasons_and_what_it_had_to_do_without():
    row = {"partner_name": "Society", "status": "active", "course": "leave", "score": 0.3, "ours": 2.0, "theirs": NONE, "agreements": 1, "overdue": 0, "incomplete": 0,
           "reasons": "low fit; it alone reaches an audience", "alone": "Historians", "missing": "reach; health"}
    found = tables.partnerships.courses(pd.DataFrame([row, row | {"status": "prospect", "ours": NONE, "missing": ""}])).rows

    assert found["why"].tolist() == ["low fit; it alone reaches Historians; not recorded: reach and health", "low fit; it alone reaches Historians"]
    old = tables.partnerships.courses(pd.DataFrame([row | {"reasons": "good fit; its last review is over a year old", "missing": "health"}])).rows
    assert old["why"].tolist() == ["good fit; its last review is over a year old"]
    assert found["named"].tolist() == ["Society", "Society (prospect)"]
    assert found["rated_by_both"].fillna("").tolist() == ["2.0, –", ""]
