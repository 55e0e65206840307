"""The tables. Every row belongs to a workspace, but for paces, which Amazon counts per account, and processes."""

from storage.models.audit import AuditHeadRow, AuditRow
from storage.models.base import Base
from storage.models.galleries import GalleryAnswerRow, GalleryFaceRow, GalleryRow, GalleryUserRow
from storage.models.money import SpendRow
from storage.models.people import (
    CollectionRow,
    ConsentRow,
    ErasureRow,
    FaceMatchRow,
    InvitationRow,
    NotThisPersonRow,
    PersonRow,
    TemplateRow,
)
from storage.models.photos import (
    AnswerRow,
    BibRow,
    ChannelRow,
    CorrectionRow,
    FindingRow,
    RunnerRow,
    ScanRow,
    ShareRow,
    WatchRow,
)
from storage.models.work import NoticeRow, PaceRow, ProcessRow, ReplyRow

__all__ = [
    "AnswerRow",
    "AuditHeadRow",
    "AuditRow",
    "Base",
    "BibRow",
    "ChannelRow",
    "CollectionRow",
    "ConsentRow",
    "CorrectionRow",
    "ErasureRow",
    "FaceMatchRow",
    "FindingRow",
    "GalleryAnswerRow",
    "GalleryFaceRow",
    "GalleryRow",
    "GalleryUserRow",
    "InvitationRow",
    "NotThisPersonRow",
    "NoticeRow",
    "PaceRow",
    "PersonRow",
    "ProcessRow",
    "ReplyRow",
    "RunnerRow",
    "ScanRow",
    "ShareRow",
    "SpendRow",
    "TemplateRow",
    "WatchRow",
]
