"""Looks after what is kept: backups, retention, links that stop answering, and whether it all still agrees."""
