"""Rolecall answers who owns what between sales and customer success, from a company's own model, with the reason."""
