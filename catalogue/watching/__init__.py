"""What can be known of the running site without knowing anything of those who use it.

reference.py     what a request is called, in its answer and in every line that is logged of it
requests.py      the middleware that names requests and logs one line of each
masking.py       what is left out of whatever is logged: keys, queries, what was typed
formatting.py    records as lines or as JSON
configuration.py the LOGGING of the settings
slow_queries.py  which SQL took long
fault_mail.py    faults by mail, a few of each
"""


def begin() -> None:
    """Once, when the process starts."""
    from . import reference, slow_queries

    reference.forget_when_finished()
    slow_queries.watch()
