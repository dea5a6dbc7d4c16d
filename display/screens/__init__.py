"""The display's screens: pure, from a view and a panel's size to a Scene."""
