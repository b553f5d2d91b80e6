"""Files -> values, or problems. The only code that knows YAML or opens the model's files."""

from bot.domain.loaded import Loaded, Shipped
from bot.folders import example_folder, example_names, guidance_folder
from bot.load.build import load_company
from bot.load.shipped import load_shipped

__all__ = ["Loaded", "Shipped", "example_folder", "example_names", "guidance_folder", "load_company", "load_shipped"]
