"""The audit log, as sentences: who did what, and when."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.core.audit import Act, AuditPage
from bot.core.plural import listed
from bot.slack import Message
from handlers.blocks.elements import button, row, section, together
from handlers.blocks.escaping import safe

_FIRST: Final = "What was done, newest first; times are UTC."
_SENTENCES: Final = {
    "admin_add": "made {} an admin of Spotter",
    "admin_remove": "decided that {} is no admin of Spotter any more",
    "again": "had a job that had failed done after all",
    "attest": "attested the written consent of {}",
    "audit_drop": "deleted the oldest rows of this log, whose time was over",
    "compare": "compared the faces of two photos",
    "consent": "noted what {} agreed to",
    "delete_reply": "deleted an answer of mine in {}",
    "enrol": "gave a photo of the face of {}",
    "export": "took out all that is kept about {}",
    "forget": "deleted what was kept of the face of {}",
    "invite": "asked {} whether they want to be known",
    "lose": "lost a photo of the face of {}: the photo service does not keep it any more",
    "matching_off": "turned face matching off in {}",
    "matching_on": "turned face matching on in {}",
    "not_this": "said that a face in a photo is not {}",
    "reindex": "learned all faces anew",
    "remove": "removed the face of {}",
    "retain": "deleted what was found in photos whose time was over",
    "scan": "began to scan a list of links for {}",
    "scan_stop": "stopped a scan of links for {}",
    "scan_zip": "began to scan a zip in {}",
    "scan_zip_stop": "stopped a scan of a zip in {}",
    "search": "looked for {} in photos",
    "settings": "changed the settings of {}",
    "start_list": "took a new start list into use in {}",
    "this_is": "said that a face in a photo is {}",
    "undo": "took back a correction in {}",
}
_SETTINGS: Final = {
    "attributes": "what I tell of faces",
    "confidence": "how sure I must be",
    "celebrity_confidence": "how sure I must be of celebrities",
    "moderation_confidence": "how sure I must be of unsafe content",
    "correctors": "who may correct bibs",
    "detectors": "what I look for",
    "digest": "how I answer",
    "emotions_confirmed": "whether emotions may be told",
    "extra_looks": "whether I look again",
    "image_properties": "whether quality and colours are told",
    "moderation": "where unsafe content is told",
    "moderators": "the moderators' channel",
    "nothing_found": "what I say when I find nothing",
    "on": "whether I look at photos",
    "refuse": "what is no bib",
    "strangers": "whether I look at photos of other companies",
    "zips": "whether I scan zip files",
}
"""Settings whose own names would not be understood."""
_NOBODY: Final = "somebody who is forgotten"
_ACTORS: Final = {"spotter": "Spotter", "terminal": "Somebody at the terminal"}


def audit_log(page: AuditPage) -> Message:
    """Tell an admin who did what, a page of it."""
    if not page.acts:
        say = "Nothing is written down yet."
        return Message(say, (section(say),))
    lines = [_line(act, page.names) for act in page.acts]
    return Message("\n".join([_FIRST, *lines]), (section(f"*{_FIRST}*"), *together(lines), *_turning(page)))


def admins_list(named: Sequence[str]) -> Message:
    """Tell who is an admin here besides the owners and admins of the workspace."""
    others = f", and {listed([f'<@{user}>' for user in named])}" if named else ""
    say = (
        f"The admins here are the owners and admins of this Slack workspace{others}."
        " Owners and admins of the workspace name others with /spotter admins add @somebody, and take that back with"
        " /spotter admins remove @somebody."
    )
    return Message(say, (section(say),))


def _line(act: Act, names: Mapping[str, str]) -> str:
    who = _ACTORS.get(act.actor) or f"<@{safe(act.actor)}>"
    done = _SENTENCES.get(act.act, f"{safe(act.act)} {{}}").format(_subject(act.subject, names))
    changed = f": {listed(sorted(map(_setting, act.detail)))}" if act.act == "settings" else ""
    return f"{act.at:%Y-%m-%d %H:%M} {who} {done}{changed}"


def _setting(name: str) -> str:
    return _SETTINGS.get(name, safe(name).replace("_", " "))


def _subject(subject: str, names: Mapping[str, str]) -> str:
    match subject[:1]:
        case "C" | "G":
            return f"<#{safe(subject)}>"
        case "U" | "W":
            return f"<@{safe(subject)}>"
        case "p":
            return safe(names.get(subject, _NOBODY))
        case _:
            return safe(subject) or "somebody"


def _turning(page: AuditPage) -> list[dict[str, Any]]:
    newer = [button("audit_newer", "Newer", str(page.newer))] if page.newer else []
    older = [button("audit_older", "Older", str(page.older))] if page.older else []
    return [row(*newer, *older)] if newer or older else []
