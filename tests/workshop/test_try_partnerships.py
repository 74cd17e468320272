"""The controls of step 3 rate a partner, and make a prospect one, on the draft of each sample plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import draft_in
from driving import field, parts, press, text

from planning.model import drafts
from planning.model.plan import open_plan
from planning.show import language
from planning.workshop.controls import try_partnerships, tryit


@pytest.fixture
def draft(sample: Path, tmp_path: Path) -> drafts.Draft:
    return draft_in(tmp_path, sample.name)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list:
    language.use("en", "USD")
    kept: list = []
    monkeypatch.setattr(tryit, "display", kept.append)
    return kept


def test_a_rating_moves_the_fit_at_once_and_goes_into_the_draft_by_its_button(draft: drafts.Draft) -> None:
    form = try_partnerships.Fit(draft)
    old = form.rated["mission"].value
    new = 1 if old != 1 else 5
    assert "as before." in form.place.value

    form.rated["mission"].value = new
    assert "; before, " in form.place.value and draft.difference().empty
    form.parts[2].click()
    assert draft.difference()[["table", "column", "before", "after"]].values.tolist() == [["partners", "mission", str(old), str(new)]]


def test_a_veto_takes_the_score_away_and_not_rated_leaves_the_cell_empty(draft: drafts.Draft) -> None:
    form = try_partnerships.Fit(draft)
    form.ethics.value = "veto"
    assert "is not scored: it has an ethics veto" in form.place.value

    form.ethics.value, form.rated["risk"].value = "concern", ""
    form.parts[2].click()
    assert draft.row("partners", form.partner.value)["risk"] == "" and draft.row("partners", form.partner.value)["ethics"] == "concern"


def test_a_prospect_becomes_a_partner_from_the_plans_day_on_and_leaves_the_list(draft: drafts.Draft, shown: list) -> None:
    try_partnerships.prospect(draft)
    box = shown[0]
    prospect, many = field(box, "Prospect").value, len(field(box, "Prospect").options)
    assert "as a partner" in text(box)

    press(box, "Put into the draft")
    row = draft.row("partners", prospect)
    assert (row["status"], row["since"]) == ("active", draft.plan.as_of.isoformat())
    left = [one for one in parts(box) if getattr(one, "description", "") == "Prospect"]
    assert len(left) == (many > 1) and all(prospect not in [own for _, own in one.options] for one in left)
    assert "It is in the draft." in text(box)


def test_a_plan_without_partners_says_what_it_takes(empty_plan: Path, shown: list) -> None:
    draft = drafts.start(open_plan(empty_plan))
    try_partnerships.fit(draft)
    try_partnerships.prospect(draft)

    assert "it takes an active partner or a prospect" in text(shown[0]) and "it takes a prospect" in text(shown[1])
