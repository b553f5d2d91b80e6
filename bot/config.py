"""The environment, read in one place; also from `.env` in the current folder."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set from outside."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    rolecall_company: Path | None = None
    """The folder of the company's model."""
    slack_signing_secret: SecretStr | None = None
    """What Slack signs its requests with; also what people are keyed with where `rolecall_secret` is not set."""

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

    @property
    def state_folder(self) -> Path:
        """Where this user's programs keep what they have to remember."""
        return (self.xdg_state_home or Path.home() / ".local" / "state") / "rolecall"


def read_settings() -> Settings:
    """The settings as they are now."""
    return Settings()
