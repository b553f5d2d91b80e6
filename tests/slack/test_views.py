"""What views promise: nothing is lost in silence, nothing restricted shows, what people choose and type is read back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from companies import engine_of, here_at
from hypothesis import given, settings
from hypothesis import strategies as st
from opened import TODAY

from bot.domain.questions import Question
from bot.load import guidance_folder, load_company, load_shipped
from bot.pipeline import answer, open_engine
from bot.render.limits import check_blocks
from bot.render.limits_views import check_view
from bot.slack.names import EVERYTHING, Action, Field, action_of, numbered, pattern
from bot.slack.views.ask import ask_view, asked_in
from bot.slack.views.changes import changed_post
from bot.slack.views.channel import MODES, channel_view, mode_in
from bot.slack.views.feedback import REASONS, reason_in, reason_view
from bot.slack.views.here import Asker, Here, asker_in
from bot.slack.views.home import HomeState, home_view
from bot.slack.views.metadata import MOST, seal, unseal
from bot.slack.views.objection import is_objection
from bot.slack.views.sheet_blocks import sheet_post, whole_posts
from bot.slack.views.sheets import Chosen, chosen_by_menus, chosen_by_value, parts_of, read_sheet, sheet_of
from bot.slack.views.suggested import suggested
from bot.slack.views.told import Told, offered_role, read_names
from bot.slack.views.welcome import help_post, welcome_post
from bot.slack.views.whoami import me_in, me_post, me_view, read_me, unclear_post

COMPANIES = ("acme", "every-feature", "gitlab-fy24", "consumption-pods", "fleet", "established-vendor", "five-lines", "huge", "hostile")
PUBLIC = """\
company: K
segments: {smb: {name: SMB}, ent: {name: Enterprise}}
roles: {ae: {name: AE}, csm: {name: CSM}, am: {name: AM}}
audiences: {board: {who: [U1]}}
rules:
  - {id: r, of: renew, own: ae, from: 2026-11-01, except: [{when: {arr: under 50k}, own: csm}]}
"""
SECRET = """\
  - {id: s, of: renew, own: am, over: r, audience: board, support: csm, paid: am, when: {segment: smb}, steps: {hush: {own: csm}}}
  - {id: hidden, of: land, own: am, audience: board, from: 2026-11-02, when: {deal-size: 10k or more}}
