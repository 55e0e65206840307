"""The tables. Every row belongs to a workspace; the few tables whose rows do not are `Common`, not `Base`."""

from storage.models.admins import NamedAdminRow
from storage.models.audit import AuditHeadRow, AuditRow
from storage.models.base import Base, Common
from storage.models.feedback import FeedbackRow, UploadRow
from storage.models.galleries import GalleryAnswerRow, GalleryFaceRow, GalleryRow, GalleryUserRow
from storage.models.installations import DepartureRow, InstallationRow, InstallStateRow, OrganizationWorkspaceRow
from storage.models.library import PhotoTermRow
from storage.models.money import RateRow, SpendDayRow, SpendRow
from storage.models.past import PastShareRow
from storage.models.people import (
    CollectionRow,
    ConsentRow,
    ErasureRow,
    FaceMatchRow,
    FaceWordRow,
    FindMeRow,
    InvitationRow,
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
from storage.models.work import (
    CircuitRow,
    DeadLetterRow,
    LargePhotoRow,
    NoticeRow,
    PaceRow,
    ProcessRow,
    ReplyRow,
    RunRow,
)

__all__ = [
    "AnswerRow",
    "AuditHeadRow",
    "AuditRow",
    "Base",
    "BibRow",
    "ChannelRow",
    "CircuitRow",
    "CollectionRow",
    "Common",
    "ConsentRow",
    "CorrectionRow",
    "DeadLetterRow",
    "DepartureRow",
    "ErasureRow",
    "FaceMatchRow",
    "FaceWordRow",
    "FeedbackRow",
    "FindMeRow",
    "FindingRow",
    "GalleryAnswerRow",
    "GalleryFaceRow",
    "GalleryRow",
    "GalleryUserRow",
    "InstallStateRow",
    "InstallationRow",
    "InvitationRow",
    "LargePhotoRow",
    "NamedAdminRow",
    "NoticeRow",
    "OrganizationWorkspaceRow",
    "PaceRow",
    "PastShareRow",
    "PersonRow",
    "PhotoTermRow",
    "ProcessRow",
    "RateRow",
    "ReplyRow",
    "RunRow",
    "RunnerRow",
    "ScanRow",
    "ShareRow",
    "SpendDayRow",
    "SpendRow",
    "TemplateRow",
    "UploadRow",
    "WatchRow",
]
