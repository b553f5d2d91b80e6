"""What is stored: Slack's events until they are answered, threads, settings, feedback, open questions. SQLite or PostgreSQL.

`open_store(settings)` gives a `Store`; what cannot be stored is a `StoreError` that says what to do. The only door to SQLAlchemy.
"""

from bot.store.channels import Mode
from bot.store.database import PersonKey
from bot.store.errors import SettingError, StoreError
from bot.store.feedback import Vote, Voted
from bot.store.figures import Figure
from bot.store.hurry import hurried, is_hurried
from bot.store.inbox import LOST, Backlog, Item, Next
from bot.store.models import LiveModel
from bot.store.open import open_store
from bot.store.people import Profile
from bot.store.questions import OpenQuestion
from bot.store.routes import Route
from bot.store.store import Store
from bot.store.threads import Thread

__all__ = [
    "LOST",
    "Backlog",
    "Figure",
    "Item",
    "LiveModel",
    "Mode",
    "Next",
    "OpenQuestion",
    "PersonKey",
    "Profile",
    "Route",
    "SettingError",
    "Store",
    "StoreError",
    "Thread",
    "Vote",
    "Voted",
    "hurried",
    "is_hurried",
    "open_store",
]
