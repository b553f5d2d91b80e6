"""What people see in Slack beside answers: Home, modals, sheets. Values in, dicts out; no network, no clock."""
