"""Real files in: what other offices and systems publish, read into plain tables.

Each module reads one kind of file and knows its traps. Nothing here writes into a plan.
"""
