"""The search index's own tables. Only practices.search reads or writes them."""

from django.db import models


class SearchIndex(models.Model):
    """The tokens of each current publication: an FTS5 table on SQLite, a tsvector on PostgreSQL.

    Django knows of it so that its own clean-ups reach it; the engines of practices.search make and use it.
    """

    id = models.BigIntegerField(primary_key=True)
    tokens = models.TextField()

    class Meta:
        db_table = "practices_search"

    def __str__(self) -> str:
        return f"search index {self.pk}"


class SearchWord(models.Model):
    """A word of current publications, and in how many of them it stands: for completions and corrections."""

    word = models.CharField(max_length=40, primary_key=True)
    stem = models.CharField(max_length=40, db_index=True)
    count = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.word
