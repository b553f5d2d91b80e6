"""`python -m bot` is `rolecall`."""

from bot.cli import main

main(prog_name="rolecall")
