"""All that the Slack edge stores, as one object. Where less is needed, ask for the part: an `Inbox`, `Threads`, `People` …"""

from __future__ import annotations

from dataclasses import dataclass

from bot.store.channels import Channels
from bot.store.feedback import Feedback
from bot.store.figures import Figures
from bot.store.inbox import Inbox
from bot.store.models import Models
from bot.store.people import People
from bot.store.questions import Questions
from bot.store.retention import Retention
from bot.store.routes import Routes
from bot.store.threads import Threads


@dataclass(frozen=True)
class Store(Inbox, Threads, People, Channels, Feedback, Questions, Routes, Figures, Models, Retention):
    """What is stored. Threads of a process share one; every process opens its own."""
