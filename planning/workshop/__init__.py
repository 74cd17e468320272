"""Controls for a room of people: each only calls what a page already shows."""
