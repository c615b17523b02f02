"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with the parameters of OWASP's Password Storage Cheat Sheet.

    Django's own take 100 MB and eight threads for each password that is tried: a few strangers at the sign-in page
    would have the memory of the whole server.
    """

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1
