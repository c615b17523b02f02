"""What a stranger with a link sees of one working record. It knows the record, so it is no part of the public wing."""
