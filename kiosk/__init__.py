"""The kiosk: a patient touches, a ticket comes out."""