plans: [{id: p, role: csm, type: bonus, mix: 80/20}]
faqs: [{id: f, ask: [is there a secret?], answer: yes, audience: board}]
terms: {whisper: {means: nothing}}
"""


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings_in(inner)


def here_of(model: str, folder: Path) -> Here:
    file = folder / "company.yaml"
    file.write_text(model, encoding="utf-8")
    return Here(open_engine(load_company(file, guidance_folder(), TODAY), load_shipped())[0], TODAY)


def test_what_is_meant_for_some_leaves_no_trace_in_any_view(tmp_path: Path) -> None:
    public, secret = here_of(PUBLIC, tmp_path), here_of(PUBLIC + SECRET.replace("terms: {whisper: {means: nothing}}\n", ""), tmp_path)

    def shown(here: Here) -> str:
        made = [home_view(here, HomeState(Asker(role, segment))) for role in (None, "ae", "csm", "am") for segment in (None, "smb")]
        made += [sheet_post(here, Chosen(segment)) for segment in (None, "smb", "ent")]
        made += [*whole_posts(here, Chosen()), me_post(here, Asker("am")), help_post(here, Asker("am")), welcome_post(here)]
        return json.dumps([*made, changed_post(here), ask_view(here, Asker())])

    assert shown(secret) == shown(public)


@pytest.mark.parametrize("company", COMPANIES)
def test_the_whole_sheet_is_whole(company: str) -> None:
    here = here_at(company)
    posts = whole_posts(here, Chosen())

    said = "\n".join(text for post in posts for text in strings_in(post["blocks"]))
    for part in parts_of(sheet_of(here, Chosen()), here):
        assert all(" ".join(line.split()) in said or "\u202e" in line for line in (part.title, *part.lines))
    for post in posts:
        assert check_blocks(post["blocks"]) == []
        assert "There is more" not in post["text"]


@pytest.mark.parametrize("company", COMPANIES)
def test_home_and_sheet_are_within_the_limits_and_say_what_they_leave_out(company: str) -> None:
    here = here_at(company)
    role = here.company.roles()[0].id
    home = home_view(here, HomeState(Asker(role)))
    sheet = sheet_post(here, Chosen())

    assert check_view(home) == []
    assert check_blocks(sheet["blocks"]) == []
    parts = [part for part in parts_of(sheet_of(here, Chosen()), here) if part.lines]
    for blocks in (home["blocks"], sheet["blocks"]):
        shown = sum(block["type"] == "container" for block in blocks)
        left = [text for text in strings_in(blocks) if "in full:" in text]
        assert bool(left) == (shown < len(parts))
        assert not left or left[0].startswith(f"… {len(parts) - shown} more")


def test_a_subject_of_very_many_cases_is_cut_and_says_so() -> None:
    segments = {f"s{number}": {"name": f"Segment {number} {'of a long name ' * 3}"} for number in range(100)}
    roles = {f"r{number}": {"name": f"Role {number} {'of a long name ' * 3}"} for number in range(20)}
    rules = [{"id": f"x{number}", "of": "renew", "own": f"r{number % 20}", "when": {"segment": f"s{number}"}} for number in range(100)]
    here = Here(engine_of({"company": "Wide", "segments": segments, "roles": roles, "rules": rules}), TODAY)

    for chosen in (Chosen(), Chosen(role="r3"), Chosen(motion="renew")):
        sheet = sheet_post(here, chosen)
        assert check_blocks(sheet["blocks"]) == []
        assert any("more lines: choose a segment, or ask for the whole sheet." in text for text in strings_in(sheet["blocks"]))
    home = home_view(here, HomeState())
    assert check_view(home) == []
    assert any("more lines" in text for text in strings_in(home["blocks"]))


def test_menus_say_which_names_do_not_fit() -> None:
    here = here_at("huge")

    for made, command in ((sheet_post(here, Chosen("segment-129")), "/roe sheet"), (me_view(here, Asker("role-119")), "/roe me")):
        listed = [node for node in nodes_in(made) if node.get("type") == "static_select"]
        assert all(node["initial_option"] in node["options"] for node in listed)
        assert any(command in text and "more segments" in text and "more roles" in text for text in strings_in(made))


def nodes_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes_in(inner)


def test_a_table_that_is_cut_says_how_many_rows_are_missing() -> None:
    home = home_view(here_at("huge"), HomeState())
    drawn = next(block for block in home["blocks"] if block["type"] == "data_table")

    left = 180 - (len(drawn["rows"]) - 1)
    assert left > 0
    assert any(text.startswith(f"… {left} more row") for text in strings_in(home["blocks"]))


@pytest.mark.parametrize("company", ["acme", "every-feature", "gitlab-fy24", "five-lines", "none"])
def test_what_is_suggested_is_answered(company: str) -> None:
    here = here_at(company)
    roles = [None, *(role.id for role in here.company.roles()[:4])]

    for role in roles:
        asked = suggested(here, Asker(role))
        assert asked
        for question in asked:
            done = answer(Question(question, TODAY, role), here.engine)
            assert done.resolution.outcome in ("answered", "depends"), question
            assert (done.resolution.basis == "guidance") == (company == "none"), question


def test_without_a_company_home_says_so_and_shows_no_sheet() -> None:
    home = home_view(here_at("none"), HomeState(Asker("csm"), title="CSM"))

    assert home["blocks"][0]["text"]["text"] == "No rules loaded"
    assert not {"table", "data_table", "container"} & {block["type"] for block in home["blocks"]}
    assert {action_of(id) for id in ids_in(home)} == {Action.OPEN_ASK, Action.ASK}


def ids_in(value: Any) -> list[str]:
    found = [value["action_id"]] if isinstance(value, dict) and "action_id" in value else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*found, *(id for each in inner for id in ids_in(each))]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Account Executive", "ae"),
        ("Senior Account Executive, EMEA", "ae"),
        ("AE II", "ae"),
        ("Acount Executve", "ae"),
        ("Sr. CSM @ Acme", "csm"),
        ("AE | Enterprise", "ae"),
        ("Enterprise Customer Success Manager", "csm"),
        ("Solutions Engineer (SE)", "se"),
        ("VP of Channel", "vp-channel"),
        ("Director of Account Executives", None),
        ("VP of Customer Success", None),
        ("CSM Team Lead", None),
        ("Account Manager / CSM", "am"),
        ("Sr. Account Executive | CSM", "ae"),
        ("Former AE", None),
        ("Executive Assistant", None),
        ("Customer Support", None),
        ("", None),
        ("🙂" * 300, None),
        ("<!channel> {{ 7 }}", None),
    ],
)
def test_a_role_is_offered_from_a_title_only_by_the_companys_own_names(title: str, role: str | None) -> None:
    found = offered_role(title, here_at("acme"))

    assert (found.id if found else None) == role


def test_an_offer_is_confirmed_by_a_click_and_never_overrides() -> None:
    here = here_at("acme")

    assert Action.TAKE_ROLE in ids_in(home_view(here, HomeState(title="CSM")))
    assert Action.TAKE_ROLE not in ids_in(home_view(here, HomeState(Asker("ae"), title="CSM")))
    assert "What the" not in "".join(strings_in(home_view(here, HomeState(title="CSM"))))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("csm", Asker("csm", "enterprise")),
        ("I'm an AE for small business", Asker("ae", "smb")),
        ("i am the am", Asker("am", "enterprise")),
        ("mid market", Asker("se", "mid-market")),
        ("custmer success manager smb", Asker("csm", "smb")),
        ("wizard", Told(unknown=("wizard",))),
        ("csm ae", Told(roles=("csm", "ae"))),
        ("renewal", Told(unknown=("renewal",))),
        ("", Told()),
    ],
)
def test_me_is_read_from_words(text: str, told: Asker | Told) -> None:
    assert read_me(text, here_at("acme"), Asker("se", "enterprise")) == told


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("", Chosen()),
        ("smb", Chosen("smb")),
        ("renewals for midmarket", Chosen("mid-market", "renew")),
        ("csm upsell", Chosen(None, "upsell", "csm")),
        ("smb enterprise", Told(segments=("smb", "enterprise"))),
        ("xyzzy", Told(unknown=("xyzzy",))),
    ],
)
def test_a_sheet_is_read_from_words(text: str, chosen: Chosen | Told) -> None:
    assert read_sheet(text, here_at("acme")) == chosen


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_words_can_be_read(text: str) -> None:
    here = here_at("acme")
    read_names(text, here)
    offered_role(text, here)


def test_what_was_remembered_from_an_older_model_is_dropped() -> None:
    here = here_at("acme")

    assert asker_in(here, "csm", "smb") == Asker("csm", "smb")
    assert asker_in(here, "gone", "gone") == Asker()
    assert asker_in(here, "deal-desk", None) == Asker()


def submitted(view: dict[str, Any], **values: Any) -> dict[str, Any]:
    """A view as it comes back."""
    state = {
        name: {name: {"value": value} if name in ("question", "note") else {"selected_option": {"value": value}}}
        for name, value in values.items()
    }
    return {"type": "view_submission", "view": {**view, "state": {"values": state}}}


def test_what_was_filled_in_is_read_back() -> None:
    here = here_at("acme")
    asked = asked_in(submitted(ask_view(here, Asker()), question="  who owns it? ", role="csm", segment=EVERYTHING), here)

    assert (asked.question, asked.asker) == ("who owns it?", Asker("csm"))
    assert me_in(submitted(me_view(here, Asker()), role=EVERYTHING, segment="smb"), here) == Asker(None, "smb")
    assert me_in(submitted(me_view(here, Asker()), role="root", segment="x"), here) == Asker()
    for mode in MODES:
        assert mode_in(submitted(channel_view(here, "#x", "off"), mode=mode)) == mode
    assert mode_in(submitted(channel_view(here, "#x", "off"), mode="loud")) is None
    for reason in REASONS:
        assert reason_in(submitted(reason_view(), reason=reason, note=" it is the AE ")).reason == reason
    assert reason_in({"view": {"state": {"values": {"reason": None}}}}).reason is None


@pytest.mark.parametrize("payload", [{}, {"view": None}, {"state": []}, {"state": {"values": {"a": 1, "b": {"c": 2}}}}])
def test_a_broken_payload_chooses_nothing(payload: dict[str, Any]) -> None:
    assert chosen_by_menus(payload, here_at("acme")) == Chosen()


def test_menus_and_buttons_of_a_sheet_carry_the_choice() -> None:
    here, chosen = here_at("acme"), Chosen("smb", "renew", "csm")
    picked = {Action.SHEET_SEGMENT.value: "smb", Action.SHEET_MOTION.value: "renew", Action.SHEET_ROLE.value: EVERYTHING}
    state = {"sheet-menus": {action: {"selected_option": {"value": value}} for action, value in picked.items()}}

    assert chosen_by_value(chosen.value, here) == chosen
    assert chosen_by_value(Chosen().value, here) == Chosen()
    assert chosen_by_value("segment=smb&motion=nope&role=<!channel>", here) == Chosen("smb")
    assert chosen_by_menus({"state": {"values": state}}, here) == Chosen("smb", "renew")
    assert chosen_by_menus({"view": {"state": {"values": state}}}, here) == Chosen("smb", "renew")


def test_what_is_not_granted_cannot_be_chosen() -> None:
    made = channel_view(here_at("acme"), "#x", "answer", missing=("channels:history",))
    radio = made["blocks"][-1]["element"]

    assert [option["value"] for option in radio["options"]] == ["off", "mention"]
    assert radio["initial_option"]["value"] == "mention"


def test_seals_are_for_one_person_and_one_key() -> None:
    sealed = seal({"channel": "C1", "ts": "1.2"}, b"key", "U1")

    assert unseal(sealed, b"key", "U1") == {"channel": "C1", "ts": "1.2"}
    assert unseal(sealed, b"key", "U2") is None
    assert unseal(sealed, b"other", "U1") is None
    assert unseal(sealed.replace("C1", "C2"), b"key", "U1") is None
    assert [unseal(text, b"key", "U1") for text in ("", ".", "x", "é.{}", sealed[:-1], sealed + " ")] == [None] * 6
    with pytest.raises(ValueError, match="characters to carry"):
        seal({"a": "x" * MOST}, b"key", "U1")


@pytest.mark.parametrize(
    ("company", "text", "asker"),
    [
        ("consumption-pods", "csm growth", Asker("csm", "growth-pod")),
        ("consumption-pods", "account exec", Asker("ae")),
        ("gitlab-fy24", "me account exec, smb", None),
        ("gitlab-fy24", "account exec smb", Asker("ae", "smb")),
    ],
)
def test_a_name_that_is_also_a_subjects_is_read_as_a_role_or_a_segment(company: str, text: str, asker: Asker | None) -> None:
    read = read_me(text, here_at(company), Asker())

    assert read == asker if asker else isinstance(read, Told)


def test_what_is_not_known_is_repeated_as_it_was_typed() -> None:
    here = here_at("consumption-pods")
    told = read_me("csm growht expanding", here, Asker())
    assert isinstance(told, Told)

    assert "expansion" not in unclear_post(here, told)["text"].splitlines()[0]


@pytest.mark.parametrize("company", [each for each in COMPANIES if each != "hostile"])
def test_home_is_a_screenful_or_two(company: str) -> None:
    here = here_at(company)
    segments = [None, *[*here.company.segments][:3]]

    for segment in segments:
        home = home_view(here, HomeState(Asker(here.company.roles()[0].id, segment), chosen=Chosen(segment)))
        assert len(home["blocks"]) <= 40


def cells_of(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for block in view["blocks"] if block["type"] in ("table", "data_table") for row in block["rows"] for cell in row]


def test_home_begins_with_the_motions_and_says_where_the_rest_is() -> None:
    text = "\n".join(strings_in(home_view(here_at("gitlab-fy24"), HomeState())["blocks"]))

    assert "Renewal" in text
    assert "more subjects in full: choose a segment or a subject, or ask for the whole sheet." in text
    assert "Account team meeting" not in [cell["text"] for cell in cells_of(home_view(here_at("gitlab-fy24"), HomeState()))]
    assert "Account team meeting" in [cell["text"] for cell in cells_of(home_view(here_at("gitlab-fy24"), HomeState(chosen=Chosen("smb"))))]


def test_what_nobody_does_has_no_steps_with_owners() -> None:
    here = here_at("every-feature")
    parts = [part for segment in here.company.segments for part in parts_of(sheet_of(here, Chosen(segment)), here)]
    idle = [part for part in parts if part.title.endswith(": nobody")]

    assert idle
    assert [line for part in idle for line in part.lines if line.startswith("•")] == []


def test_the_card_of_a_manager_says_what_they_approve_and_decide() -> None:
    text = me_post(here_at("consumption-pods"), Asker("regional-director"))["text"]

    assert "Approves: give a discount of more than 8% and up to 20%; roll unused credits over into the next commitment" in text
    assert "Decides in disputes: who of the pod leads a piece of growth; two pods claim one account or division" in text


def test_an_objection_is_one_and_nothing_else() -> None:
    for text in ("that's wrong", "That is wrong!", "no, that\u2019s not right", "wrong", "this isn't true.", "thats wrong"):
        assert is_objection(text), text
    for text in ("that's right", "is that wrong?x", "who owns the wrong quote", "that's wrong, the CSM owns it", "right", "not", ""):
        assert not is_objection(text), text


def test_changes_tell_before_and_after() -> None:
    text = changed_post(here_at("acme", date(2026, 3, 1)))["text"]

    assert "Since 1 Feb 2026, Business review: " in text
    assert text.endswith("(before: Customer Success Manager)")


def test_every_name_has_its_own_pattern() -> None:
    for action in Action:
        for id in (action.value, numbered(action, 2), numbered(action, 1, 12)):
            assert [each for each in Action if pattern(each).search(id)] == [action]
            assert action_of(id) == action
    assert [action_of(id) for id in ("", "ask-", "xask-1", "ask-1 ", "task", "ask-1\n")] == [None] * 6
    assert len({*(field.value for field in Field)}) == len(Field)
