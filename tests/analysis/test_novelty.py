import pandas as pd

from planning.analysis import novelty

PARTNERS = pd.DataFrame({"partner": ["P1", "P2", "P3", "P4", "P5"], "name": ["School", "Club", "Makers", "Lender", "Cinema"],
                         "kind": ["education", "community", "technology", "business", "business"], "status": ["active", "active", "prospect", "prospect", "ended"],
                         "ethics": ["clear", "clear", "clear", "veto", "clear"]})
IDEAS = pd.DataFrame({
    "idea": ["clubs", "games", "lenders", "carers"], "name": ["Sports clubs", "Game studios", "Credit unions", "Groups of carers"],
    "partner_kind": ["community", "technology", "business", "community"], "audiences": ["community; patrons", "patrons", "patrons", "community; patrons"],
    "inclusion": [False, False, False, True], "roles": ["hosts", "mentor", "funds; mentor", "referral"], "gives": ["in kind", "time", "cash", "time"],
    "brings": ["Pitches", "Work", "Money", "Hours that carers have"], "first_question": ["A?", "B?", "C?", "D?"]})


def reach(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner", "audience", "reach"])


def goals(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner", "goal", "strength"])


def roles(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner", "role"])


def lacking(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["lack", "name", "kind", "inclusion"])


def test_distance_is_the_mean_over_the_traits_that_both_sides_record():
    found = novelty.distances(PARTNERS, audiences=reach(("P1", "A1", 0.4), ("P1", "A2", 0.4), ("P3", "A1", 0.2), ("P3", "A3", 0.0)),
                              goals=goals(("P3", "G1", 0.5), ("P1", "G1", 0.5), ("P2", "G2", 1.0)), roles=roles(("P3", "mentor"), ("P2", "mentor"))).iloc[0]

    school, club = (1 + 0.5 + 0) / 3, (1 + 1 + 0) / 3
    assert (found["partner_name"], found["nearest"], found["known"]) == ("Makers", "School", 4)
    assert (round(found["distance"], 6), round(found["mean"], 6)) == (round(school, 6), round((school + club) / 2, 6))


def test_vetoed_and_ended_partners_are_no_prospects_and_without_active_ones_nothing_is_near():
    found = novelty.distances(PARTNERS, audiences=reach(), goals=goals(), roles=roles())

    assert found[["partner", "distance", "known"]].values.tolist() == [["P3", 1.0, 1]]
    assert novelty.distances(PARTNERS[PARTNERS["status"] != "active"], audiences=reach(), goals=goals(), roles=roles()).empty


def test_what_is_lacking_is_named_and_what_is_not_recorded_is_not():
    missed = pd.DataFrame({"audience_name": ["Readers", "Newcomers", "Children"], "kind": ["patrons", "community", "patrons"], "inclusion": [False, True, False],
                           "reached": [False, False, True]})
    played = pd.DataFrame({"role": ["mentor", "hosts"], "players": [0, 1]})
    given = pd.DataFrame({"kind": ["cash", "in kind", "time"], "partner_gives": [0.0, 10.0, None]})

    found = novelty.lacks(PARTNERS, coverage=missed, roles=played, forms=given)
    nothing = novelty.lacks(PARTNERS, coverage=missed.iloc[:0], roles=played.iloc[:0], forms=given.iloc[:0])

    assert found.groupby("lack", sort=False)["name"].agg(list).to_dict() == {
        "partner kind": ["internal department", "government", "technology", "business", "funder"], "audience": ["Newcomers", "Readers"], "role": ["mentor"], "form": ["cash", "time"]}
    assert set(nothing["lack"]) == {"partner kind"}
    assert novelty.lacks(PARTNERS.iloc[:0], coverage=missed, roles=played, forms=given).empty


def test_kinds_that_are_absent_today_come_first_and_each_idea_says_what_it_answers():
    found = novelty.proposed(lacking(("partner kind", "technology", None, False), ("role", "mentor", None, False), ("form", "cash", None, False)), IDEAS)

    assert found[["idea", "unconventional", "answers", "roles", "forms"]].values.tolist() == [
        ["games", True, 2, "mentor", ""], ["lenders", False, 2, "mentor", "cash"]]
    assert found["place"].tolist() == [1, 2]


def test_an_inclusion_group_is_answered_only_by_ideas_that_reach_people_whom_services_miss():
    found = novelty.proposed(lacking(("audience", "Newcomers", "community", True)), IDEAS)

    assert found[["idea", "audiences"]].values.tolist() == [["carers", "Newcomers"]]


def test_words_that_an_idea_shares_with_the_missed_audience_bring_it_forward():
    assert novelty.proposed(lacking(("audience", "Young carers", "patrons", False)), IDEAS)["idea"].tolist()[0] == "carers"
    assert novelty.proposed(lacking(("audience", "Commuters", "patrons", False)), IDEAS)["idea"].tolist()[0] == "clubs"


def test_no_lack_is_answered_more_than_three_times_nor_are_there_more_ideas_than_asked_for():
    lack = lacking(("audience", "Commuters", "patrons", False))

    assert len(novelty.proposed(lack, IDEAS)) == 3
    assert len(novelty.proposed(lack, IDEAS, most=2)) == 2


def test_where_nothing_is_lacking_or_no_idea_fits_nothing_is_proposed():
    assert novelty.proposed(lacking(), IDEAS).empty
    assert novelty.proposed(lacking(("role", "advises", None, False)), IDEAS).empty
    assert novelty.proposed(lacking(("role", "mentor", None, False)), IDEAS.iloc[:0]).empty


def test_where_nothing_that_a_partner_gave_is_recorded_no_form_is_lacking():
    partners, none = pd.DataFrame({"kind": ["education"], "status": ["active"]}), pd.DataFrame({"audience_name": [], "kind": [], "inclusion": [], "reached": []})
    forms = pd.DataFrame({"kind": ["cash", "time"], "partner_gives": [None, None]})

    assert "form" not in set(novelty.lacks(partners, coverage=none, roles=pd.DataFrame({"role": [], "players": []}), forms=forms)["lack"])
    assert novelty.lacks(partners, coverage=none, roles=pd.DataFrame({"role": [], "players": []}), forms=forms.assign(partner_gives=[0.0, None]))["lack"].tolist().count("form") == 2
