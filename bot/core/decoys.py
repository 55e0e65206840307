"""Numbers in a line of text that are no bibs: clocks, dates, distances, prices, plates, phone numbers."""

import re
from collections.abc import Sequence
from typing import Final

_MONTH: Final = (
    r"(?:JAN(?:UARY?)?|FEB(?:RUARY?)?|MAR(?:CH)?|APR(?:IL)?|MA[YI]|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?"
    r"|O[CK]T(?:OBER)?|NOV(?:EMBER)?|DE[CZ](?:EMBER)?)(?![A-Z])"
)
_UNIT: Final = r"(?:\s*(?:KMS?|MILES?|METERS?|METRES?|KG|CM|MM|%)|K|M)"
_MONEY: Final = r"(?:€|\$|£|EUR|USD|GBP|CHF)"

DECOYS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (reason, re.compile(pattern))
    for reason, pattern in (
        ("a phone number", r"\+\d[\d ()/.-]{5,}\d|(?<!\d)0\d{1,4}[ /.-]\d[\d /.-]{4,}\d(?!\d)"),
        ("a clock", r"(?<!\d)\d[.,'][0-5]\d[.,'\"][0-5]\d(?!\d)"),
        ("a date", r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\d)"),
        ("a date", rf"(?<![A-Z0-9])\d{{1,2}}(?:\s*[-–/]\s*\d{{1,2}})?\.?\s*{_MONTH}\.?(?:\s*'?\d{{2,4}})?"),
        ("a date", rf"(?<![A-Z]){_MONTH}\.?\s*\d{{1,2}}(?:ST|ND|RD|TH)?(?:,?\s*\d{{4}})?(?!\d)"),
        ("a clock", r"(?<!\d)\d{1,3}\s*[:;]\s*\d{1,2}(?:\s*[:;.,]\s*\d{1,2})?(?!\d)"),
        ("a price", rf"{_MONEY}\s*\d+(?:[.,]\d+)?|(?<!\d)\d+(?:[.,]\d+)?\s*(?:€|£|EUR|CHF)(?![A-Z])"),
        ("a distance or a measure", rf"(?<![A-Z0-9])\d+(?:[.,]\d+)?{_UNIT}(?![A-Z0-9])"),
        ("a distance or a measure", r"(?<![A-Z0-9])(?:KM|KILOMETER)\s*\d+(?!\d)"),
        ("a decimal number", r"(?<!\d)\d+[.,]\d+(?!\d)"),
        ("a number plate", r"(?<![A-Z0-9])[A-Z]{1,3}-\d{2,4}-[A-Z]{1,3}(?![A-Z0-9])"),
        ("an ordinal", r"(?<![A-Z0-9])\d+(?:ST|ND|RD|TH)(?![A-Z])"),
    )
)
"""Why, and how it is written, in capital letters (traps seen in real race photos: facts, peers §4)."""


def decoys(line: str) -> Sequence[tuple[int, int, str]]:
    """Find them in a line of capital letters: where each begins and ends, and what it is."""
    return [(found.start(), found.end(), reason) for reason, pattern in DECOYS for found in pattern.finditer(line)]
