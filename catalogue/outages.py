"""What may be away for a while beside the databases."""


class FilesAway(OSError):
    """The store of uploaded files does not answer, or not as it should. An OSError, as it would be with a disk."""
