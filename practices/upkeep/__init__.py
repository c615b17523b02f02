"""Looks after what is kept: backups and their restoring, and whether the catalogue still agrees with itself."""
