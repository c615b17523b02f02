"""Looks after what is kept: whether links still answer, whether files are still there."""
