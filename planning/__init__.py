"""The open planning suite for libraries: from a leadership goal's weight to one public sentence.

    from planning import open_plan, open_page, goals, charts

`open_plan` reads and checks a plan's folder; `open_page` shows one step of it. The other names are
modules: planning nouns (`goals`, `kpis`, …), and `charts`, `findings`, `tables` to show them.
Nothing is loaded before it is asked for.
"""

from importlib import import_module as _import_module

__version__ = "0.1.0"

_HOMES = {
    "open_plan": "planning.model.plan", "open_page": "planning.show.page", "peer_bands": "planning.sources.pls_bands", "series_breaks": "planning.sources.pls_columns", "catalogues": "planning.model", "drafts": "planning.model",
    "charts": "planning.show", "findings": "planning.show", "tables": "planning.show",
    **dict.fromkeys(
        ["agreements", "alignment", "areas", "asks", "assets", "assumptions", "audiences", "backing", "branches", "budget", "chain", "chances", "changes", "channels",
         "compare", "competencies", "consultations", "contributions", "costing", "decisions", "dialogue", "director", "drivers", "endings", "ethics",
         "expectations", "feedback", "forecasts", "formats", "funds", "futures", "goals", "governance", "grants", "health", "history", "impact",
         "income", "indicators", "initiatives", "interviews", "kpis", "learning", "levels", "logic", "margins", "messages", "needs", "network",
         "novelty", "objectives", "opinions", "options", "participation", "partners", "peers", "pilots", "pooling", "priorities", "public_budget", "ratings", "reach",
         "readiness", "recruitment", "referrals", "register", "response", "reviews", "rhythm", "roadmap", "rounds", "savings", "scan", "scenarios", "sequence",
         "skills", "spending", "standards", "subscriptions", "surveys", "swot", "tasks", "themes", "training", "traits", "triggers", "usage",
         "value", "voice", "waves", "weighing", "workload"],
        "planning.analysis",
    ),
}
_FUNCTIONS = ("open_plan", "open_page", "peer_bands", "series_breaks")
__all__ = sorted([*_HOMES, "__version__"])


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"planning has no {name!r}")
    home = _HOMES[name]
    found = getattr(_import_module(home), name) if name in _FUNCTIONS else _import_module(f"{home}.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
