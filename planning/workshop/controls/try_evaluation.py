"""The control of step 4: another KPI's control chart, in words and figures."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.analysis import kpis
from planning.show import findings, tables
from planning.show.language import say
from planning.show.records import Finding, Table
from planning.workshop.controls.tryit import choice, nothing, panel, show


def control_chart(indicators: pd.DataFrame, values: pd.DataFrame, events: pd.DataFrame, *, as_of: dt.date) -> None:
    """Show a drop-down of the measured KPIs; it tells whether the chosen one has changed, and its last twelve periods."""
    measured = indicators[indicators["kpi"].isin(values["kpi"])]
    if measured.empty:
        return nothing()

    def answer(kpi: str) -> list[Finding | Table]:
        own = measured[measured["kpi"] == kpi]
        rows = kpis.chart(own, values, events, kpi=kpi)
        signal = kpis.signals(own, values, events, as_of=as_of)
        return [findings.evaluation.control(rows, own, signal), tables.evaluation.control(rows.tail(12))]

    show(panel({"kpi": choice(say("KPI"), measured, "kpi")}, answer))
