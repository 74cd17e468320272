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
        return [*said(own), *findings.communication.standing(fitting), *voices]

    display(panel({"audience": choice(say("Audience"), audiences, "audience")}, answer))


def said(own: pd.DataFrame) -> list[Finding | Table]:
    """The messages of an audience as a table, or a finding that there are none."""
    if own.empty:
        return [Finding(say("No message is meant for this audience yet. These statements stand and could be the first."), "bad", "counted", ("messages",))]
    return [tables.communication.messages(own)]
