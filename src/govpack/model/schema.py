"""The JSON Schema of a pack, for editors that complete and check what a programme owner writes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from govpack.model.pack import Pack

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Generator(GenerateJsonSchema):
    """As pydantic's, but a decimal is a number: nobody writes money in quotes."""

    schema_dialect = DIALECT

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """A number with the limits of the decimal."""
        number = core_schema.float_schema()
        if "ge" in schema:
            number["ge"] = float(schema["ge"])
        if "le" in schema:
            number["le"] = float(schema["le"])
        return self.float_schema(number)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """With the default where it is a plain value; an empty list or part would only hide the description."""
        described = super().default_schema(schema)
        default = schema.get("default")
        if default is None or not isinstance(default, str | int | Decimal):
            described.pop("default", None)
        elif isinstance(default, Decimal):
            described["default"] = int(default) if default == int(default) else float(default)
        return described


def pack_schema() -> dict[str, Any]:
    """The schema of a whole pack, all files of a folder taken together; draft 2020-12."""
    schema = Pack.model_json_schema(schema_generator=_Generator, mode="validation")
    return {"$schema": DIALECT, **schema, "title": "govpack pack"}
