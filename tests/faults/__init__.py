"""Faults that the catalogue survives: processes that are killed, databases and disks that fail, too many visitors.

Each stands up what it needs on this machine, and ends it. `make test-faults` runs them; `make test` does not.
"""
