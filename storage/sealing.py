"""Secrets as they lie in the database: encrypted with the first of the operator's keys, opened with any of them."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import SetupError


class Seal:
    """Closes and opens secrets (Fernet: AES-128-CBC with HMAC-SHA256, https://github.com/fernet/spec).

    Args:
        keys: The newest first, as `new_key` makes them.

    Raises:
        SetupError: There is no key, or one of them is none.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise SetupError("SPOTTER_KEYS is missing: it encrypts the tokens. Make a key with: spotter keys new")
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise SetupError("SPOTTER_KEYS holds something that is no key. Make one with: spotter keys new") from error

    def close(self, secret: str) -> str:
        """Encrypt a secret."""
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """Decrypt a secret.

        Raises:
            SetupError: None of the keys opens it.
        """
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken as error:
            raise _wrong_keys() from error

    def renew(self, sealed: str) -> str:
        """Encrypt a secret anew, with the newest key.

        Raises:
            SetupError: None of the keys opens it.
        """
        try:
            return self._fernet.rotate(sealed).decode()
        except InvalidToken as error:
            raise _wrong_keys() from error


def new_key() -> str:
    """Make a key."""
    return Fernet.generate_key().decode()


def _wrong_keys() -> SetupError:
    return SetupError("SPOTTER_KEYS lacks the key that the tokens were encrypted with. Add it behind the new one.")
