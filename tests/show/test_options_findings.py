"""Sentences, table and chart about what could be done and with what."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from matplotlib.text import Text

from planning import initiatives
from planning.analysis import assets, options
from planning.model import catalogues
from planning.model.plan import open_plan
from planning.show import charts, html, language, tables
from planning.show.findings import options as told

NONE = float("nan")


@pytest.fixture(autouse=True)
def english_dollars():
    language.use("en", "USD")


def steps(*states: str, **changes: object) -> pd.DataFrame:
    rows = pd.DataFrame({"initiative": [f"I{n}" for n in range(len(states))], "initiative_name": [f"Plan {n}" for n in range(len(states))], "role": "Job librarian",
                         "first_step": "Stay until eight.", "hours": 6.0, "value": 0.1, "assets": "Room, free; Links", "missing": "", "waits_for": "", "state": list(states)})
    return rows.assign(**changes)


PLANNED = pd.DataFrame({"initiative": ["I0"], "year": [1.0], "fiscal_year": [2027.0]})


@pytest.mark.parametrize(("year", "text"), [
    (2.0, "The whole initiative would start only in fiscal year 2028; the step would show before then whether it is wanted."),
    (NONE, "The whole initiative finds no room in the coming years; the step would show whether it should."),
])
def test_a_first_step_of_what_starts_later_or_not_at_all_says_so(year, text):
    found = told.smallest(steps("can start now"), PLANNED.assign(year=year, fiscal_year=2026 + year))

    assert found.text.endswith("“Room, free” and “Links”. " + text)
    assert told.smallest(steps("can start now"), PLANNED.head(0)).text.endswith("“Room, free” and “Links”.")


@pytest.mark.parametrize(("states", "tone", "text"), [
    (["can start now"], "plain", "The one first step could be made now with what is there."),
    (["can start now", "can start now"], "plain", "Each of the 2 first steps could be made now with what is there."),
    (["can start now", "an asset is not ready"], "plain", "1 of 2 first steps could be made now with what is there."),
    (["its assets are not listed", "an asset is not ready"], "unknown", "Of none of the 2 first steps can it be said that it could be made now."),
])
def test_the_first_steps_that_could_be_made_now_are_counted(states, tone, text):
    assert (told.ready(steps(*states)).tone, told.ready(steps(*states)).text) == (tone, text)


def test_the_smallest_start_names_step_hours_role_and_what_is_there():
    found = told.smallest(steps("can start now"), PLANNED)

    assert (found.tone, found.text) == ("good", "The smallest start is that of “Plan 0”: “Stay until eight”. It takes 6 hours of the job librarian; "
                                                "all it needs is there: “Room, free” and “Links”.")


def test_a_start_without_an_owner_or_without_hours_says_so():
    assert "6 hours, and an owner, whom nobody has named yet;" in told.smallest(steps("can start now", role=""), PLANNED).text
    found = told.smallest(steps("can start now", hours=NONE), PLANNED)
    assert (found.tone, "Nobody has estimated its hours yet" in found.text) == ("unknown", True)


@pytest.mark.parametrize(("states", "tone", "start"), [
    (["its assets are not listed", "waits for another initiative"], "unknown", "It cannot be said what could start now"),
    (["an asset is not ready"], "bad", "The one first step cannot be made"),
    (["an asset is not ready", "its assets are not listed"], "bad", "None of the 2 first steps can be made"),
])
def test_when_nothing_can_start_the_reason_is_given(states, tone, start):
    found = told.smallest(steps(*states, assets="", missing=["Tablets" if state == "an asset is not ready" else "" for state in states]), PLANNED)

    assert found.tone == tone and found.text.startswith(start)


def test_what_waits_names_what_it_waits_for():
    rows = steps("an asset is not ready", "waits for another initiative", "its assets are not listed", missing=["Tablets", "", ""], waits_for=["", "Plan 9", ""])

    assert [found.text for found in told.waiting(rows)] == ["2 first steps wait: “Plan 0” for “Tablets”; “Plan 1” for “Plan 9”.",
                                                            "What the first step of “Plan 2” needs is not listed in initiative_assets.csv."]
    assert told.waiting(rows.head(0)) == []


def test_hours_not_known_beside_others_are_told():
    assert told.waiting(steps("can start now", "can start now", hours=[2.0, NONE]))[0].text == "Nobody has estimated the hours of the first step of “Plan 1”."


def test_assets_that_nothing_builds_on_are_told():
    rows = pd.DataFrame({"asset_name": ["Room", "Kitchen", "Tablets"], "ready": [True, True, False], "uses": [1, 0, 0]})

    assert told.unused(rows).text == "Of 3 assets, 2 are ready to be used; no initiative builds on “Kitchen”."
    assert told.unused(rows.head(1)).text == "Of 1 asset, 1 is ready to be used; initiatives build on all that is ready."
    assert told.unused(rows.tail(1)).text == "Of 1 asset, none is ready to be used."


def floors(**columns: object) -> pd.DataFrame:
    rows = {"service": ["S1", "S2"], "service_name": ["Computers", "Desk"], "fiscal_year": 2026.0, "floor": [162000.0, 100.0], "planned": [157000.0, 200.0], "short": [5000.0, 0.0]}
    return pd.DataFrame(rows | columns)


def test_a_service_below_its_floor_is_bad_news_with_the_sum_that_is_set_aside():
    assert [(found.tone, found.text) for found in told.floors(floors())] == [
        ("bad", "The budget of fiscal year 2026 plans $157,000 for “Computers”, $5,000 less than its floor of $162,000. This sum is set aside before anything is chosen.")]


def test_floors_that_are_kept_not_given_or_not_planned():
    assert [found.text for found in told.floors(floors(short=[0.0, 0.0]))] == ["2 essential services keep their floor in the budget of fiscal year 2026."]
    assert [(found.tone, found.text) for found in told.floors(floors(floor=[NONE, 100.0], short=[NONE, NONE], planned=[5.0, NONE]))] == [
        ("unknown", "The essential service “Computers” has no floor."),
        ("unknown", "The budget plans nothing for “Desk”, so it cannot be said whether the floor is kept.")]
    assert told.floors(floors(floor=NONE, short=NONE))[0].text.startswith("No essential service has a floor")
    assert told.floors(floors().head(0)) == []


REACHED = pd.DataFrame({"initiative_name": ["Hosts", "Refit", "Laptops", "Chat"], "chosen": [True, True, False, False], "made_for": ["Newcomers", "", "Offline homes", ""],
                        "segment": ["SEG1", None, "SEG2", None], "inclusion": [True, False, True, False], "accessible": ["yes", "not checked", "no", "yes"]})
GROUPS = pd.DataFrame({"segment_name": ["Offline homes", "Homebound", "Newcomers"], "chosen": [0, 0, 1], "left_out": [1, 0, 0], "left_names": ["Laptops", "", ""]})


def test_inclusion_groups_without_anything_are_named_with_what_was_left_out():
    found = told.inclusion(GROUPS, REACHED)

    assert (found.tone, found.text) == ("bad", "1 of the 2 chosen initiatives is made for an inclusion group. “Offline homes” (left out: “Laptops”) gets none. "
                                               "No initiative to choose from is made for “Homebound”.")


def test_inclusion_that_is_complete_or_cannot_be_said():
    assert told.inclusion(GROUPS.tail(1), REACHED).tone == "good"
    assert "inclusion in segments.csv" in told.inclusion(GROUPS.head(0), REACHED).text
    assert "segment in initiatives.csv" in told.inclusion(GROUPS, REACHED.assign(made_for="")).text
    assert told.inclusion(GROUPS, REACHED.head(0)) is None


def test_who_can_use_the_choice_is_told_for_chosen_and_left_out():
    found = told.accessible(REACHED)

    assert (found.tone, found.text) == ("plain", "Of the 2 chosen initiatives, 1 can be used by people with disabilities as planned, and none in part. "
                                                 "“Refit” was not checked. Of the 2 left out, 1 can.")
    assert told.accessible(REACHED.assign(accessible="no")).tone == "bad"
    assert told.accessible(REACHED.assign(accessible="yes")).tone == "good"
    assert told.accessible(REACHED.assign(accessible="not checked")).tone == "unknown"
    assert told.accessible(REACHED.assign(chosen=False)) is None


def test_a_card_that_the_list_does_not_hold_is_told_with_the_nearest():
    rows = pd.DataFrame({"initiative_name": ["Chat", "Refit", "Video"], "option": ["virtual_refrence", "zzz", "virtual_refrence"],
                         "nearest": ["virtual_reference", "", "virtual_reference"]})

    assert [found.text for found in told.unlisted(rows)] == [
        "“Chat” and “Video” name the option card “virtual_refrence”, which the suite's list does not hold. Is “virtual_reference” meant?",
        "“Refit” names the option card “zzz”, which the suite's list does not hold."]


@pytest.mark.parametrize(("n", "text"), [
    (1, "No initiative started from one card of the suite's list: “A”."), (2, "No initiative started from 2 cards of the suite's list: “A” and “B”."),
    (5, "No initiative started from 5 cards of the suite's list, among them “A”, “B” and “C”."),
])
def test_cards_not_considered_are_counted_and_named(n, text):
    assert told.ideas(pd.DataFrame({"option_name": list("ABCDE")[:n]})).text == text


def test_how_complete_the_cards_are_is_told():
    cards = pd.DataFrame({"initiative_name": ["Hosts", "Chat"], "cost": [1.0, NONE], "hours": 1.0, "cost_later": [NONE, 0.0], "hours_later": 0.0})

    assert told.known(cards).text == "2 initiatives could be taken up or run already. None of the cards names cost and hours of both the first year and later ones."
    assert told.known(cards.assign(cost_later=0.0)).text.endswith(" Cost and hours of the first year and of later ones are known for 1 of them.")
    assert told.known(cards.fillna(0).head(1)).text == "1 initiative could be taken up or runs already. Every card names what the first year and later years take."


def test_a_card_reads_as_whole_sentences_and_says_what_is_not_known():
    row = {"initiative": "I1", "initiative_name": "Hosts", "description": None, "made_for": "Newcomers", "inclusion": True, "accessible": "no", "goals": "Belong; Read", "contributions": "0.6; 0.35",
           "value": 0.25, "kpis": "Cards; Share; Talk", "changes": "15; 3; ", "units": "cards a month; % of people; hours", "cost": 900.0, "hours": NONE, "cost_later": 0.0,
           "hours_later": 0.0, "skills": "", "needs": "Circles", "excludes": "", "risk": NONE, "risks": "Few hosts"}
    shown = tables.options.cards(pd.DataFrame([row])).rows

    assert [(line.strip(), text) for line, text in zip(shown["line"], shown["text"])] == [
        ("Hosts", "Not described yet."), ("for whom", "Newcomers, an inclusion group. Not accessible as planned."), ("gives", "Value 0.25: “Belong” 0.6 and “Read” 0.35"),
        ("moves", "Cards +15 cards a month; Share +3 points; Talk (by how much is not known)"), ("takes", "First year $900, hours not known; nothing after that"),
        ("tied to", "Only together with “Circles”"), ("risk", "Not rated: few hosts")]


def test_eight_whole_cards_are_shown():
    row = {"description": "Talk.", "made_for": "", "inclusion": False, "accessible": "yes", "goals": "", "contributions": "", "value": 0.0, "kpis": "", "changes": "", "units": "", "cost": 1.0,
           "hours": 1.0, "cost_later": 5.0, "hours_later": 2.0, "skills": "", "needs": "", "excludes": "", "risk": 2.0, "risks": None}
    shown = tables.options.cards(pd.DataFrame([row | {"initiative": f"I{n}", "initiative_name": f"Plan {n}"} for n in range(9)]))

    assert shown.rows["initiative"].head(shown.most).unique().tolist() == [f"I{n}" for n in range(8)]
    assert shown.rows["text"].iloc[1:6].tolist() == ["All. Accessible as planned.", "Nothing to a goal in force", "No KPI, so its effect will not be seen",
                                                     "First year $1.00, 1 hour; each later year $5.00, 2 hours", "2 of 5"]


def shown_of(folder) -> list[object]:
    """Every finding, table and chart of these sections for a plan."""
    plan = open_plan(folder)
    valued = initiatives.values(plan.initiatives, plan.initiative_goals, plan.goals_in_force)
    chosen = initiatives.choice(valued, plan.initiative_links, initiatives.ceilings(plan.facts))
    cards, reached = options.cards(plan.tables, plan.goals_in_force, valued), options.reach(chosen, plan.initiatives, plan.segments)
    there = assets.inventory(plan.assets, plan.initiative_assets, plan.initiatives, roles=plan.roles, partners=plan.partners)
    first = assets.starts(plan.initiatives, plan.initiative_assets, there, links=plan.initiative_links, roles=plan.roles, valued=valued)
    ideas, kept = options.ideas(catalogues.options(plan.facts["kind"]), plan.initiatives), options.floors(plan.services, plan.budget)
    said = [told.known(cards), told.ideas(ideas), told.smallest(first, pd.DataFrame()), *told.waiting(first), told.unused(there), *told.floors(kept),
            told.inclusion(options.included(reached, plan.segments), reached), told.accessible(reached)]
    drawn = [make(rows) for make, rows in ((tables.options.cards, cards), (tables.options.ideas, ideas), (tables.options.inventory, there), (tables.options.floors, kept),
                                           (tables.options.reach, reached), (charts.options.starts, first)) if len(rows)]
    return [*filter(None, said), *drawn]


def test_nothing_that_a_sample_shows_holds_a_gap_or_an_id(sample):
    for item in shown_of(sample):
        text = item.text if hasattr(item, "text") else html.table(item.table if hasattr(item, "table") else item)
        assert re.findall(r"\b(?:nan|NaN|None|<NA>|[IRS]\d\d|SEG\d+|AS\d\d|SK\d\d)\b", text) == []


def test_an_empty_plan_has_only_the_list_to_offer(empty_plan):
    assert [type(item).__name__ for item in shown_of(empty_plan)] == ["Finding", "Table"]


def test_the_chart_has_a_row_for_each_first_step_and_says_what_is_waited_for():
    chart = charts.options.starts(steps("can start now", "an asset is not ready", hours=[4.0, NONE], missing=["", "Tablets"]))
    texts = [text.get_text() for text in chart.figure.findobj(Text)]

    assert "4 h, job librarian" in texts and "hours not known, waits for: Tablets" in texts
    assert chart.finding.text.startswith("1 of 2 first steps could be made now") and "2 first steps, 1 of which can be made now" in chart.alt
