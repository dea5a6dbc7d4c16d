"""The simulated unit's window."""
