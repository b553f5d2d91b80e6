"""The channels of the teams that people are asked in: which they are, and whether something may be posted there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slack_sdk import WebClient

from bot.domain.company import Company, Party
from bot.render.inert import clean
from bot.slack.client import Done, Later, Outcome, Refused, call
from bot.slack.guard import ours_of
from bot.slack.people import KNOWN, UNKNOWN, Remembered, mapping

PAGES, PAGE = 20, 1_000
"""The most pages of a workspace's channels that are read, and channels a page."""
KINDS = ("public_channel,private_channel", "public_channel")
"""What is asked for, and what instead where not all of it was granted."""
WRONG = {
    "channel_not_found": "there is no such channel, or I cannot see it",
    "is_archived": "the channel is archived",
    "not_in_channel": "I am not in the channel: invite me there",
    "shared": "people of another organisation can read it, so I post nothing there",
}
"""What is wrong with a channel, in words."""


class Teams:
    """Finds the channels of teams."""

    def __init__(self, client: WebClient, quick: WebClient | None = None) -> None:
        self.client, self.quick = client, quick or client
        self.names: Remembered[dict[str, str] | Later] = Remembered()

    def place(self, channel: str) -> str | Later | Refused:
        """The id of a team's channel, where something may be posted there; why not otherwise."""
        id = self.id_of(channel)
        if isinstance(id, Later):
            return id
        outcome = call(self.client, "conversations.info", channel=id) if id else Refused("channel_not_found")
        if not isinstance(outcome, Done):
            return outcome
        wrong = wrong_with(outcome)
        return Refused(wrong) if wrong else id

    def name_of(self, id: str) -> str:
        """How a channel is called that everybody may know of."""
        outcome = call(self.client, "conversations.info", channel=id)
        channel = mapping(outcome.said.get("channel")) if isinstance(outcome, Done) else {}
        return "a-channel" if channel.get("is_private", True) else clean(str(channel.get("name") or "")) or "a-channel"

    def known_wrong(self, channel: str) -> str:
        """Why nothing can be posted in a team's channel, in words, as far as one short look tells; empty where it may well be possible."""
        id = self.known_id(channel)
        outcome = call(self.quick, "conversations.info", channel=id) if id else Refused("channel_not_found") if id == "" else None
        wrong = wrong_with(outcome) if isinstance(outcome, Done) else outcome.error if isinstance(outcome, Refused) else ""
        return WRONG.get(wrong, "")

    def known_id(self, channel: str) -> str | None:
        """The id of a channel without asking for it: empty where there is none, None where that is not known."""
        if not channel.startswith("#"):
            return channel
        until, names = self.names.known.get("all", (0.0, None))
        if not isinstance(names, dict):
            return None
        return names.get(channel.removeprefix("#").lower(), "" if until > self.names.clock() else None)

    def id_of(self, channel: str) -> str | Later:
        """The id of a channel that is named; empty where there is none."""
        if not channel.startswith("#"):
            return channel
        names = self.names.find("all", self.list_names)
        return names if isinstance(names, Later) else names.get(channel.removeprefix("#").lower(), "")

    def list_names(self) -> tuple[dict[str, str] | Later, float]:
        """Every channel that the bot sees, by name, and for how long that is good."""
        for kinds in KINDS:
            found: dict[str, str] = {}
            for page in self.pages(kinds):
                if isinstance(page, Later):
                    return page, min(page.seconds, UNKNOWN)
                if isinstance(page, Refused):
                    break
                listed = page.said.get("channels")
                found |= {str(each.get("name") or "").lower(): str(each.get("id")) for each in listed or () if isinstance(each, dict)}
            else:
                return found, KNOWN
        return {}, UNKNOWN

    def pages(self, kinds: str) -> Iterator[Outcome]:
        """The pages of the list, one after the other."""
        cursor = ""
        for _ in range(PAGES):
            asked: dict[str, Any] = {"types": kinds, "limit": PAGE, "exclude_archived": True, "cursor": cursor or None}
            page = call(self.client, "conversations.list", **asked)
            yield page
            cursor = str(mapping(page.said.get("response_metadata")).get("next_cursor") or "") if isinstance(page, Done) else ""
            if not cursor:
                return

    def unreachable(self, company: Company) -> tuple[list[tuple[Party, str]], bool]:
        """The teams that cannot be asked, each with the reason; and whether Slack does not tell of some just now."""
        places = [(party, self.place(party.channel)) for party in company.parties.values() if party.channel]
        wrong = [(party, place.error) for party, place in places if isinstance(place, Refused)]
        return wrong, any(isinstance(place, Later) for _, place in places)


def line_of(party: Party, error: str) -> str:
    """Why a team cannot be asked, in words."""
    return f"{party.name} ({party.channel}): {WRONG.get(error, error)}"


def wrong_with(outcome: Done) -> str:
    """What stands in the way of posting in a channel; empty where nothing does."""
    channel = mapping(outcome.said.get("channel"))
    if ours_of(outcome)[0] is not True:
        return "shared"
    if channel.get("is_archived"):
        return "is_archived"
    return "" if channel.get("is_member", True) else "not_in_channel"
