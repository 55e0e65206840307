"""An example of every block and every field that Slack takes."""

from bot.demo.records import Json


def words(text: str, kind: str = "plain_text") -> Json:
    """A text object."""
    return {"type": kind, "text": text}


def rich(text: str) -> Json:
    """A rich text of one line."""
    section = {"type": "rich_text_section", "elements": [words(text, "text")]}
    return {"type": "rich_text", "elements": [section]}


def option(text: str) -> Json:
    """An option of a menu."""
    return {"text": words(text), "value": text.lower()}


OPTIONS = [option("Text"), option("Faces"), option("Labels")]
BUTTON: Json = {"type": "button", "action_id": "one", "text": words("One"), "value": "1"}
OVERFLOW: Json = {"type": "overflow", "action_id": "menu", "options": OPTIONS}
SHARED: Json = {
    "section": {
        "type": "section",
        "text": words("*Bold*, _slanted_, ~gone~, `code`, :warning:", "mrkdwn"),
        "accessory": OVERFLOW,
    },
    "header": {"type": "header", "text": words("A header")},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [words("A small grey line", "mrkdwn")]},
    "actions": {
        "type": "actions",
        "elements": [
            BUTTON,
            {**BUTTON, "action_id": "two", "text": words("Two"), "style": "primary"},
            {**BUTTON, "action_id": "three", "text": words("Three"), "style": "danger"},
            {"type": "static_select", "action_id": "choose", "options": OPTIONS, "placeholder": words("Detector")},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-05-17"},
        ],
    },
    "input": {
        "type": "input",
        "label": words("A word"),
        "hint": words("Any word will do."),
        "element": {"type": "plain_text_input", "action_id": "word"},
    },
    "rich_text": {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "text", "text": "Rich", "style": {"bold": True}}, words(" text", "text")],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [rich("First")["elements"][0], rich("Second")["elements"][0]],
            },
            {"type": "rich_text_quote", "elements": [words("A quote", "text")]},
            {"type": "rich_text_preformatted", "elements": [words("as it is", "text")]},
        ],
    },
    "video": {
        "type": "video",
        "title": words("A film"),
        "alt_text": "Runners",
        "video_url": "https://example.org/film",
        "thumbnail_url": "https://example.org/film.jpg",
    },
    "card": {
        "type": "card",
        "title": words("A card", "mrkdwn"),
        "body": words("Its body", "mrkdwn"),
        "actions": [BUTTON],
    },
}
RUNNERS = [[str(number), f"Runner {number}"] for number in range(1, 8)]
ROWS = [[words(name, "raw_text") for name in row] for row in (["Bib", "Name"], *RUNNERS)]
SHOWN: Json = {
    "table": {"type": "table", "rows": ROWS},
    "data_table": {
        "type": "data_table",
        "caption": "The list",
        "rows": ROWS,
        "page_size": 3,
        "row_header_column_index": 0,
    },
    "carousel": {"type": "carousel", "elements": [SHARED["card"], SHARED["card"]]},
    "container": {
        "type": "container",
        "title": words("A container"),
        "is_collapsible": True,
        "default_collapsed": False,
        "child_blocks": [SHARED["section"]],
    },
}
OF_MESSAGES: Json = {
    "markdown": {"type": "markdown", "text": "## Title\n\n**Bold** and [a link](https://example.org)\n\n- one\n- two"},
    "plan": {
        "type": "plan",
        "title": "Scanning",
        "tasks": [{"type": "task_card", "task_id": "t", "title": "Look", "status": "complete"}],
    },
    "task_card": {
        "type": "task_card",
        "task_id": "u",
        "title": "Read the bibs",
        "status": "in_progress",
        "details": rich("12 of 40"),
    },
    "file": {"type": "file", "source": "remote", "external_id": "x1"},
    "context_actions": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "right",
                "positive_button": {"text": words("Right"), "value": "yes"},
                "negative_button": {"text": words("Wrong"), "value": "no"},
            },
            {"type": "icon_button", "action_id": "away", "icon": "trash", "text": words("Delete")},
        ],
    },
}
FIELDS: list[Json] = [
    {"type": "plain_text_input", "multiline": True, "initial_value": "Two\nlines"},
    {"type": "email_text_input"},
    {"type": "url_text_input"},
    {"type": "number_input", "is_decimal_allowed": False, "initial_value": "7"},
    {"type": "rich_text_input"},
    {"type": "datepicker"},
    {"type": "timepicker", "initial_time": "09:30"},
    {"type": "datetimepicker", "initial_date_time": 1763600000},
    {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[1]},
    {"type": "multi_static_select", "options": OPTIONS, "initial_options": OPTIONS[:2]},
    {"type": "users_select", "initial_user": "U0MEMBER1"},
    {"type": "multi_users_select"},
    {"type": "conversations_select"},
    {"type": "multi_conversations_select"},
    {"type": "channels_select", "initial_channel": "C0RACE001"},
    {"type": "multi_channels_select"},
    {"type": "checkboxes", "options": OPTIONS, "initial_options": OPTIONS[:1]},
    {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[2]},
    {"type": "file_input", "filetypes": ["jpg"], "max_files": 3},
]
