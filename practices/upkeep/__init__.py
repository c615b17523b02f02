"""Looks after what is kept: how long, in which shape, whether it still holds together, and whether links still lead somewhere."""
