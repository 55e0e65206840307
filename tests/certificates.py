"""Certificates for servers on this machine, with all that RFC 5280 asks for: Python insists on it from 3.13 on."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_SIGNS: Final = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
"""What the authority's key is for."""


class Authority:
    """Signs certificates for any name.

    Attributes:
        certificate: Its own, as a file.
        told: The names that clients named in their handshakes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("Test authority")
        basic = x509.BasicConstraints(ca=True, path_length=0)
        own = self._certificate(self._name, self._key).add_extension(basic, critical=True)
        own = own.add_extension(_SIGNS, critical=True)
        self.certificate = folder / "authority.pem"
        self.certificate.write_bytes(_pem(own.sign(self._key, hashes.SHA256())))
        self.told: list[str] = []

    def serves(self, name: str) -> ssl.SSLContext:
        """What a server needs to be `name`."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName([x509.DNSName(name)])
        signed = self._certificate(_named(name), key).add_extension(names, critical=False)
        file = self._folder / f"{name}.pem"
        file.write_bytes(_private(key) + _pem(signed.sign(self._key, hashes.SHA256())))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(file)
        context.sni_callback = lambda _socket, told, _context: self.told.append(told)
        return context

    def _certificate(self, name: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        today, day = datetime.now(UTC), timedelta(days=1)
        unsigned = x509.CertificateBuilder(self._name, name, key.public_key(), x509.random_serial_number())
        return (
            unsigned.not_valid_before(today - day)
            .not_valid_after(today + day)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
        )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
