"""The display: shows, chimes and speaks calls."""
