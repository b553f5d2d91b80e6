"""Slack: an edge. The only package that knows slack_bolt; what is built for Slack without it is in `views` and `manifest`."""
