"""How Slack's clients are made."""

import ssl

from bot import entrance
from bot.settings import read_settings


def test_every_client_trusts_the_same_authorities_and_reads_them_once() -> None:
    settings = read_settings(_env_file=None)

    one, other = (entrance.client(settings, token) for token in ("xoxb-1", "xoxb-2"))

    assert isinstance(one.ssl, ssl.SSLContext)
    assert one.ssl.verify_mode is ssl.CERT_REQUIRED
    assert one.ssl is other.ssl
