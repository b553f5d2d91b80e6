"""Second opinions on the validator: slackblocks' list of limits and matrix of surfaces, and the validators of Slack's own SDK.

Where they differ from it today stands here by name, so that a new version of either that changes its mind is noticed.
"""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slackblocks import _limits, _surfaces

from bot.render import limits, limits_elements
from fakeslack import blocks as ours
from fakeslack import charts, elements
from fakeslack.blocks import check_blocks, check_view
from fakeslack.samples import (
    BLOCKS,
    DIVIDER,
    actions,
    alert,
    button,
    card,
    context,
    feedback,
    image,
    input_,
    menu,
    plain,
    section,
    table,
    text_input,
)

LIMITS = {
    "TEXT_MAX_LENGTH": limits_elements.TEXT,
    "ACTION_ID_MAX_LENGTH": elements.ID,
    "BLOCK_ID_MAX_LENGTH": limits.ID,
    "BUTTON_TEXT_MAX_LENGTH": limits_elements.BUTTON,
    "BUTTON_URL_MAX_LENGTH": limits_elements.ADDRESS,
    "BUTTON_VALUE_MAX_LENGTH": limits_elements.VALUE,
    "BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH": limits_elements.BUTTON,
    "BUTTON_AGENT_PROMPT_MAX_LENGTH": elements.PROMPT,
    "CONFIRMATION_TITLE_MAX_LENGTH": elements.CONFIRM_TITLE,
    "CONFIRMATION_TEXT_MAX_LENGTH": elements.CONFIRM_TEXT,
    "CONFIRMATION_CONFIRM_MAX_LENGTH": elements.CONFIRM_BUTTON,
    "CONFIRMATION_DENY_MAX_LENGTH": elements.CONFIRM_BUTTON,
    "OPTION_TEXT_MAX_LENGTH": elements.OPTION,
    "OPTION_VALUE_MAX_LENGTH": elements.OPTION_VALUE,
    "OPTION_DESCRIPTION_MAX_LENGTH": elements.OPTION,
    "OPTION_GROUP_LABEL_MAX_LENGTH": elements.OPTION,
    "OPTION_GROUP_OPTIONS_MAX_ITEMS": elements.OPTIONS,
    "SELECT_PLACEHOLDER_MAX_LENGTH": elements.PLACEHOLDER,
    "SELECT_OPTIONS_MAX_ITEMS": elements.OPTIONS,
    "SELECT_OPTION_GROUPS_MAX_ITEMS": elements.OPTIONS,
    "OVERFLOW_OPTIONS_MAX_ITEMS": elements.FEW,
    "CHECKBOXES_OPTIONS_MAX_ITEMS": elements.TICKS,
    "RADIO_BUTTONS_OPTIONS_MAX_ITEMS": elements.TICKS,
    "FILE_INPUT_MAX_FILES_MAX": elements.FILES,
    "PLAIN_TEXT_INPUT_MAX_LENGTH_MAX": elements.INPUT,
    "RICH_TEXT_INPUT_MAX_LINES_MAX": elements.LINES,
    "ICON_BUTTON_VISIBLE_TO_USER_IDS_MAX_ITEMS": elements.VISIBLE_TO,
    "ACTIONS_ELEMENTS_MAX_ITEMS": limits.ACTIONS,
    "ALERT_TEXT_MAX_LENGTH": ours.ALERT,
    "CARD_TITLE_MAX_LENGTH": charts.CARD,
    "CARD_SUBTITLE_MAX_LENGTH": charts.CARD,
    "CARD_BODY_MAX_LENGTH": charts.CARD_TEXT,
    "CARD_SUBTEXT_MAX_LENGTH": charts.CARD_TEXT,
    "CARD_ACTIONS_MAX_ITEMS": charts.CARD_ACTIONS,
    "CAROUSEL_ELEMENTS_MAX_ITEMS": charts.CARDS,
    "CONTAINER_TITLE_MAX_LENGTH": limits.TITLE,
    "CONTAINER_SUBTITLE_MAX_LENGTH": limits.TITLE,
    "CONTAINER_CHILD_BLOCKS_MAX_ITEMS": limits.CHILDREN,
    "CONTEXT_ELEMENTS_MAX_ITEMS": limits.CONTEXT,
    "CONTEXT_ACTIONS_ELEMENTS_MAX_ITEMS": limits.CONTEXT_ACTIONS,
    "FEEDBACK_BUTTON_TEXT_MAX_LENGTH": limits_elements.BUTTON,
    "FEEDBACK_BUTTON_VALUE_MAX_LENGTH": limits_elements.VALUE,
    "TABLE_ROWS_MAX_ITEMS": limits.ROWS,
    "TABLE_COLUMNS_MAX_ITEMS": limits.COLUMNS,
    "DATA_TABLE_ROWS_MAX_ITEMS": limits.DATA_ROWS,
    "DATA_TABLE_COLUMNS_MAX_ITEMS": limits.COLUMNS,
    "DATA_TABLE_PAGE_SIZE_MAX": limits.PAGE,
    "DATA_TABLE_CONTENT_MAX_LENGTH": limits.DATA_CELLS,
    "DATA_VISUALIZATION_TITLE_MAX_LENGTH": charts.CHART_TITLE,
    "DATA_VISUALIZATION_SEGMENTS_MAX_ITEMS": charts.PARTS,
    "DATA_VISUALIZATION_SERIES_MAX_ITEMS": charts.PARTS,
    "DATA_VISUALIZATION_CATEGORIES_MAX_ITEMS": charts.POINTS,
    "DATA_VISUALIZATION_CATEGORY_LABEL_MAX_LENGTH": charts.LABEL,
    "DATA_VISUALIZATION_AXIS_LABEL_MAX_LENGTH": charts.AXIS,
    "HEADER_TEXT_MAX_LENGTH": limits.HEADER,
    "IMAGE_IMAGE_URL_MAX_LENGTH": limits_elements.ADDRESS,
    "IMAGE_ALT_TEXT_MAX_LENGTH": elements.ALT,
    "IMAGE_TITLE_MAX_LENGTH": elements.ALT,
    "INPUT_LABEL_MAX_LENGTH": ours.INPUT_LABEL,
    "INPUT_HINT_MAX_LENGTH": ours.INPUT_LABEL,
    "MARKDOWN_TEXT_MAX_LENGTH": limits_elements.TOTAL,
    "MARKDOWN_TOTAL_TEXT_MAX_LENGTH": limits_elements.TOTAL,
    "PLAN_TASKS_MAX_ITEMS": charts.TASKS,
    "SECTION_TEXT_MAX_LENGTH": limits_elements.TEXT,
    "SECTION_FIELDS_MAX_ITEMS": limits.FIELDS,
    "SECTION_FIELDS_ITEM_MAX_LENGTH": limits.FIELD,
    "MESSAGE_BLOCKS_MAX_ITEMS": limits.BLOCKS["message"],
    "VIEW_BLOCKS_MAX_ITEMS": limits.BLOCKS["modal"],
    "VIEW_PRIVATE_METADATA_MAX_LENGTH": ours.METADATA,
    "VIEW_CALLBACK_ID_MAX_LENGTH": elements.ID,
    "VIEW_EXTERNAL_ID_MAX_LENGTH": elements.ID,
    "VIEW_TITLE_MAX_LENGTH": ours.VIEW_WORD,
    "VIEW_CLOSE_MAX_LENGTH": ours.VIEW_WORD,
    "VIEW_SUBMIT_MAX_LENGTH": ours.VIEW_WORD,
}


