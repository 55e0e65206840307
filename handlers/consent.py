"""Consent: read before anything is kept, given by the person themselves, or attested by an admin."""

import json

from bot.errors import NotAllowed
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask, View


def ask_for_consent(ask: Ask, bot: Spotter, *files: str) -> None:
    """Open the form that somebody signs for themselves; `files` are photos in Slack that they have chosen already."""
    bot.enrolling.may_enrol(ask.workspace, ask.user)
    ask.show(blocks.consent_modal(bot.enrolling.consent_form(ask.workspace, ask.user), files))


def read(ask: Ask, bot: Spotter) -> None:
    """Open the form for whoever was invited, and for nobody else."""
    _check_invited(ask, bot)
    ask_for_consent(ask, bot)


def refuse(ask: Ask, bot: Spotter) -> Message:
    """Take a no."""
    _check_invited(ask, bot)
    bot.enrolling.refuse(ask.workspace, ask.user)
    return blocks.sentence("All right. Nothing was kept, and nothing changes for you.")


def agree(ask: Ask, bot: Spotter) -> Message:
    """Take the signed form."""
    shown = json.loads(ask.private)
    files = [*shown["files"], *ask.files("photos")]
    bot.enrolling.agree(
        ask.workspace,
        ask.user,
        find_me=ask.is_ticked("find_me"),
        show_name=ask.is_ticked("show_name"),
        signed=ask.typed("signed"),
        files=files,
        version=shown["version"],
    )
    return blocks.agreed(len(files), matching=_is_matched(ask, bot))


def renew(ask: Ask, bot: Spotter) -> Message:
    """Let a consent hold for another year."""
    bot.enrolling.renew(ask.workspace, ask.user)
    return blocks.sentence("Thank you. I ask again in a year.")


def ask_for_attestation(ask: Ask, bot: Spotter) -> None:
    """Open the form by which an admin attests a written consent; what was typed is the name."""
    bot.events.allow(ask.workspace, ask.user)
    ask.show(blocks.attest_modal(ask.text))


def attest(ask: Ask, bot: Spotter) -> Message:
    """Take an admin's attestation."""
    bot.enrolling.attest(
        ask.workspace,
        ask.user,
        name=ask.typed("name"),
        reference=ask.typed("reference"),
        given_on=str(ask.field("given_on").get("selected_date") or ""),
        find_me=ask.is_ticked("find_me"),
        show_name=ask.is_ticked("show_name"),
        files=ask.files("photos"),
    )
    return blocks.attested(ask.typed("name"), matching=_is_matched(ask, bot))


def _check_invited(ask: Ask, bot: Spotter) -> None:
    if ask.value != ask.user:
        raise NotAllowed("This question is for somebody else. /faces me is for you.")
    bot.enrolling.check_invited(ask.workspace, ask.user)


def _is_matched(ask: Ask, bot: Spotter) -> bool:
    """Whether faces are matched where the form was opened; direct messages are no such place."""
    return ask.channel[:1] in ("", "D") or bot.matching.is_on(ask.workspace, ask.channel)


HANDLES = (
    Action("consent_read", read),
    Action("consent_refuse", refuse, replaces=True),
    View("consent", agree),
    Action("consent_renew", renew, replaces=True),
    View("attest", attest),
)
