"""Help while typing (编辑提示): the JSON Schema of the rulebook language, for editors of TOML.

`rulebook.schema.json` beside this file is what `python -m qms_service schema` prints.
"""

from qms_service.authoring.editor.schema import rulebook_schema, rulebook_schema_text

__all__ = ["rulebook_schema", "rulebook_schema_text"]
