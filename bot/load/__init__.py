"""Files -> values, or problems. The only code that knows YAML or opens the model's files."""

from bot.load.build import Loaded, load_company
from bot.load.shipped import Shipped, example_folder, example_names, guidance_folder, load_shipped

__all__ = ["Loaded", "Shipped", "example_folder", "example_names", "guidance_folder", "load_company", "load_shipped"]
