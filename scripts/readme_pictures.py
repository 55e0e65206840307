"""Makes the README's pictures out of the browser run's screenshots."""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
PICTURES = {"thread": "admin-2-names", "findbib": "member-6-findbib", "phone": "page-dark-narrow"}
QUALITY = 82


def main() -> None:
    """Write `docs/pictures/*.jpg`; `make test-browser` makes what they are made of."""
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    for name, screenshot in PICTURES.items():
        with Image.open(ROOT / "screenshots" / f"{screenshot}.png") as picture:
            picture.convert("RGB").save(folder / f"{name}.jpg", quality=QUALITY, optimize=True)


if __name__ == "__main__":
    main()
