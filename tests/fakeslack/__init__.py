"""A Slack that behaves, for tests: workspaces and people, a Web API with state, deliveries with signatures and retries. See README.md."""

from fakeslack.sender import Signing, forged
from fakeslack.slack import FakeSlack

__all__ = ["FakeSlack", "Signing", "forged"]
