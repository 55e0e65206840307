"""What an admin has settled for one channel."""

from dataclasses import dataclass
from typing import Final, Literal

USUAL_DETECTORS: Final = ("labels", "text", "faces", "celebrities", "moderation")
"""What looks at a photo where nobody settled anything else."""

ATTRIBUTE_GROUPS: Final = ("age range", "smile", "glasses", "beard", "eyes", "mouth", "occlusion", "gender", "emotions")
"""What can be told of a face once an admin asked for it, group by group (DESIGN §6)."""

EMOTIONS_CONFIRMATION: Final = "This workspace is neither a workplace nor a school."
"""What an admin has to type before emotions are told (DESIGN §6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelSettings:
    r"""One channel's settings; every default is what a new channel gets.

    Attributes:
        on: Whether Spotter looks at photos here at all.
        detectors: Names of the detectors that look, as their files are called.
        confidence: The least confidence, 0 to 100, of a label or a text that is told.
        celebrity_confidence: The least match confidence of a celebrity that is named.
        moderation_confidence: The least confidence of a moderation label.
        image_properties: Whether quality and dominant colours are told; Rekognition bills them extra.
        attributes: Groups of `ATTRIBUTE_GROUPS` that are told of faces.
        emotions_confirmed: An admin has confirmed in writing that this workspace is neither a workplace nor a school.
        face_matching: Whether enrolled people are looked for.
        moderation: Where unsafe content is told: in the `thread`, to the `moderators`, or `both`.
        moderators: The id of the moderators' channel; without one everything is told in the thread.
        nothing_found: Whether a photo in which nothing was found gets an answer: `silent` or `say`.
        extra_looks: Whether a second, paid look is allowed where it pays.
        event_format: How a bib looks at this event, as a mask such as `[A-F]\d{3}`; empty for digits alone.
        bib_range: The lowest and the highest number, such as `1-2500`; empty for any.
        refuse: Words and numbers in the photos that are no bib: the year, the distance, the sponsor.
        event_date: The day of the event, such as `2026-05-17`; empty where nobody said.
        time_zone: Where the event is, such as `Europe/Zurich`; empty where nobody said.
        start_list: The name of the start list in use, another one for each that was handed in; empty for none.
        custom_model: The ARN of a model version of Rekognition Custom Labels; empty for none.
        scan_hosts: The web hosts that links may be fetched from; none until an admin names some.
        strangers: Whether photos of people of other companies are looked at unasked, in a channel shared with them.
        zips: Whether the photos in a zip that somebody drops are scanned.
        budget_share: How much of the workspace's monthly cap may be spent for this channel, in percent, 0 to 100.
        correctors: Who may correct bibs here: its `members`, or `admins` alone.
        digest: Whether photos are answered one by one, or summed up once a `day`, or once when the `event` is over.
    """

    on: bool = True
    detectors: tuple[str, ...] = USUAL_DETECTORS
    confidence: float = 80.0
    celebrity_confidence: float = 95.0
    moderation_confidence: float = 60.0
    image_properties: bool = False
    attributes: tuple[str, ...] = ()
    emotions_confirmed: bool = False
    face_matching: bool = False
    moderation: Literal["thread", "moderators", "both"] = "thread"
    moderators: str = ""
    nothing_found: Literal["silent", "say"] = "silent"
    extra_looks: bool = False
    event_format: str = ""
    bib_range: str = ""
    refuse: tuple[str, ...] = ()
    event_date: str = ""
    time_zone: str = ""
    start_list: str = ""
    custom_model: str = ""
    scan_hosts: tuple[str, ...] = ()
    strangers: bool = False
    zips: bool = False
    budget_share: float = 100.0
    correctors: Literal["members", "admins"] = "members"
    digest: Literal["none", "day", "event"] = "none"
