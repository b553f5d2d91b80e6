"""`rolecall doctor`: what keeps the bot from working, each with what to do about it. Looks and changes nothing."""
