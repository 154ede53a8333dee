"""The package format as JSON Schema, for who writes packages with other programs. Plain Python."""

from __future__ import annotations

import json

from pydantic import BaseModel

from lessons import package_schema as schema

FILES: dict[str, type[BaseModel]] = {
    "package": schema.Package,
    "lesson": schema.Lesson,
    "quiz": schema.Quiz,
}


def schema_files() -> dict[str, str]:
    """Each file of ``docs/package-format/`` by its name."""
    return {
        f"{name}.schema.json": json.dumps(
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                **model.model_json_schema(),
            },
            indent=1,
            ensure_ascii=False,
        )
        + "\n"
        for name, model in FILES.items()
    }
