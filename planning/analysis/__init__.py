"""The planning nouns, each pure: tables in, one tidy table out."""
