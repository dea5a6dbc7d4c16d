"""The journal: every event that ever happened, on disk before anybody hears of it."""
