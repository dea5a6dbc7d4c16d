"""SmartQueue: what hub and units share."""

__version__ = "0.1.0"
