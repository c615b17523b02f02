"""Text leaves compressed; what is packed already leaves as it is."""

import gzip

import pytest

from tests.factories import attached, published, rich_document

pytestmark = pytest.mark.django_db
PACKED = {"HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.mark.parametrize("address", ["/practicas/", "/practicas.json", "/practicas/BP-PRUEBA-SSPD-001-2020.json"])
def test_text_is_compressed_for_who_takes_it(client, address):
    published(rich_document(1))
    plain, packed = client.get(address), client.get(address, **PACKED)
    assert (plain.headers.get("Content-Encoding"), packed["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "address", ["/practicas/BP-PRUEBA-SSPD-001-2020.pdf", "/practicas/BP-PRUEBA-SSPD-001-2020/archivos/1/"]
)
def test_documents_and_files_are_not_compressed_again(client, address):
    published(rich_document(1, attachments=attached(b"%PDF-1.7 " + b"x" * 5000)))
    assert client.get(address, **PACKED).headers.get("Content-Encoding") is None
