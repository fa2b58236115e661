"""Augmented views, as the page draws and renders them."""
