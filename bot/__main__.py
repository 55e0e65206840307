"""`python -m bot` and `spotter`. Thin on purpose: the gate's children import it, too."""


def main() -> None:
    """Run the command line."""
    from bot.cli import cli  # noqa: PLC0415  # `spotter --help` and the gate's children pay for nothing else

    cli(prog_name="spotter")


if __name__ == "__main__":
    main()
