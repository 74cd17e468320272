"""The control of step 7: choose an audience and see what it is told and what it could be told."""

from __future__ import annotations

import pandas as pd
from IPython.display import display

from planning.analysis import impact
from planning.show import findings, tables
from planning.show.language import say
from planning.show.records import Finding, Table
from planning.workshop.tryit import choice, nothing, panel


def audience(audiences: pd.DataFrame, register: pd.DataFrame, statements: pd.DataFrame, told: pd.DataFrame) -> None:
    """Show a drop-down of audiences that tells what each is told, and which statements and stories fit it."""
    if audiences.empty:
        return nothing()

    def answer(audience: str) -> list[Finding | Table]:
        own, fitting = register[register["audience"] == audience], impact.fitting(statements, register, told, audience=audience)
        voices = findings.communication.voices(told[told["audience"] == audience])
        return [*said(own, fitting), *findings.communication.standing(fitting), *voices]

    display(panel({"audience": choice(say("Audience"), audiences, "audience")}, answer))


def said(own: pd.DataFrame, fitting: pd.DataFrame) -> list[Finding | Table]:
    """The messages of an audience as a table, or a finding that there are none."""
    if own.empty:
        text = say("No message is meant for this audience yet.")
        more = say("These statements stand and could be the first.") if len(fitting) else say("No statement stands that could be the first.")
        return [Finding(f"{text} {more}", "bad", "counted", ("messages",))]
    return [tables.communication.messages(own)]
