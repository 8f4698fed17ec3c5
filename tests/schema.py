"""The schema of the JSON contract, from the dataclasses; `python -m tests.schema` writes the file in the package anew.

What no dataclass stands for is kept by hand in the file: what is printed as a whole, a row of a file, an error.
"""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from derivcli.model import Result, System
from derivcli.model.codec import Coded, bare, entries

FILE = Path(__file__).parents[1] / "derivcli" / "result.schema.json"
SPECIAL = {
    "description": "what the number beside it is, where JSON has no number for it",
    "enum": ["nan", "inf", "-inf"],
}
WIDTH = 110
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}
# Of many points, one of a file says where it comes from.
ROW = {
    "line": {"$ref": "#/$defs/line"},
    "row": {
        "type": "object",
        "description": "the row of the file as it came, with texts for what JSON has no type for",
    },
}


def definitions() -> dict[str, Any]:
    """Return a definition for each dataclass and enum of an answer."""
    found: dict[str, Any] = {"special": SPECIAL}
    for cls in (Result, System):
        _reference(cls, found)
    found["result"]["properties"] |= ROW
    return found


def _reference(cls: type, found: dict[str, Any]) -> dict[str, Any]:
    name = re.sub("(?<!^)([A-Z])", r"_\1", cls.__name__).lower()
    if name not in found:
        found[name] = {}
        found[name] |= _object(cls, found) if issubclass(cls, Coded) else {"enum": list(map(str, cls))}  # type: ignore[call-overload]
    return {"$ref": f"#/$defs/{name}"}


def _object(cls: type[Coded], found: dict[str, Any]) -> dict[str, Any]:
    own: Any = cls
    fields = entries(own)
    properties: dict[str, Any] = {}
    for entry in fields:
        kind = bare(entry.kind) if entry.left_out else entry.kind  # where it is left out, it is never null
        properties[entry.name] = _kind(kind, found) | _said(entry.extras)
        if entry.special:
            properties[f"{entry.name}_special"] = {"$ref": "#/$defs/special"}
    special = {f"{e.name}_special": {"properties": {e.name: {"type": "null"}}} for e in fields if e.special}
    return {
        "description": " ".join((inspect.getdoc(cls) or "").partition("\n\n")[0].split()),
        "type": "object",
        "properties": properties,
        "required": [entry.name for entry in fields if not entry.left_out],
        **({"dependentSchemas": special} if special else {}),
        "additionalProperties": False,
    }


def _kind(kind: Any, found: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a type."""
    parts = get_args(kind)
    if get_origin(kind) is Annotated:
        return _kind(parts[0], found) | _said(parts[1:])
    if get_origin(kind) in (Union, UnionType):
        assert NoneType in parts
        return _or_null(_kind(parts[0], found))
    if get_origin(kind) is dict:
        return {"type": "object", "additionalProperties": _kind(parts[1], found)}
    if get_origin(kind) is tuple:
        return _array(parts, found)
    return {"type": PLAIN[kind]} if kind in PLAIN else _reference(kind, found)


def _array(parts: tuple[Any, ...], found: dict[str, Any]) -> dict[str, Any]:
    if parts[-1] is ...:
        return {"type": "array", "items": _kind(parts[0], found)}
    each = [_kind(part, found) for part in parts]
    return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Allow null: by one more type where there is one, for no other keyword speaks of null."""
    if "type" in schema:
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _said(extras: tuple[Any, ...]) -> dict[str, Any]:
    """Return what the annotations add; of two descriptions the last, which is that of the field itself."""
    said: dict[str, Any] = {}
    for extra in extras:
        said |= {"description": extra} if isinstance(extra, str) else extra if isinstance(extra, dict) else {}
    return said


def _text(value: Any, margin: str = "") -> str:
    """Return JSON with what fits on a line on one."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(margin) + len(flat) <= WIDTH:
        return flat
    inner = f"{margin}  "
    parts = (
        [f"{inner}{json.dumps(key)}: {_text(part, inner)}" for key, part in value.items()]
        if isinstance(value, dict)
        else [f"{inner}{_text(part, inner)}" for part in value]
    )
    start, end = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([start, ",\n".join(parts), f"{margin}{end}"])


if __name__ == "__main__":
    schema = json.loads(FILE.read_text(encoding="utf-8"))
    schema["$defs"] |= definitions()
    FILE.write_text(f"{_text(schema)}\n", encoding="utf-8")
