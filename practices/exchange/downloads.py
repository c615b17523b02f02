"""A stored file as an answer: always a download, so that nothing uploaded ever runs in this site's origin."""

from django.http import FileResponse, Http404

from practices.models.files import StoredFile

INERT = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""The policy of what somebody uploaded: it loads nothing, sends nothing, runs nothing."""


def download(stored: StoredFile, name: str) -> FileResponse:
    """Raises Http404 where the file is not there."""
    try:
        content = stored.content.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=name, content_type=stored.media_type)
    response["Content-Security-Policy"] = INERT
    return response
