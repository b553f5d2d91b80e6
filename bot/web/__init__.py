"""HTTP: what reaches us from outside. The only door to Flask and gunicorn; it knows nothing of Slack."""
