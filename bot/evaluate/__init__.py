"""Questions with known answers, put to an engine: the examples of a model, and labelled questions."""

from bot.evaluate.examples import check_asks
from bot.evaluate.figures import Figures, count
from bot.evaluate.judge import Judged
from bot.evaluate.names import check_names
from bot.evaluate.run import ask_all

__all__ = ["Figures", "Judged", "ask_all", "check_asks", "check_names", "count"]
