"""Results laid out for reading: which columns, under which headings, in which form."""

from importlib import import_module as _import_module

STEPS = ("needs", "weighing", "priorities", "expectations", "outlook", "services", "logic", "indicators", "roadmap", "options", "partnerships",
         "register", "agreements", "network", "evaluation", "forecasts", "branches", "surveys", "feedback", "dialogue", "flexibility", "futures",
         "triggers", "pilots", "change", "resources", "costs", "funding", "people", "communication", "value", "asks", "governance", "chain", "compare", "room", "trail")


def __getattr__(name: str) -> object:
    if name not in STEPS:
        raise AttributeError(f"{__name__} has no {name!r}")
    return _import_module(f"{__name__}.{name}")
