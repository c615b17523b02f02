"""Looks after what is kept: how long, in which shape, and whether it still holds together."""
