"""The terminal's commands. Every import that costs time stands inside its command, so that `--help` stays instant."""

import click

from bot.cli.photos import analyse, enroll, scan, whois
from bot.cli.processes import demo, run, web, worker
from bot.cli.setting_up import db, doctor, iam, keys, manifest
from bot.cli.workspaces import audit, reindex, settings, startlist, status


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="spotter")
def cli() -> None:
    """Spotter looks at the photos that a team drops in Slack, and answers in the thread."""


for command in (
    *(demo, run, web, worker),
    *(scan, analyse, whois, enroll),
    *(settings, startlist, reindex, status, audit),
    *(manifest, iam, doctor, db, keys),
):
    cli.add_command(command)
