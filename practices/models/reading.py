"""Where this request reads: the database that the router names, which may be a replica for what the public asks.

Queries of the ORM go there by themselves; those that are written by hand, and what a worker keeps, ask here.
"""

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from .publication import Publication


def database() -> BaseDatabaseWrapper:
    """The connection that this request reads through."""
    return connections[router.db_for_read(Publication)]


def source() -> str:
    """The name under which a worker keeps what it learned there. A replica may be a moment behind: what was learned
    of one database must not be taken for what another holds."""
    connection = database()
    return f"{connection.alias}:{connection.settings_dict['NAME']}"
