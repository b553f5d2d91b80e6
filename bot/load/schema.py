"""The JSON Schema of a model's files: one schema for `company.yaml` and for files named after a section."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from bot.load.shapes import NAMES, RULINGS

PLAIN = {
    "company": {"type": "string", "description": "The company's name."},
    "currency": {"type": "string", "description": "The currency of all amounts, such as USD."},
    "verify-every": {"type": "string", "description": "How long a verification is good, such as 12 months."},
    "assume": {"type": "object", "description": "Attribute -> what holds when nobody says."},
    "maintainers": {"type": "array", "items": {"type": "string"}, "description": "Slack users (U…) and groups (S…) who keep the model."},
}


def model_schema() -> dict[str, Any]:
    """The schema: an object with any section, or the content of one section alone."""
    shapes = {**NAMES, **RULINGS}
    refs, definitions = models_json_schema(
        [(shape, "validation") for shape in dict.fromkeys(shapes.values())], by_alias=True, schema_generator=GenerateJsonSchema
    )
    by_shape = {shape: ref for (shape, _), ref in refs.items()}
    sections: dict[str, Any] = {
        name: {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "additionalProperties": {"anyOf": [by_shape[shape], {"type": "null"}]},
        }
        for name, shape in NAMES.items()
    }
    sections |= {name: {"type": "array", "items": by_shape[shape]} for name, shape in RULINGS.items()}
    whole = {"type": "object", "properties": {**PLAIN, **sections}, "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Rolecall model",
        "anyOf": [whole, *sections.values()],
        "$defs": definitions["$defs"],
    }
