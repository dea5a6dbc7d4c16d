"""The queue rules: pure and deterministic."""
