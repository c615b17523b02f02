"""The staff's screens."""
