"""How SmartQueue looks, without a screen: theme, type, icons, scenes, painting with Pillow."""
