"""What one engineer may get wrong in the settings, each told by `manage.py check --deploy` with what to set.

An E is unsafe or cannot work, a W works and is probably not what was meant. addresses.py: who may reach the site.
folders.py: where it writes. services.py: what it talks to. amounts.py: numbers and words of a few. database.py, with
`--database default`: what is in the database.
"""

from django.core.checks import Tags
from django.core.checks import register as register_check

from . import addresses, amounts, database, folders, services


def register() -> None:
    for module in (addresses, folders, services):
        for check in module.CHECKS:
            register_check(check, Tags.security, deploy=module is not services)
    for check in amounts.CHECKS:
        register_check(check, "catalogue")
    for check in database.CHECKS:
        register_check(check, Tags.database)
