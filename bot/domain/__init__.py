"""The words of Rolecall as frozen values. Imports nothing of ours but `bot.problems`."""
