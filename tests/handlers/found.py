"""A photo as a search finds it, and a name that means harm."""

from bot.core.share import Share

HOSTILE = "<!channel> *bold* `code` & <https://evil.example|x> \u202e" + "x" * 5_000
SHARE = Share(
    channel="C0123ABCD",
    ts="1700000000.000100",
    file="F0123ABCDE",
    name="finish.jpg",
    permalink="https://club.slack.com/files/U1/F0123ABCDE/finish.jpg",
    format="jpg",
)
