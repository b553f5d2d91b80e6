"""A new model as a draft: roles, segments and owners by name, with ids and standard jobs found for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.guidance import Job
from bot.domain.quantities import read_money

MOTIONS = {"land": "landing new business", "adopt": "adoption", "upsell": "upsell", "cross-sell": "cross-sell", "renew": "renewal"}
ARCHETYPES = {
    "1": ("adopt", "adoption and health only; sales roles do the commercial work"),
    "2": ("adopt-and-renew", "adoption and the renewal"),
    "3": ("adopt-renew-and-upsell", "adoption, the renewal, and the upsell that comes with it"),
    "4": ("adopt-renew-and-expand", "adoption, renewal and all expansion: an account manager in substance"),
}


@dataclass(slots=True)
class DraftRole:
    """A role of the draft."""

    id: str
    name: str
    aka: list[str] = field(default_factory=list)
    job: str = ""
    archetype: str = ""


@dataclass(slots=True)
class Draft:
    """Everything that `init` asks for."""

    name: str
    currency: str = "USD"
    roles: list[DraftRole] = field(default_factory=list)
    segments: list[dict[str, str]] = field(default_factory=list)
    owners: dict[str, str | list[str]] = field(default_factory=dict)
    auto_renew: tuple[str, str] | None = None
    """Amount and role for small auto-renewals."""

    def view(self, today: str) -> dict[str, Any]:
        """What the templates of the files need."""
        rules: list[dict[str, Any]] = []
        for motion, own in self.owners.items():
            exception = None
            if motion == "renew" and self.auto_renew:
                amount, role = self.auto_renew
                exception = {"amount": amount, "role": role, "example": (read_money(amount) or 0) // 200}
            rules.append({"id": name_of(motion), "of": motion, "own": own, "exception": exception})
        return {
            "name": self.name,
            "currency": self.currency,
            "roles": self.roles,
            "segments": self.segments,
            "rules": rules,
            "today": today,
        }


def name_of(motion: str) -> str:
    """The id of the rule on a motion."""
    return {"land": "new-business", "adopt": "adoption", "renew": "renewal"}.get(motion, motion)


def make_id(name: str) -> str:
    """An id for a name: "Account Executive" -> "account-executive"; names without Latin letters get a neutral one."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:60] or "role"


def split_list(text: str) -> list[str]:
    """The items of a comma-separated answer."""
    return list(dict.fromkeys(item.strip() for item in text.split(",") if item.strip()))


def draft_roles(names: Iterable[str], jobs: Mapping[str, Job]) -> list[DraftRole]:
    """Roles with short ids where initials are unique, and the standard job that the name says."""
    roles: list[DraftRole] = []
    taken: set[str] = set()
    for name in names:
        words = re.findall(r"[A-Za-z0-9]+", name)
        initials = "".join(word[0] for word in words).lower() if len(words) > 1 else ""
        id = initials if len(initials) in (2, 3, 4) and initials not in taken else make_id(name)
        while id in taken:
            id += "-2"
        taken.add(id)
        roles.append(DraftRole(id, name, [id.upper()] if id == initials else [], find_job(name, jobs)))
    return roles


def find_job(name: str, jobs: Mapping[str, Job]) -> str:
    """The standard job whose name or abbreviation this is."""
    wanted = name.lower().strip()
    return next((job.id for job in jobs.values() if wanted in (job.name.lower(), *(aka.lower() for aka in job.aka))), "")
