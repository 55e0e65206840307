"""Writes the parts of the pages that are made from the code: `python -m scripts.pages`."""

from scripts.pages import pages

for path, page in pages().items():
    path.write_text(page)
