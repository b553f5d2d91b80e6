"""Every view and message that is kept as golden JSON: its name, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from companies import here_at
from opened import TODAY
from said_made import SAID

from bot.domain.answers import Answer
from bot.domain.questions import Question
from bot.pipeline import answer
from bot.slack.views.ask import answer_view, ask_view
from bot.slack.views.changes import changed_post
from bot.slack.views.channel import channel_view, saved_view
from bot.slack.views.contacts import Contact, contact_for
from bot.slack.views.feedback import noted_view, reason_view
from bot.slack.views.here import Asker
from bot.slack.views.home import HomeState, home_view
from bot.slack.views.metadata import seal
from bot.slack.views.objection import objection_post
from bot.slack.views.previews import Plea, human_post, human_view, nobody_view, share_view
from bot.slack.views.sheet_blocks import sheet_post, whole_posts
from bot.slack.views.sheets import Chosen
from bot.slack.views.suggested import prompts
from bot.slack.views.told import read_names
from bot.slack.views.welcome import help_post, welcome_post
from bot.slack.views.whoami import me_post, me_view, pick_view, unclear_post

ACME, MERIDIAN, GITLAB, NONE, HOSTILE = "acme", "every-feature", "gitlab-fy24", "none", "hostile"
CSM = Asker("csm", "smb")
PLEA = Plea(
    "Dana Fox", "Who owns <!channel> a renewal that legal has redlined?", "Acme has not ruled yet on who owns legal redlines.", "It is SMB."
)
SEALED = seal({"channel": "C0DEALS", "ts": "1764000000.000100"}, b"golden", "U0DANA")


def answered(question: str, company: str = ACME) -> Answer:
    return answer(Question(question, TODAY), here_at(company).engine)


def team(company: str = ACME, id: str = "deal-desk") -> Any:
    return here_at(company).company.parties[id]


def contact(question: str) -> Contact:
    return contact_for(answered(question, GITLAB), here_at(GITLAB))


VIEWS: Mapping[str, Callable[[], Any]] = {
    "home-unknown": lambda: home_view(here_at(ACME), HomeState(title="Sr. Customer Success Manager")),
    "home-csm": lambda: home_view(here_at(ACME), HomeState(CSM, chosen=Chosen(segment="smb"))),
    "home-role-gone": lambda: home_view(here_at("five-lines"), HomeState(gone=True)),
    "home-meridian": lambda: home_view(here_at(MERIDIAN), HomeState(Asker("ae", "enterprise"), chosen=Chosen("enterprise", "renew"))),
    "home-no-rules": lambda: home_view(here_at(NONE), HomeState()),
    "home-hostile": lambda: home_view(here_at(HOSTILE), HomeState(title="seller <!here>")),
    "modal-ask": lambda: ask_view(here_at(ACME), CSM, "who owns renewal?", SEALED),
    "modal-ask-no-rules": lambda: ask_view(here_at(NONE), Asker()),
    "modal-answer": lambda: answer_view("who owns the account?", answered("who owns the account?").message),
    "modal-reason": lambda: reason_view(SEALED),
    "modal-reason-kept": lambda: reason_view(SEALED, text_is_kept=True),
    "modal-channel": lambda: channel_view(here_at(ACME), "C0DEALS1", "suggest", SEALED),
    "modal-channel-saved": lambda: saved_view(here_at(ACME), "C0DEALS1", "off"),
    "modal-noted": lambda: noted_view(here_at(ACME), Contact(team(), "keeps", ("deal-desk",))),
    "modal-noted-kept": lambda: noted_view(here_at(GITLAB), contact("who owns bug reports?"), text_is_kept=True),
    "modal-channel-not-granted": lambda: channel_view(here_at(ACME), "", "mention", missing=("channels:history",), shared=True),
    "modal-me": lambda: me_view(here_at(ACME), CSM),
    "modal-me-offered": lambda: me_view(here_at(ACME), Asker(), title="Account Executive II"),
    "modal-role": lambda: pick_view(here_at(ACME), SEALED),
    "modal-human": lambda: human_view(here_at(ACME), PLEA, Contact(team(), "keeps", ("deal-desk",)), SEALED),
    "modal-human-route": lambda: human_view(here_at(GITLAB), PLEA, contact("who owns renewal?"), SEALED),
    "modal-human-nobody": lambda: nobody_view(here_at(GITLAB), PLEA, contact("who owns bug reports?")),
    "modal-human-not-there": lambda: nobody_view(
        here_at(ACME), PLEA, Contact(team(), "keeps", ("deal-desk",)), "I am not in the channel: invite me there"
    ),
    "modal-share": lambda: share_view(here_at(ACME), sheet_post(here_at(ACME), Chosen("smb", "renew"), alone=True), "C0DEALS1", SEALED),
    "modal-hostile": lambda: human_view(here_at(HOSTILE), PLEA, Contact(team(HOSTILE, "revops"), "keeps-some", ("revops", "ae"))),
    "post-sheet": lambda: sheet_post(here_at(ACME), Chosen()),
    "post-sheet-role": lambda: sheet_post(here_at(ACME), Chosen(role="csm", motion="renew")),
    "post-sheet-nothing": lambda: sheet_post(here_at(ACME), Chosen(role="vp-channel", motion="land")),
    "post-sheet-shared": lambda: sheet_post(here_at(ACME), Chosen("smb", "renew"), alone=True),
    "post-sheet-whole": lambda: whole_posts(here_at(ACME), Chosen()),
    "post-me": lambda: me_post(here_at(ACME), CSM),
    "post-me-unclear": lambda: unclear_post(here_at(ACME), read_names("wizard smb", here_at(ACME))),
    "post-sheet-unclear": lambda: unclear_post(here_at(ACME), read_names("smb enterprise", here_at(ACME)), subjects=True),
    "post-help": lambda: help_post(here_at(ACME), CSM),
    "post-help-no-rules": lambda: help_post(here_at(NONE), Asker()),
    "post-welcome": lambda: welcome_post(here_at(ACME)),
    "post-welcome-no-rules": lambda: welcome_post(here_at(NONE)),
    "post-changed": lambda: changed_post(here_at(ACME, date(2026, 3, 1))),
    "post-human": lambda: human_post(here_at(ACME), PLEA, team()),
    "post-objection": lambda: objection_post(here_at(GITLAB), contact("who owns renewal?")),
    "post-hostile": lambda: me_post(here_at(HOSTILE), Asker("csm", "smb")),
    "prompts": lambda: prompts(here_at(ACME), Asker()),
    **SAID,
}
