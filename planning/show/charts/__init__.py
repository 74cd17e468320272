"""Pictures of results: one message each, quiet colours, bars from zero, labels beside what they name.

Only this room draws. Each function takes a result and returns a Chart; nothing is computed here.
"""

from importlib import import_module as _import_module

STEPS = ("needs", "weighing", "priorities", "expectations", "outlook", "services", "logic", "indicators", "roadmap", "options", "partnerships",
         "register", "agreements", "network", "evaluation", "forecasts", "branches", "surveys", "feedback", "dialogue", "flexibility", "futures",
         "triggers", "pilots", "change", "resources", "costs", "funding", "people", "communication", "value", "governance", "sheet", "chain", "compare")


def __getattr__(name: str) -> object:
    if name not in STEPS:
        raise AttributeError(f"{__name__} has no {name!r}")
    return _import_module(f"{__name__}.{name}")
