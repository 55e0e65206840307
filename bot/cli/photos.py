"""What looks at photos on this machine, and who is known by them."""

from collections.abc import Sequence
from typing import Any

import click

from bot.cli.edge import operator, said

_JSON_A_PHOTO = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a photo.")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH|URL]...")
@click.option(
    "--from",
    "listed_in",
    type=click.File(encoding="utf-8-sig", errors="surrogateescape"),
    metavar="FILE",
    help="Scan the paths and links that stand in this file, one a line; - reads standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the index as JSON.")
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(dir_okay=False, writable=True),
    metavar="FILE",
    help="Write the index to this file as CSV, too.",
)
@click.option("--bib", "bibs", multiple=True, metavar="N", help="Keep this bib only; may be given again.")
@click.option(
    "--start-list",
    type=click.Path(exists=True, dir_okay=False),
    metavar="CSV",
    help="Assert only bibs on this list: a CSV with bib and name.",
)
@click.option("--format", "mask", default="", metavar="MASK", help="How a bib looks: [A-F]\\d{3}, ?\\d{2,4}.")
@click.option(
    "--into",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Make a folder per bib there, with links to its photos; NOT_FOUND holds those without one.",
)
@click.option("--copy", is_flag=True, help="With --into: copy photos in place of linking them.")
@click.option("--keywords", is_flag=True, help="With --into: write BIB:1234 to an XMP file beside each photo.")
@click.option("--faces", is_flag=True, help="Look for faces, too: with Amazon Rekognition a second paid call.")
@click.option("--yes", is_flag=True, help="Do not ask about the price.")
@said
def scan(**wanted: Any) -> None:
    """Read the bib numbers in files, folders, zip files and links.

    Answers are kept: the same scan again costs nothing and goes on where it ended.
    """
    from bot.terminal.scan import Wanted, run  # noqa: PLC0415

    run(Wanted(**wanted), operator(quiet=True))


@click.command()
@click.argument("paths", nargs=-1, required=True)
@_JSON_A_PHOTO
@said
def analyse(*, paths: Sequence[str], as_json: bool) -> None:
    """Tell all that is in photos: labels, words, bibs, faces, people, celebrities, unsafe content."""
    from bot.terminal.look import analyse as run  # noqa: PLC0415

    run(paths, operator(quiet=True), click.echo, as_json=as_json)


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PHOTO...")
@_JSON_A_PHOTO
@said
def whois(*, paths: Sequence[str], as_json: bool) -> None:
    """Tell who is in photos, of those whom `enroll` has made known."""
    from bot.terminal.look import whois as run  # noqa: PLC0415

    run(paths, operator(quiet=True), click.echo, as_json=as_json)


@click.command()
@click.argument("name")
@click.argument("photos", nargs=-1, required=True, metavar="PHOTO...")
@click.option("--consent", required=True, metavar="REF", help="Where the written consent to both is kept.")
@said
def enroll(*, name: str, photos: Sequence[str], consent: str) -> None:
    """Make somebody known by photos of their face; you attest that they agreed to be found, and to be named.

    One good photo is enough; three to five from different sides are better.
    """
    from bot.terminal.enroll import Wanted, run  # noqa: PLC0415

    run(Wanted(name, photos, consent), operator(quiet=True), click.echo)
