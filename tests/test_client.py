"""Whose address counts where there are limits by address."""

import pytest
from django.test import RequestFactory

from catalogue.client import client_address, customer


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "visitor"),
    [
        ([], "192.0.2.1", None, "192.0.2.1"),
        ([], "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        (["127.0.0.1"], "127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (["127.0.0.1", "10.0.0.0/8"], "127.0.0.1", "198.51.100.7, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        (["127.0.0.1"], "127.0.0.1", "nonsense", "127.0.0.1"),
        (["127.0.0.1"], "127.0.0.1", "203.0.113.9, nonsense", "127.0.0.1"),
        (["unix"], "", "203.0.113.9", "203.0.113.9"),
        ([], "", "203.0.113.9", ""),
        (["127.0.0.1"], "::ffff:127.0.0.1", "2001:DB8::1", "2001:db8::1"),
        # The proxy writes after whatever the visitor wrote, however much that is.
        (["127.0.0.1"], "127.0.0.1", f"{'198.51.100.7, ' * 500}203.0.113.9", "203.0.113.9"),
    ],
)
def test_client_address_is_what_the_last_trusted_proxy_saw(settings, trusted, peer, forwarded, visitor):
    settings.TRUSTED_PROXIES = trusted
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == visitor


@pytest.mark.parametrize(
    ("peer", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("nonsense", ""),
    ],
)
def test_customer_is_an_address_or_the_network_that_somebody_gets_whole(peer, counted):
    assert customer(RequestFactory().get("/", REMOTE_ADDR=peer)) == counted
