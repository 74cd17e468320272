"""Panels in which a room decides: ask it, edit the tables, keep the decision."""
