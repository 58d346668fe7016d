"""What a governance pack says, as pydantic models without I/O; derived figures are properties.

Import from the modules: `pack.Pack` is the whole, `view.plain_view` what a template sees of it, `references` the
links between its parts, `schema.pack_schema` its JSON Schema. `checklist` and `kit` stand alone.
"""
