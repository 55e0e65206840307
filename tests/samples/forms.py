"""Forms and other windows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.core.bibs import Bib
from bot.core.channel import ChannelSettings
from bot.core.consent import consent_form, where_kept
from bot.core.corrections import Correction
from bot.core.evidence import Evidence
from bot.core.findings import Celebrity, Color, Face, ImageQuality
from bot.core.geometry import Box
from bot.correcting import Correctable
from bot.explaining import Explained
from bot.settling import Settled
from handlers import blocks
from tests.samples.people import CLARA, KNOWN, MIA_MEMBER, PERHAPS, UNKNOWN
from tests.samples.photos import CHANNEL, MAX, SHARES, TS

BOX: Final = Box(0.4, 0.4, 0.1, 0.1)
CORRECTION: Final = Correction(by=MAX, was="1207", number="1201", id=7)
PHOTO: Final = Correctable(share=SHARES[0], numbers=("1207", "34", "1342", "815"), corrections=(CORRECTION,))
ONE: Final = Correctable(share=SHARES[1], numbers=("1207",), corrections=())
EVIDENCE: Final = Evidence(
    share=SHARES[0],
    digest="d1",
    bibs=(
        Bib("1207", 99.4, BOX, "listed", "on the start list", "Clara Wennick"),
        Bib("34", 98.0, BOX, "read", ""),
        Bib("815", 97.2, BOX, "read", "not on the start list"),
        Bib("134", 88.8, BOX, "partial", "part of a longer number"),
        Bib("1342", 88.8, BOX, "suggested", "one digit is missing", "Nora Bellweather", instead_of="134"),
        Bib("2026", 99.9, BOX, "refused", "the year of the event"),
        Bib("1201", 100.0, BOX, "read", ""),
    ),
    corrected={"1201": MAX},
    found={
        "faces": (Face(BOX, 99.9, sharpness=71.0), Face(BOX, 98.0, sharpness=40.0)),
        "celebrities": (Celebrity("Ada Alm", 97.0, BOX),),
    },
    faces=(KNOWN, PERHAPS, UNKNOWN),
    asked=(
        ("detect_text", "Amazon Rekognition, 3.0"),
        ("detect_faces", "Amazon Rekognition, 7.0"),
        ("detect_labels", "Amazon Rekognition, 3.0"),
    ),
    job="look:T0SPOTTER-C0RACE001-F0PHOTO01",
)
PICTURE: Final = replace(
    EVIDENCE,
    found={
        "labels": (ImageQuality(71.2, 84.0, 60.4), Color("blue", "#2d5f9a", 41.3), Color("green", "#36693a", 22.9)),
        **EVIDENCE.found,
    },
)
BARE: Final = Evidence(share=SHARES[2], digest="d3", asked=(("detect_text", "embedded engine"),))


def _explained(*photos: Evidence) -> Explained:
    return Explained(photos, ChannelSettings())


MODALS: Final[Mapping[str, dict[str, Any]]] = {
    "why": blocks.why_modal(_explained(EVIDENCE, BARE)),
    "quality": blocks.picture_modal(_explained(PICTURE), 0),
    "quality, not asked": blocks.picture_modal(_explained(BARE), 3_000),
    "feedback": blocks.feedback_modal(["text", "labels", "faces"], f"{CHANNEL}-{TS}"),
    "correction": blocks.correction_modal([PHOTO]),
    "correction of several": blocks.correction_modal([ONE, PHOTO]),
    "find": blocks.find_modal(CHANNEL, TS),
    "look": blocks.look_modal(CHANNEL),
    "who is it": blocks.who_is_modal(CHANNEL),
    "start list": blocks.start_list_modal(CHANNEL, 0),
    "start list, again": blocks.start_list_modal(CHANNEL, 1),
    "event": blocks.event_modal(CHANNEL, ChannelSettings(event_format=r"[A-F]\d{3}", refuse=("2026", "LISBOA"))),
    "scan": blocks.scan_modal(CHANNEL, ("photos.example.org",)),
    "scan from anywhere": blocks.scan_modal("", ()),
    "consent": blocks.consent_modal(consent_form(where_kept(paid=True, region="eu-west-1")), ["F0PHOTO02"]),
    "attest": blocks.attest_modal("Clara Wennick"),
    "whose face": blocks.whose_face_modal([MIA_MEMBER, CLARA], ["F0PHOTO02", "F0PHOTO04"]),
    "more photos": blocks.more_photos_modal(),
    "settings": blocks.settings_modal(
        Settled(channel=CHANNEL, settings=ChannelSettings(), cannot=frozenset({"celebrities"}))
    ),
}
