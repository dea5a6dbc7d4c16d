"""What the simulated unit looks like: pure scenes."""
