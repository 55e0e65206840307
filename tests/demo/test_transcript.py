"""A message in plain words is what a person reads."""

from typing import Any

import pytest
from slack_sdk import WebClient

from bot.demo.server import LocalSlack
from bot.demo.transcript import plain, thread_text
from tests.demo.conftest import PHOTO


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*Bib 1234* and _maybe_ ~not~ 12", "Bib 1234 and maybe not 12"),
        ("<@U0ADMIN01>, <#C0RACE001>, <!channel>", "@Ada Admin, #race-photos, @channel"),
        ("<https://example.com|a photo> <https://example.com>", "a photo https://example.com"),
        ("Tom &amp; Ann &lt;3", "Tom & Ann <3"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
    ],
)
def test_marks_become_words(slack: LocalSlack, client: WebClient, written: str, read: str) -> None:
    client.chat_postMessage(channel=slack.race.id, text=written)
    assert plain(slack, slack.messages(slack.race.id)[0]) == read


def test_blocks_are_read_in_the_order_in_which_they_are_shown(slack: LocalSlack, client: WebClient) -> None:
    photo = slack.drop(slack.member.id, slack.race.id, [PHOTO], "finish")
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Finish"}},
        {"type": "section", "text": mrkdwn("*Bib 1234*"), "fields": [mrkdwn("one"), mrkdwn("two")]},
        {"type": "divider"},
        {"type": "image", "alt_text": "the photo", "slack_file": {"id": photo.files[0]}},
        {"type": "context", "elements": [mrkdwn("3 faces"), mrkdwn("2 known")]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "Bib"}, {"type": "raw_text", "text": "1234"}]]},
        {
            "type": "actions",
            "elements": [{"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Share"}}],
        },
    ]
    client.chat_postMessage(channel=slack.race.id, thread_ts=photo.ts, text="summary", blocks=blocks)
    assert thread_text(slack, slack.race.id, photo.ts) == (
        "Mia Member: finish\n"
        "[runner.jpg]\n"
        "    Spotter: Finish\n"
        "    Bib 1234\n"
        "    one\n"
        "    two\n"
        "    ———\n"
        "    [the photo]\n"
        "    3 faces  2 known\n"
        "    Bib | 1234\n"
        "    (Share)"
    )


def test_lists_cards_and_menus_are_read_too(slack: LocalSlack, client: WebClient) -> None:
    said = [{"type": "text", "text": "for "}, {"type": "user", "user_id": slack.admin.id}]
    words = {"type": "rich_text_section", "elements": said}
    option = {"text": {"type": "plain_text", "text": "Why?"}, "value": "why"}
    menu = {"type": "overflow", "action_id": "o", "options": [option]}
    image = {"type": "image", "alt_text": "runner", "image_url": "https://example.com/a.jpg"}
    button = {"type": "button", "action_id": "b", "text": {"type": "plain_text", "text": "Open"}}
    card = {"type": "card", "title": mrkdwn("*1234*"), "body": mrkdwn("98 %"), "actions": [button]}
    blocks: list[dict[str, Any]] = [
        {"type": "rich_text", "elements": [words, {"type": "rich_text_list", "style": "bullet", "elements": [words]}]},
        {"type": "section", "text": mrkdwn("more"), "accessory": menu},
        {"type": "context", "elements": [image]},
        {"type": "carousel", "elements": [card]},
        {
            "type": "container",
            "title": {"type": "plain_text", "text": "Details"},
            "child_blocks": [{"type": "section", "text": mrkdwn("folded")}],
        },
    ]
    client.chat_postMessage(channel=slack.race.id, text="summary", blocks=blocks)
    assert slack.text(slack.messages(slack.race.id)[0]).splitlines() == [
        "for @Ada Admin",
        "• for @Ada Admin",
        "more",
        "(⋯ Why?)",
        "[runner]",
        "1234",
        "98 %",
        "(Open)",
        "Details",
        "folded",
    ]
