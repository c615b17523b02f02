"""What a worker keeps of the database beyond one request."""

from django.conf import settings
from django.core.cache import caches
from django.utils import translation


def forget() -> None:
    """Each test has a database of its own under one name; what a worker keeps of it must not outlive it. Nor does the
    language of a page that the test before has asked for."""
    from practices.browse.amounts import forget as forget_amounts
    from practices.browse.collection import forget as forget_collection
    from practices.browse.related import forget as forget_related
    from practices.browse.unavailable import forget as forget_unavailable
    from practices.search.failures import forget as forget_outage
    from practices.search.match import forget as forget_corrections
    from practices.search.postings import forget as forget_postings
    from practices.search.synonyms import forget as forget_synonyms
    from practices.web.frame import forget as forget_frame

    forget_amounts()
    forget_collection()
    forget_related()
    forget_unavailable()
    forget_outage()
    forget_corrections()
    forget_postings()
    forget_synonyms()
    forget_frame()
    caches["limits"].clear()
    translation.activate(settings.LANGUAGE_CODE)
