"""Which web addresses may be fetched, and which machines behind them may be reached. Pure: nothing is asked of anybody.

The rules are the ones that stop a link from leading into the network that Spotter runs in (facts: trust §2.3; OWASP,
Server-Side Request Forgery Prevention). Every refusal says the same, so that nobody can find out what is behind it.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from bot.errors import PhotoError

_PORTS: Final = {"http": 80, "https": 443}
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?|[0-9a-f:.]{2,45}")
_FORBIDDEN_CHARACTERS: Final = re.compile(r"[\x00-\x1f\x7f\\]")
_PLAIN: Final = "!$%&'()*+,-./:;=?@_~"
_FORBIDDEN: Final = tuple(
    map(
        ip_network,
        (
            "100.64.0.0/10",  # shared by a provider's customers
            "168.63.129.16/32",  # Azure's own services, at an address that counts as public
            "192.0.0.0/24",  # protocol assignments, Oracle's metadata among them
            "192.88.99.0/24",  # 6to4 relays
            "::/96",  # IPv4 in IPv6, as it was written first
            "64:ff9b::/96",  # IPv4 behind a translator
            "64:ff9b:1::/48",
            "2001::/23",  # Teredo and other protocols
            "2002::/16",  # 6to4
            "3fff::/20",  # documentation
            "5f00::/16",  # segment routing
            "fec0::/10",  # site-local
        ),
    )
)


def refused() -> PhotoError:
    """The one sentence for every address that is not fetched."""
    return PhotoError("I can't fetch that address.")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A web address, taken apart.

    Attributes:
        secure: Whether it is HTTPS.
        host: A name or an IP address, in ASCII and lower case, an IPv6 address without its brackets.
        port: The port, written out or not.
        target: Path and query, as a request names them.
    """

    secure: bool
    host: str
    port: int
    target: str

    @property
    def place(self) -> str:
        """Host and port, as a `Host` header names them; the port of its scheme stays away."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS["https" if self.secure else "http"] else f"{host}:{self.port}"

    def among(self, hosts: Collection[str]) -> bool:
        """Whether `hosts` names it: `host` stands for the ports 80 and 443, `host:port` for that one alone."""
        return self.place in hosts or (self.host in hosts and self.port in _PORTS.values())


def web_address(url: str, local: Collection[str] = ()) -> WebAddress:
    """Take an address apart.

    Args:
        url: As somebody typed it.
        local: Hosts, as `host:port`, that the operator allows other ports for.

    Raises:
        PhotoError: It is not one that is fetched.
    """
    if _FORBIDDEN_CHARACTERS.search(url):
        raise refused()
    try:
        address = _taken_apart(urlsplit(url))
    except ValueError as error:  # a port of letters, a bracket too few, a label too long
        raise refused() from error
    if address.port not in _PORTS.values() and not address.among(local):
        raise refused()
    return address


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet, and to nobody's inside."""
    try:
        ip = _unmapped(ip_address(address))
    except ValueError:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not any(ip in net for net in _FORBIDDEN)


def _taken_apart(parts: SplitResult) -> WebAddress:
    if parts.scheme not in _PORTS or "@" in parts.netloc:
        raise ValueError(parts.scheme)
    host = (parts.hostname or "").encode("idna").decode().lower().removesuffix(".")
    if not _HOST.fullmatch(host):
        raise ValueError(host)
    port = _PORTS[parts.scheme] if parts.port is None else parts.port
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return WebAddress(parts.scheme == "https", host, port, quote(target, safe=_PLAIN))


def _unmapped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, where it is written as `::ffff:…`."""
    return (ip.ipv4_mapped or ip) if isinstance(ip, IPv6Address) else ip
