"""Facts about fetching links: what is reached, what is refused, and what the person reads."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, repeat
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.errors import PhotoError, TooLarge
from bot.fetch import Fetcher
from bot.fetch.address import is_public
from tests.certificates import Authority
from tests.loopback import LONGEST, Answer, Loopback, answer, serving, silence

REFUSED = "I can't fetch that address."
SLOW = "That address took too long to answer."
BROKEN = "The connection to that address broke off."
PHOTO = b"\xff\xd8 as good as a photo"
PUBLIC = "93.184.215.14"
OTHER = "93.184.215.15"
NAMES = {
    "public.test": [PUBLIC],
    "two.test": [OTHER, PUBLIC],
    "internal.test": ["10.0.0.5"],
    "meta.test": ["169.254.169.254"],
    "metadata.google.internal": ["169.254.169.254"],
    "mixed.test": [PUBLIC, "127.0.0.1"],
    "mixed2.test": ["10.0.0.5", PUBLIC],
    "v6map.test": ["::ffff:127.0.0.1"],
    "v6ula.test": ["fd00:ec2::254"],
    "nat64.test": ["64:ff9b::7f00:1"],
    "localhost": ["127.0.0.1"],
}


@dataclass
class Network:
    """A small internet at the fetcher's ports: one public machine, and everything else is the inside.

    Attributes:
        public: What answers at the public address.
        inside: What answers at every other one: it should never be reached.
        dialled: The addresses that were connected to.
        resolved: The names that were asked for.
    """

    public: Loopback
    inside: Loopback
    dialled: list[tuple[str, int]] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)

    def resolve(self, host: str) -> Sequence[str]:
        """Names from the table, numbers as the system writes them; `rebind.test` changes its mind."""
        self.resolved.append(host)
        if host == "rebind.test":
            return [PUBLIC] if self.resolved.count(host) % 2 else ["127.0.0.1"]
        if host in NAMES:
            return NAMES[host]
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return [str(address[0]) for *_, address in found]

    def connect(self, address: tuple[str, int], seconds: float) -> socket.socket:
        """Lead to one of the two machines."""
        self.dialled.append(address)
        if address[0] == OTHER:
            raise ConnectionRefusedError
        server = self.public if address[0] == PUBLIC else self.inside
        return socket.create_connection(("127.0.0.1", server.port), seconds)

    def fetcher(self, **more: object) -> Fetcher:
        """A fetcher in this network."""
        return Fetcher(resolve=self.resolve, connect=self.connect, **more)  # type: ignore[arg-type]  # its own names


def redirect(line: socket.socket, server: Loopback) -> None:
    """Lead wherever the query says."""
    query = server.requests[-1].split(" ")[1].partition("?")[2]
    line.sendall(answer(b"", status=302, Location=unquote(query)))


ANSWERS: dict[str, Answer] = {
    "/ok": answer(PHOTO),
    "/r": redirect,
    "/loop": answer(b"", status=302, Location="/loop"),
    "/1": answer(b"", status=301, Location="/2"),
    "/2": answer(b"", status=307, Location="http://public.test/3"),
    "/3": answer(b"", status=308, Location="/ok"),
    "/0": answer(b"", status=303, Location="/1"),
    "/nowhere": answer(b"", status=302),
    "/cookie": answer(PHOTO, Set_Cookie="a=b"),
    "/page": answer(b"<!doctype html>", kind="text/html; charset=utf-8"),
    "/text": answer(b"hello", kind="text/plain"),
    "/bytes": answer(PHOTO, kind="application/octet-stream"),
    "/s3": answer(PHOTO, kind="binary/octet-stream"),
    "/untold": answer(PHOTO, kind=""),
    "/gone": answer(b"", status=410),
    "/closed": answer(b"", status=403),
    "/ill": answer(b"", status=500),
    "/teapot": answer(b"", status=418),
    "/short": answer(PHOTO, Content_Length="1000"),
    "/long": answer(PHOTO + b"more", Content_Length=str(len(PHOTO))),
    "/big": answer(bytes(2_000_001)),
    "/silence": silence,
    "/hangs-up": lambda _line, _server: None,
    "/nonsense": b"220 smtp.test ESMTP\r\n\r\n",
    "/unpacked": answer(gzip.compress(PHOTO), Content_Encoding="gzip"),
    "/damaged": answer(b"no gzip at all", Content_Encoding="gzip"),
    "/bomb": answer(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"),
    "/a%20b%C3%BC": answer(PHOTO),
}


@contextmanager
def networked(answers: dict[str, Answer]) -> Iterator[Network]:
    """Run both machines."""
    with serving(answers) as public, serving({}) as inside:
        yield Network(public, inside)


@pytest.fixture
def network() -> Iterator[Network]:
    """The network with all answers."""
    with networked(ANSWERS) as network:
        yield network


def refusal(fetcher: Fetcher, url: str) -> str:
    """What the person reads."""
    with pytest.raises(PhotoError) as raised:
        fetcher.fetch(url)
    return raised.value.say


@pytest.mark.shared
def test_no_url_of_the_list_reaches_a_forbidden_address_and_all_say_the_same(network: Network, shared: Path) -> None:
    lines = (shared / "badfiles" / "ssrf_urls.txt").read_text().splitlines()
    urls = [line.partition("\t")[0] for line in lines if not line.startswith("#")]
    assert network.fetcher().fetch(urls[0]) == PHOTO
    said = {url: refusal(network.fetcher(), url) for url in urls[1:]}
    assert len(said) > 90
    for url in [url for url in said if "rebind.test" in url]:
        assert said.pop(url) in (REFUSED, "There is no photo at that address any more (404).")
    assert set(said.values()) == {REFUSED}
    assert {address for address, _ in network.dialled} == {PUBLIC}
    assert network.inside.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:169.254.169.254]/latest/meta-data/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[fe80::1%25eth0]/",
        "http://168.63.129.16/",
        "http://192.0.0.192/",
        "http://①②⑦.⓪.⓪.①/",
        "http://user@public.test/ok",
        "http://public.test\\@127.0.0.1/",
        "http://127.0.0.1%00.public.test/",
        "http://public.test/ok\r\nHost: other",
        "http://public.test:22/ok",
        "http://public.test:99999/ok",
        "http://[public.test/ok",
        "http://mixed.test/ok",
        "http://mixed2.test/ok",
        "http://public.test/r?http%3A%2F%2Finternal.test%2F",
        "http://public.test/r?file%3A%2F%2F%2Fetc%2Fpasswd",
        "http://public.test/r?http%3A%2F%2Fpublic.test%3A6379%2F",
        "http://public.test/loop",
        "http://public.test/nowhere",
        "http://unknown.test/",
        "http://" + "a" * 70 + ".test/",
        "file:///etc/passwd",
        "",
    ],
)
def test_what_is_not_public_web_is_refused_with_one_sentence(network: Network, url: str) -> None:
    assert refusal(network.fetcher(), url) == REFUSED
    assert {address for address, _ in network.dialled} <= {PUBLIC}
    assert network.inside.connections == 0


@pytest.mark.parametrize("address", ["", "no address", "3fff::1", "5f00::1", "ff0e::1", "2001:db8::1", "fe80::1%eth0"])
def test_what_is_no_public_ip_address_is_not_taken_for_one(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_ip_addresses_are_known(address: str) -> None:
    assert is_public(address)


def test_a_name_that_changes_its_mind_is_asked_once_and_its_checked_address_is_the_one_that_is_reached(
    network: Network,
) -> None:
    assert network.fetcher().fetch("http://rebind.test/ok") == PHOTO
    assert network.resolved == ["rebind.test"]
    assert network.dialled == [(PUBLIC, 80)]


def test_each_redirect_is_resolved_and_judged_anew(network: Network) -> None:
    """The second answer of rebind.test leads inside."""
    url = "http://public.test/r?http%3A%2F%2Frebind.test%2Fr%3Fhttp%3A%2F%2Frebind.test%2Fok"
    assert refusal(network.fetcher(), url) == REFUSED
    assert network.dialled == [(PUBLIC, 80), (PUBLIC, 80)]
    assert network.inside.connections == 0


def test_three_redirects_are_followed_and_no_fourth(network: Network) -> None:
    assert network.fetcher().fetch("http://public.test/1") == PHOTO
    assert refusal(network.fetcher(), "http://public.test/0") == REFUSED


def test_where_one_address_of_a_name_does_not_answer_the_next_is_tried(network: Network) -> None:
    assert network.fetcher().fetch("http://two.test/ok") == PHOTO
    assert network.dialled == [(OTHER, 80), (PUBLIC, 80)]


def test_only_hosts_of_the_admins_list_are_asked_also_after_a_redirect(network: Network) -> None:
    fetcher = network.fetcher(hosts=["rebind.test"])
    assert refusal(fetcher, "http://public.test/ok") == REFUSED
    assert network.resolved == []
    assert fetcher.fetch("http://REBIND.test./ok") == PHOTO
    assert refusal(network.fetcher(hosts=["public.test"]), "http://public.test/r?http%3A%2F%2Ftwo.test%2Fok") == REFUSED


def test_a_local_host_is_asked_where_the_operator_allows_that_very_port(network: Network) -> None:
    fetcher = Fetcher(local=[network.public.place])
    assert fetcher.fetch(f"http://{network.public.place}/ok") == PHOTO
    assert refusal(fetcher, f"http://{network.inside.place}/") == REFUSED
    assert network.inside.connections == 0


def test_no_cookie_password_or_proxy_goes_along(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://{network.inside.place}")
    fetcher = network.fetcher()
    assert [fetcher.fetch("http://public.test/cookie") for _ in range(2)] == [PHOTO, PHOTO]
    names = {line.partition(":")[0] for line in network.public.requests[-1].splitlines()[1:] if line}
    assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
    assert "Host: public.test\r\n" in network.public.requests[-1]
    assert network.inside.connections == 0


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/page", "That address leads to a web page, not to a photo."),
        ("/text", "That address does not lead to a photo."),
        ("/nothing", "There is no photo at that address any more (404)."),
        ("/gone", "There is no photo at that address any more (410)."),
        ("/closed", "That address does not let me in (403)."),
        ("/ill", "The server at that address could not give me the photo (500). Please try again later."),
        ("/teapot", "The server at that address could not give me the photo (418). Please try again later."),
        ("/short", BROKEN),
        ("/hangs-up", BROKEN),
        ("/nonsense", BROKEN),
        ("/damaged", BROKEN),
    ],
)
def test_what_is_no_photo_gets_its_sentence(network: Network, path: str, said: str) -> None:
    assert refusal(network.fetcher(), f"http://public.test{path}") == said


@pytest.mark.parametrize("path", ["/bytes", "/s3", "/untold", "/long", "/unpacked", "/a bü", "/ok#part"])
def test_photos_are_taken_however_servers_call_them(network: Network, path: str) -> None:
    assert network.fetcher().fetch(f"http://public.test{path}") == PHOTO


@pytest.mark.parametrize("path", ["/big", "/bomb"])
def test_what_is_too_long_is_not_read_to_its_end(network: Network, path: str) -> None:
    with pytest.raises(TooLarge, match="too big for me"):
        network.fetcher(max_bytes=2_000_000).fetch(f"http://public.test{path}")


def test_a_bomb_that_comes_in_chunks_is_counted_after_decompression() -> None:
    packed = gzip.compress(bytes(50_000_000))
    head = answer(b"", Content_Length="", Content_Encoding="gzip", Transfer_Encoding="chunked")
    body = f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n"
    with networked({"/": head + body}) as network, pytest.raises(TooLarge):
        network.fetcher(max_bytes=2_000_000).fetch("http://public.test/")


def dripping(line: socket.socket, server: Loopback) -> None:
    """Send a byte now and then, of headers or of a body, for far longer than a fetch may take."""
    start = (
        answer(b"", Content_Length="") if b"body" in server.requests[-1].encode() else b"HTTP/1.1 200 OK\r\nX-Long: "
    )
    for byte in chain([start], repeat(b"x", 1_500)):
        line.sendall(byte)
        if server.ending.wait(0.01):
            return


@pytest.mark.parametrize("path", ["/body", "/headers", "/silence"])
def test_a_server_that_takes_for_ever_is_left_at_the_deadline(path: str) -> None:
    """Each read of a drip comes in time: only a deadline for the whole ends it."""
    with networked({"/body": dripping, "/headers": dripping, "/silence": silence}) as network:
        begun = time.monotonic()
        assert refusal(network.fetcher(seconds=0.3), f"http://public.test{path}") == SLOW
        assert 0.3 <= time.monotonic() - begun < LONGEST / 2


def test_a_resolver_that_never_answers_is_left_at_the_deadline() -> None:
    over = threading.Event()

    def ask(_host: str) -> Sequence[str]:
        over.wait(LONGEST)
        return [PUBLIC]

    begun = time.monotonic()
    assert refusal(Fetcher(resolve=ask, seconds=0.2), "http://public.test/") == REFUSED
    assert time.monotonic() - begun < LONGEST / 2
    over.set()


def test_no_thread_is_left_behind_by_a_fetch(network: Network) -> None:
    """A forgotten socket is an error in this suite anyway."""
    assert network.fetcher().fetch("http://public.test/1") == PHOTO
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Somebody who signs certificates."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The same, trusted by this machine, as OpenSSL lets an operator say it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    return authority


def test_over_tls_the_name_is_told_and_its_certificate_is_checked(trusted: Authority) -> None:
    with serving(ANSWERS, trusted.serves("public.test")) as public, serving({}) as inside:
        network = Network(public, inside)
        assert network.fetcher().fetch("https://public.test/ok") == PHOTO
        assert network.dialled == [(PUBLIC, 443)]
        assert "Host: public.test\r\n" in public.requests[-1]
        assert trusted.told == ["public.test"]
        assert refusal(network.fetcher(), "https://rebind.test/ok") == REFUSED


def test_a_certificate_that_nobody_trusted_signed_is_refused(authority: Authority) -> None:
    with serving(ANSWERS, authority.serves("public.test")) as public, serving({}) as inside:
        assert refusal(Network(public, inside).fetcher(), "https://public.test/ok") == REFUSED


def test_a_server_that_never_ends_its_handshake_is_left_at_the_deadline() -> None:
    """Plain silence where TLS is expected."""
    with serving({}) as public, serving({}) as inside:
        fetcher = Network(public, inside).fetcher(seconds=0.3)
        begun = time.monotonic()
        assert refusal(fetcher, "https://public.test/ok") == SLOW
        assert time.monotonic() - begun < LONGEST / 2
