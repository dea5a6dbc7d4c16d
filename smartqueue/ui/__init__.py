"""Scenes on a real screen: the shared Kivy parts."""
