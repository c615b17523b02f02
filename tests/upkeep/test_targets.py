"""Where the checker of links may go at all. Everything that leads into a private network is refused before a byte is
sent, however it is written, and whatever a name server says."""

import pytest

from practices.upkeep.targets import NoSuchName, Refused, addresses_of, is_public, read_target

# Refused as they are written.
MISWRITTEN = [
    "",
    "example.org",
    "//example.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org:70/_x",
    "javascript:alert(1)",
    "data:text/html,x",
    "unix:///run/docker.sock",
    "http://",
    "http:///etc/passwd",
    "https://user:secret@example.org/",
    "https://user@example.org/",
    "https://@example.org/",
    "http://example.org@127.0.0.1/",
    "http://example.org\\@127.0.0.1/",
    "http://127.0.0.1\\.example.org/",
    "http://exam ple.org/",
    "http://example.org/\r\nX-Injected: 1",
    "http://example.org\t/",
    "http://example.org/\x00",
    "http://example.org\u2028/",
    "https://example.org:22/",
    "http://example.org:6379/",
    "http://example.org:0/",
    "http://example.org:99999/",
    "http://example.org:8x/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://intranet/",
    "http://a..b.org/",
    "http://.org/",
    f"http://{'a' * 64}.org/",
    f"http://{'a.' * 130}org/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.1/",
    "http://127.0.1/",
    "http://0/",
    "http://1.2.3.4.5/",
    "http://256.1.1.1/",
    "http://example.org%00.127.0.0.1/",
    "http://[::1/",
    "http://[::1%25lo]:22/",
    "http://[v1.x]/",
    "http://[not-ipv6]/",
]

# Read as addresses, and refused because of the machine that they name.
PRIVATE = [
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://127.255.255.254/",
    "http://\uff11\uff12\uff17.0.0.1/",
    "http://127\u30020\u30020\u30021/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://10.255.255.255:80/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/",
    "http://192.0.0.8/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://[::]/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::a9fe:a9fe]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    "http://[2606:4700::5efe:10.0.0.1]/",
]
PUBLIC = ["8.8.8.8", "190.60.10.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]


def never(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} was looked up")


@pytest.mark.parametrize("address", MISWRITTEN)
def test_an_address_that_is_not_plainly_one_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        read_target(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_machine_of_a_private_network_is_refused_in_every_spelling(address: str) -> None:
    with pytest.raises(Refused):
        addresses_of(read_target(address), never)


@pytest.mark.parametrize(
    "address", [private.split("/")[2].strip("[]") for private in PRIVATE if "\u3002" not in private]
)
def test_a_public_name_that_leads_into_a_private_network_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        addresses_of(read_target("https://example.org/"), lambda host, port: [address])


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "fe80::1%eth0", "::1", "", "no es una dirección"])
def test_a_name_with_one_private_address_among_public_ones_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        addresses_of(read_target("https://example.org/"), lambda host, port: [*PUBLIC, address])


def test_public_machines_are_given_as_they_were_looked_up_ipv4_first() -> None:
    found = addresses_of(read_target("https://example.org/"), lambda host, port: list(reversed(PUBLIC)))

    assert sorted(found) == sorted(PUBLIC)
    assert found[:2] == ["190.60.10.1", "8.8.8.8"]
    assert [is_public(address) for address in PUBLIC] == [True] * len(PUBLIC)


def test_a_name_without_addresses_does_not_exist() -> None:
    with pytest.raises(NoSuchName):
        addresses_of(read_target("https://example.org/"), lambda host, port: [])


@pytest.mark.parametrize(
    ("address", "host", "port", "path"),
    [
        ("https://example.org", "example.org", 443, "/"),
        ("HTTP://Example.ORG.:80/a?b=1&c=%20#final", "example.org", 80, "/a?b=1&c=%20"),
        ("https://año.example.org/información?q=ñ", "xn--ao-zja.example.org", 443, "/informaci%C3%B3n?q=%C3%B1"),
        ("https://example.org?q=1", "example.org", 443, "/?q=1"),
        ("http://8.8.8.8/x", "8.8.8.8", 80, "/x"),
        ("https://[2606:4700:4700::1111]:443/", "2606:4700:4700::1111", 443, "/"),
        ("https://a_b.example.org/%zz", "a_b.example.org", 443, "/%zz"),
    ],
)
def test_a_plain_address_is_read(address: str, host: str, port: int, path: str) -> None:
    target = read_target(address)

    assert (target.host, target.port, target.path) == (host, port, path)
