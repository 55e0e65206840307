"""Parts that every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of photos and facts beside the project; CI insists that it is there."""
    folder = Path(os.environ.get("SPOTTER_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        assert os.environ.get("CI") != "true", f"CI needs the shared photos at {folder}"
        pytest.skip("the shared photos are not here")
    return folder
