"""Make somebody who may do everything, and sign him in: prints the key of the session as JSON."""

import json
import sys
from time import time

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402

from catalogue.access.session_store import BEGUN, SEEN, SessionStore  # noqa: E402

NAME = "ejercicio"

seen = time() - float(sys.argv[1] if len(sys.argv) > 1 else 0)
user = User.objects.filter(username=NAME).first() or User.objects.create_superuser(NAME)
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "catalogue.access.backend.StaffBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session[BEGUN] = session[SEEN] = seen
session.save()
print(json.dumps({"session": session.session_key}))
