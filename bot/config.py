"""The environment, read in one place; also from `.env` in the current folder."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Settings(BaseSettings):
    """What can be set from outside."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    rolecall_company: Path | None = None
    """The folder of the company's model."""
    slack_bot_token: SecretStr | None = None
    """The bot's token, `xoxb-…`."""
    slack_app_token: SecretStr | None = None
    """The app's token for Socket Mode, `xapp-…`."""
    slack_api_url: str = "https://slack.com/api/"
    """Where the Web API is: by https, or on this machine."""
    slack_signing_secret: SecretStr | None = None
    """What Slack signs its requests with; also what people are keyed with where `rolecall_secret` is not set."""

    port: int = Field(default=3000, ge=0, le=65_535)
    """The port of `rolecall serve`."""
    web_concurrency: int = Field(default=1, ge=1, le=64)
    """Processes of `rolecall serve`; more than one needs a PostgreSQL."""
    rolecall_threads: int = Field(default=8, ge=1, le=128)
    """Threads of each process that take requests."""
    rolecall_workers: int = Field(default=4, ge=1, le=32)
    """Threads of each process that answer what was accepted."""
    rolecall_metrics_port: int | None = Field(default=None, ge=0, le=65_535)
    """The port of the metrics, on this machine alone; without it there are none."""
    rolecall_log_text: bool = False
    """Whether questions and people's ids stand in the log."""
    rolecall_log_level: Literal["debug", "info", "warning", "error"] = "info"
    """From which level on something is logged."""

    database_url: SecretStr | None = None
    """Where things are stored: `postgresql://…` or `sqlite:///file`; without it a SQLite file in the user's state folder."""
    xdg_state_home: Path | None = None
    """The user's state folder, where it is not the usual one."""
    rolecall_secret: SecretStr | None = None
    """What people are keyed with: any long text, the same for all instances. A new one makes everybody a stranger."""

    rolecall_keep_question_text: bool = False
    """Whether the words of open questions and of answers voted down are stored at all."""
    rolecall_keep_text_days: int = Field(default=30, ge=1)
    """How long such words are kept."""
    rolecall_keep_inbox_days: int = Field(default=7, ge=1)
    """How long it is known which of Slack's events were taken, so that none is answered twice."""
    rolecall_keep_threads_days: int = Field(default=3, ge=1)
    """How long a thread may be gone on with."""
    rolecall_keep_routes_days: int = Field(default=30, ge=1)
    """How long a reply of a person who was asked for help finds its way back."""
    rolecall_keep_figures_days: int = Field(default=180, ge=1)
    """How long feedback, open questions and what figures are made from are kept."""
    rolecall_keep_people_days: int = Field(default=365, ge=1)
    """How long the role and segment of a person are kept after they were last used."""

    @field_validator("slack_api_url")
    @classmethod
    def check_api_url(cls, url: str) -> str:
        """Tokens are sent there, so that it has to be by https, or to this machine."""
        parts = urlsplit(url)
        if parts.scheme == "https" and parts.hostname:
            return url
        if parts.scheme == "http" and parts.hostname in LOOPBACK:
            return url
        raise ValueError("SLACK_API_URL has to begin with https://, or with http:// and an address of this machine")

    @property
    def state_folder(self) -> Path:
        """Where this user's programs keep what they have to remember."""
        return (self.xdg_state_home or Path.home() / ".local" / "state") / "rolecall"


class WrongSettingsError(ValueError):
    """Settings that cannot be: a sentence for each, which does not repeat what it is set to, for that may be a secret."""

    def __init__(self, wrong: list[str]) -> None:
        super().__init__("\n".join(f"{each} Correct it in the environment or in .env, or leave it out." for each in wrong))
        self.wrong = wrong


def read_settings() -> Settings:
    """The settings as they are now. Raises WrongSettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        found = error.errors(include_input=False, include_context=False, include_url=False)
        names = {str(each["loc"][0]).lower(): each["msg"] for each in found if each["loc"]}
        raise WrongSettingsError([wrong_setting(name, said) for name, said in names.items()]) from None


def wrong_setting(name: str, said: str) -> str:
    """What a setting has to be."""
    if said.startswith("Value error, "):
        return f"{said.removeprefix('Value error, ')}."
    field = Settings.model_fields.get(name)
    kinds = {kind for kind in (get_args(field.annotation) or (field.annotation,)) if kind is not type(None)} if field else set()
    if all(isinstance(kind, str) for kind in kinds):
        expected = f"one of {', '.join(sorted(map(str, kinds)))}"
    elif int in kinds and field is not None:
        least, most = (next((getattr(each, end) for each in field.metadata if hasattr(each, end)), None) for end in ("ge", "le"))
        expected = f"a whole number from {least} to {most}" if most is not None else f"a whole number, at least {least}"
    else:
        expected = "yes or no" if bool in kinds else "a path" if Path in kinds else "a text"
    return f"{name.upper()} has to be {expected}."


def share_metrics() -> None:
    """Makes the processes that are begun from now on put their figures together; to be called before `bot.metrics` is imported."""
    folder, mine = tempfile.mkdtemp(prefix="rolecall-metrics-"), os.getpid()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == mine else None)
