"""COUNTER reports into subscription_values: each subscription by its own metric and report, full years only, prices left as they are."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from conftest import ROOT

from planning import cli
from planning.analysis import subscriptions
from planning.model import create
from planning.model.arrival import take
from planning.model.errors import PlanningError, UsageError
from planning.model.plan import open_plan
from planning.sources import counter_subscriptions

DATA = ROOT.parent / "shared" / "data" / "counter" / "r51_official_samples"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the COUNTER samples are not beside the project")
MONTHS = [f"2025-{month:02}" for month in range(1, 13)]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = create.new_plan(tmp_path / "mill", {"library": "Mill Library", "kind": "academic", "leadership": "Provost", "as_of": dt.date(2026, 3, 31), "currency": "USD", "fiscal_year_start": 1})
    (folder / "subscriptions.csv").write_text("subscription,name,metric,report,elsewhere\nSU1,Shelf,Unique_Item_Requests,TR_J1,12\nSU2,Cases,Total_Item_Requests,TR,9\n", encoding="utf-8")
    (folder / "subscription_values.csv").write_text("subscription,fiscal_year,cost,uses\nSU1,2025,1200,\n", encoding="utf-8")
    return folder


def report(folder: Path, *rows: tuple[object, ...], kind: str = "TR_J1", months: list[str] = MONTHS) -> Path:
    lines = [[f"Report_ID\t{kind}"], ["Release\t5.1"], ["Title", "Platform", "Metric_Type", *months]]
    lines += [["Thing", platform, metric, *[each] * len(months)] for platform, metric, each in rows]
    path = folder / f"{kind}.tsv"
    path.write_text("\n".join("\t".join(map(str, line)) for line in lines), encoding="utf-8")
    return path


def values(plan: Path) -> list[str]:
    return (plan / "subscription_values.csv").read_text(encoding="utf-8").splitlines()[1:]


def test_uses_of_the_named_metric_are_added_up_beside_the_price(plan: Path, tmp_path: Path) -> None:
    path = report(tmp_path, ("Shelf", "Unique_Item_Requests", 5), ("Shelf", "Unique_Item_Requests", 3), ("Shelf", "Total_Item_Requests", 50))
    arrival = counter_subscriptions.arrival(open_plan(plan), [path])
    take(plan, arrival)

    assert values(plan) == ["SU1,2025,1200,96"]
    assert "Taken: Shelf, Unique_Item_Requests of TR_J1, fiscal year 2025, 96 uses." in arrival.told


def test_another_report_or_a_part_of_a_year_is_named_and_left_out(plan: Path, tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match="Shelf: left out, since it is counted as Unique_Item_Requests of TR_J1 and the files hold Unique_Item_Requests of TR"):
        counter_subscriptions.arrival(open_plan(plan), [report(tmp_path, ("Shelf", "Unique_Item_Requests", 5), kind="TR")])
    with pytest.raises(PlanningError, match="Shelf: fiscal year 2025 left out, since 11 of 12 months are in the files"):
        counter_subscriptions.arrival(open_plan(plan), [report(tmp_path, ("Shelf", "Unique_Item_Requests", 5), months=MONTHS[:11])])


def test_a_platform_of_another_name_asks_for_a_mapping_which_is_kept(plan: Path, tmp_path: Path) -> None:
    path = report(tmp_path, ("Shelf online", "Unique_Item_Requests", 5))
    with pytest.raises(UsageError, match="platform,subscription\nShelf online,"):
        counter_subscriptions.arrival(open_plan(plan), [path])

    take(plan, counter_subscriptions.arrival(open_plan(plan), [path], subscription="SU1"))
    assert values(plan) == ["SU1,2025,1200,60"]
    assert counter_subscriptions.arrival(open_plan(plan), [path]).tables["subscription_values"].values.tolist() == [["SU1", 2025, 60]]


def test_a_subscription_that_is_not_there_is_named_with_the_nearest(plan: Path, tmp_path: Path) -> None:
    path = report(tmp_path, ("Shelf online", "Unique_Item_Requests", 5))

    with pytest.raises(UsageError, match="The plan has no subscription SU11. Did you mean SU1?"):
        counter_subscriptions.arrival(open_plan(plan), [path], subscription="SU11")


def test_the_command_takes_either_table_and_refuses_options_of_the_other(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = report(tmp_path, ("Shelf", "Unique_Item_Requests", 5))

    assert cli.run(["import", "counter", str(path), "--into", str(plan), "--to", "subscription"]) == 2
    assert cli.run(["import", "counter", str(path), "--into", str(plan), "--to", "subscriptions", "--service", "S01"]) == 2
    assert "--service does not go with --to subscriptions." in capsys.readouterr().err
    assert cli.run(["import", "counter", str(path), "--into", str(plan), "--to", "subscriptions"]) == 0
    assert values(plan) == ["SU1,2025,1200,60"]


@real
def test_cost_per_use_comes_out_of_an_official_counter_sample(plan: Path) -> None:
    """TR_J1 of the samples: unique item requests of 2022 add up to what the file's own totals say."""
    path = DATA / "TRJ1_sample_r51.tsv"
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8-sig").splitlines()]
    head = next(line for line in lines if "Metric_Type" in line)
    total = sum(float(line[head.index("Reporting_Period_Total")]) for line in lines if len(line) > 9 and line[head.index("Metric_Type")] == "Unique_Item_Requests")
    (plan / "subscription_values.csv").write_text("subscription,fiscal_year,cost,uses\nSU1,2022,120000,\n", encoding="utf-8")

    take(plan, counter_subscriptions.arrival(open_plan(plan), [path], subscription="SU1"))
    held = open_plan(plan)
    found = subscriptions.by_use(held.subscriptions, held.subscription_values, held.services, fiscal_year=2022, as_of=held.as_of).set_index("subscription").loc["SU1"]

    assert found["uses"] == total > 0 and found["per_use"] == pytest.approx(120000 / total)
