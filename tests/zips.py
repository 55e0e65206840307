"""Zips for tests."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile


def zipped(members: Mapping[str, bytes], kind: int = ZIP_STORED) -> bytes:
    """A zip."""
    data = BytesIO()
    with ZipFile(data, "w", kind) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return data.getvalue()
