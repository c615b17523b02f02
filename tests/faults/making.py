"""The tables and a few published records, in one process: `making`."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)
call_command("load_vocabulary", verbosity=0)
call_command("import_practices", "fixtures/records/examples.json", publish=True, demonstration=True, verbosity=0)
