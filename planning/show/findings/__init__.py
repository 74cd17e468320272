"""Sentences computed from results: each says what was found, whether that is good, and how sure it is."""

from importlib import import_module as _import_module

STEPS = ("needs", "weighing", "priorities", "expectations", "peers", "outlook", "services", "logic", "indicators", "roadmap", "options",
         "partnerships", "register", "agreements", "network", "evaluation", "forecasts", "branches", "surveys", "response", "feedback", "dialogue",
         "flexibility", "futures", "triggers", "pilots", "change", "resources", "costs", "funders", "funding", "skills", "people", "communication", "value", "asks",
         "governance", "chain", "compare", "room")


def __getattr__(name: str) -> object:
    if name not in STEPS:
        raise AttributeError(f"{__name__} has no {name!r}")
    return _import_module(f"{__name__}.{name}")
