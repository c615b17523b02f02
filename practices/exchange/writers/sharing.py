"""Plain addresses by which a reader passes a practice on. Nothing of any other site is loaded for them."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Share:
    name: str | Promise
    address: str


def shares(title: str, address: str) -> list[Share]:
    """By mail, and on the sites that Colombian institutions use."""
    title = " ".join(title.split())
    mail = urlencode({"subject": title, "body": f"{title}\r\n{address}"}, quote_via=quote)
    return [
        Share(_("Mail"), f"mailto:?{mail}"),
        Share("WhatsApp", f"https://wa.me/?{urlencode({'text': f'{title} {address}'}, quote_via=quote)}"),
        Share("Facebook", f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"),
        Share("X", f"https://x.com/intent/post?{urlencode({'text': title, 'url': address})}"),
        Share("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': address})}"),
    ]
