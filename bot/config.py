"""The environment, read in one place; also from `.env` in the current folder."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set from outside."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    rolecall_company: Path | None = None
    """The folder of the company's model."""


def read_settings() -> Settings:
    """The settings as they are now."""
    return Settings()
