"""The eyes that the tests look with, and pictures drawn for them."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from bot.vision import embedded
from bot.vision.embedded.engine import Engine
from bot.vision.rekognition import Rekognition
from tests.vision.service import Service


@pytest.fixture(scope="session")
def engine() -> Engine:
    """One engine for the whole session, so that each model is loaded once."""
    return Engine()


@pytest.fixture(scope="session")
def eyes(engine: Engine) -> Rekognition:
    """The embedded engine behind a real boto3 client."""
    return embedded.door(engine, workers=8)


@pytest.fixture
def service() -> Service:
    """A Rekognition that answers what the test wrote."""
    return Service()


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hide this machine's AWS settings."""
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture(scope="session")
def runner() -> bytes:
    """A drawn runner: a round head, a shirt, and `1234` on it."""
    image = Image.new("RGB", (800, 600), "#7fa8c9")
    draw = ImageDraw.Draw(image)
    draw.ellipse((350, 60, 450, 180), fill="#e0b090")
    draw.rectangle((280, 190, 520, 560), fill="#c03030")
    draw.rectangle((310, 280, 490, 400), fill="white")
    draw.text((400, 340), "1234", fill="black", font=ImageFont.load_default(72), anchor="mm")
    return saved(image)


@pytest.fixture(scope="session")
def grey() -> bytes:
    """A plain grey picture."""
    return saved(Image.new("RGB", (320, 240), "#808080"))


def saved(image: Image.Image, kind: str = "JPEG") -> bytes:
    """Write a picture into bytes."""
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()
