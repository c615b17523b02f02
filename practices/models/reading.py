"""Where this request reads: the database that the router names, which may be a replica for what the public asks.

Queries of the ORM go there by themselves; those that are written by hand, and what a worker keeps, ask here.
"""

import json
from collections.abc import Collection
from typing import Any

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from .publication import Publication


def database() -> BaseDatabaseWrapper:
    """The connection that this request reads through."""
    return connections[router.db_for_read(Publication)]


def one_of(values: Collection[str | int]) -> tuple[str, Any]:
    """What stands after a column in SQL that is to be one of these values, and its one parameter.

    They go as one value: Django takes longer to write hundreds of them into a query than the database to answer.
    """
    if database().vendor == "sqlite":
        return "IN (SELECT value FROM json_each(%s))", json.dumps(list(values))
    return "= ANY(%s)", list(values)


def source() -> str:
    """The name under which a worker keeps what it learned there. A replica may be a moment behind: what was learned
    of one database must not be taken for what another holds."""
    connection = database()
    return f"{connection.alias}:{connection.settings_dict['NAME']}"
