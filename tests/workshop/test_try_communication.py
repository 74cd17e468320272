"""The control of step 7 says only what stands."""

from __future__ import annotations

import pandas as pd

from planning.show import language
from planning.workshop import try_communication

NONE, ONE = pd.DataFrame({"message": []}), pd.DataFrame({"kpi": ["K1"]})


def test_an_audience_without_a_message_is_offered_only_statements_that_stand():
    language.use("en", "USD")

    assert try_communication.said(NONE, ONE)[0].text == "No message is meant for this audience yet. These statements stand and could be the first."
    assert try_communication.said(NONE, NONE)[0].text == "No message is meant for this audience yet. No statement stands that could be the first."
