"""The hub: it alone decides and remembers."""
