"""The bot against `emulate`, a stand-in for Slack's Web API that no one here wrote; see README.md."""
