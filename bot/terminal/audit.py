"""`spotter audit`: the audit logs, for the operator to check and to hand out."""

import json
from dataclasses import asdict

from bot.core.audit import Act
from bot.core.plural import counted
from bot.errors import AuditBroken
from bot.eyes import memory
from bot.settings import Settings
from bot.terminal import Say
from storage import Storage


def verify(workspace: str, settings: Settings, say: Say) -> None:
    """Walk the chain of a workspace's log; of every workspace's, where none is named.

    Raises:
        AuditBroken: A row was changed or taken out; the sentence has the number of the first one, for each workspace.
    """
    with memory(settings) as storage:
        broken = [told for one in _workspaces(storage, workspace) if (told := _broken(storage, one, say))]
    if broken:
        raise AuditBroken(" ".join(broken))


def show(workspace: str, settings: Settings, say: Say, *, as_json: bool) -> None:
    """Print a workspace's log, oldest act first; every workspace's, where none is named."""
    line = _json if as_json else _text
    with memory(settings) as storage:
        for one in _workspaces(storage, workspace):
            with storage.begin(one) as work:
                for act in work.audit.every():
                    say(line(one, act))


def _workspaces(storage: Storage, named: str) -> tuple[str, ...]:
    return (named,) if named else storage.audits.workspaces()


def _broken(storage: Storage, workspace: str, say: Say) -> str:
    with storage.begin(workspace) as work:
        number, acts = work.audit.first_broken(), work.audit.count()
    if number is None:
        say(f"{workspace}: whole, {counted(acts, 'row')}.")
        return ""
    return f"The audit log of {workspace} is broken at row {number}: it, or what stood there, was changed or taken out."


def _text(workspace: str, act: Act) -> str:
    detail = json.dumps(act.detail) if act.detail else ""
    told = (workspace, str(act.number), f"{act.at:%Y-%m-%d %H:%M:%S}", act.actor, act.act, act.subject, detail)
    return "  ".join(filter(None, told))


def _json(workspace: str, act: Act) -> str:
    return json.dumps({"workspace": workspace, **asdict(act), "at": act.at.isoformat()})
