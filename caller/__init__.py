"""The caller unit: buttons and lamps in a room."""
