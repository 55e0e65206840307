"""The figures of Block Kit: how long, how many, and on which surface.

Read in Slack's reference of Block Kit (docs.slack.dev/reference/block-kit), November 2026.
"""

TEXT_OBJECTS = {
    ("section", "text"): 3000,
    ("section", "fields"): 2000,
    ("header", "text"): 150,
    ("image", "title"): 2000,
    ("input", "label"): 2000,
    ("input", "hint"): 2000,
    ("alert", "text"): 200,
    ("card", "title"): 150,
    ("card", "subtitle"): 150,
    ("card", "body"): 200,
    ("container", "title"): 150,
    ("container", "subtitle"): 150,
    ("button", "text"): 75,
    ("options", "text"): 75,
    ("options", "description"): 75,
    ("option_groups", "label"): 75,
    ("confirm", "title"): 100,
    ("confirm", "text"): 300,
    ("confirm", "confirm"): 30,
    ("confirm", "deny"): 30,
    ("modal", "title"): 24,
    ("modal", "submit"): 24,
    ("modal", "close"): 24,
    ("any", "placeholder"): 150,
}
"""The most characters in the text object (or each of them) of a field, by what holds it."""

STRINGS = {
    ("any", "block_id"): 255,
    ("any", "action_id"): 255,
    ("any", "callback_id"): 255,
    ("any", "external_id"): 255,
    ("any", "alt_text"): 2000,
    ("any", "image_url"): 3000,
    ("any", "url"): 3000,
    ("any", "private_metadata"): 3000,
    ("button", "value"): 2000,
    ("options", "value"): 150,
    ("markdown", "text"): 12_000,
}
"""The most characters in a plain string, by what holds it."""

COUNTS = {
    ("section", "fields"): 10,
    ("context", "elements"): 10,
    ("actions", "elements"): 25,
    ("context_actions", "elements"): 5,
    ("carousel", "elements"): 10,
    ("container", "child_blocks"): 10,
    ("card", "actions"): 3,
    ("table", "rows"): 100,
    ("data_table", "rows"): 201,
    ("plan", "tasks"): 50,
    ("overflow", "options"): 5,
    ("checkboxes", "options"): 10,
    ("radio_buttons", "options"): 10,
    ("static_select", "options"): 100,
    ("multi_static_select", "options"): 100,
}
"""The most items in a list; each of these lists must hold one at least."""

REQUIRED_ANY = {
    "section": ("text", "fields"),
    "card": ("hero_image", "title", "actions", "body"),
}
"""Fields of which one at least must be there and not empty."""

COLUMNS = 20
FILES_OF_AN_INPUT = 10
MARKDOWN_OF_A_MESSAGE = 12_000
CONTENT_OF_A_MESSAGE = 13_200
BLOCKS = {"message": 50, "modal": 100, "home": 100}

EVERYWHERE = {"actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
SHOWN = EVERYWHERE | {"carousel", "container", "data_table", "data_visualization", "table"}
SURFACES = {
    "message": SHOWN | {"context_actions", "file", "markdown", "plan", "task_card"},
    "modal": EVERYWHERE | {"alert"},
    "home": SHOWN,
}
"""The blocks that may stand on each surface."""