@pytest.mark.parametrize("name", LIMITS)
def test_slackblocks_names_the_same_limit(name: str) -> None:
    assert getattr(_limits, name) == LIMITS[name]


@pytest.mark.parametrize("surface", ["message", "home", "modal"])
def test_slackblocks_has_the_same_matrix_of_surfaces(surface: Any) -> None:
    assert set(_surfaces._BLOCK_TYPES_BY_SURFACE[surface]) == ours.SURFACES[surface]


def sdk_refuses(block: dict[str, Any]) -> bool:
    """Whether the SDK's own models refuse a block; what they do not know they let through."""
    try:
        parsed = Block.parse(block)
        if parsed is not None:
            parsed.to_dict()
    except SlackObjectFormationError:
        return True
    return False


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_the_sdk_takes_what_is_taken_here(block: dict[str, Any]) -> None:
    assert not sdk_refuses(block)


REFUSED = {
    "section text": section("x" * 3_001),
    "header": {"type": "header", "text": plain("x" * 151)},
    "actions": actions(*(button(number) for number in range(26))),
    "button": actions(button(text="x" * 76)),
    "context": context(*[plain()] * 11),
    "feedback": feedback("x" * 76),
    "markdown": {"type": "markdown", "text": "x" * 12_001},
    "input label": input_(text_input(), label=plain("x" * 2_001)),
    "image alt": image(alt_text="x" * 2_001),
    "image address": image(image_url="x" * 3_001),
    "block_id": section(block_id="x" * 256),
    "options": actions(menu(*(str(number) for number in range(101)))),
    "card": {"type": "card"},
    "task": {"type": "task_card", "task_id": "a", "title": "x", "status": "asleep"},
}


@pytest.mark.parametrize("block", REFUSED.values(), ids=REFUSED)
def test_what_the_sdk_refuses_is_refused_here(block: dict[str, Any]) -> None:
    assert sdk_refuses(block)
    assert check_blocks([block])


ONLY_HERE = {
    "section field": {"type": "section", "fields": [plain("x" * 2_001)]},
    "rows": table(101, 1),
    "empty cell": table(1, 1, text=""),
    "context text": context(plain("x" * 3_001)),
    "card actions": card(actions=[button(number) for number in range(4)]),
    "empty alt text": image(alt_text=""),
    "option text": actions(menu(options=[{"text": plain("x" * 76), "value": "a"}])),
    "option value": actions(menu(options=[{"text": plain(), "value": "x" * 151}])),
    "unknown key": section(nonsense=1),
}


@pytest.mark.parametrize("block", ONLY_HERE.values(), ids=ONLY_HERE)
def test_what_the_sdk_lets_through_is_refused_here_alone(block: dict[str, Any]) -> None:
    assert check_blocks([block])
    assert not sdk_refuses(block), "the SDK has learnt this: it may move to REFUSED"


@pytest.mark.parametrize(
    "view",
    [
        {"type": "modal", "title": plain("x" * 25), "blocks": [DIVIDER]},
        {"type": "modal", "title": plain(), "blocks": [DIVIDER] * 101},
        {"type": "modal", "title": plain(), "blocks": [DIVIDER], "private_metadata": "x" * 3_001},
        {"type": "modal", "title": plain(), "blocks": [DIVIDER], "callback_id": "x" * 256},
        {"type": "modal", "title": plain(), "blocks": [DIVIDER], "submit": plain("x" * 25)},
    ],
)
def test_the_sdk_refuses_the_same_views(view: dict[str, Any]) -> None:
    assert check_view(view)
    with pytest.raises(SlackObjectFormationError):
        View(**view).to_dict()


def test_the_sdk_takes_the_same_views() -> None:
    view = {"type": "modal", "title": plain("x" * 24), "blocks": [alert(), input_(text_input())], "submit": plain()}

    assert check_view(view) == []
    View(**view).to_dict()
