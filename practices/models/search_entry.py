"""The search index's own table: the tokens of each current publication. Only practices.search reads or writes it."""

from django.db import models

from .publication import Publication


class SearchEntry(models.Model):
    """Columns of space-parted tokens (language.words), each with a space at both ends, best column first."""

    publication = models.OneToOneField(Publication, on_delete=models.CASCADE, primary_key=True, related_name="+")
    code = models.TextField()
    title = models.TextField()
    author = models.TextField()
    summary = models.TextField()
    everything = models.TextField()

    def __str__(self) -> str:
        return f"search entry {self.pk}"
