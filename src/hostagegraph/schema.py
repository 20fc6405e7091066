"""Publish the record format: the model in, one JSON Schema per kind of file out.

Editors use it to complete and to check while a curator types. The reader of records knows more
(references, digests, dates of no calendar), so a file that the schema accepts can still be wrong.
"""

import types
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from hostagegraph import dates, model
from hostagegraph.decoding import is_mapping, specs_of

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_LANGUAGE: Final = {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}
_REFERENCE: Final = (
    r"^(((unnamed|s|info|mandate|proposal|cluster|place|office|agent)/)?[a-z0-9]+(-[a-z0-9]+)*"
    r"|c/[a-z0-9]+-[0-9]{2,3}|curator/[1-9][0-9]*)$"
)

# What an editor makes of these values when they stand without quotes.
_BARE: Final[Mapping[str, Any]] = {"1": 1, "true": True, "false": False}


def schemas() -> dict[str, dict[str, Any]]:
    """Give a schema for each kind of file in the data folder, by the name of the schema."""
    return {
        "section": _document(model.Section, "One section of one source: data/records/<source>/"),
        "source": _document(model.Source, "One source work: data/sources/"),
        "people": _entries(model.Person, "People: data/agents/people.yaml"),
        "institutions": _entries(model.Institution, "Institutions: data/agents/institutions.yaml"),
        "hub": _entries(model.Hub, "Groups, offices and everything in data/hubs/"),
        "curators": _entries(model.Curator, "Curators: data/agents/curators.yaml"),
    }


def _document(kind: Any, title: str) -> dict[str, Any]:
    defs: dict[str, Any] = {}
    body = _class(kind, defs)
    return {"$schema": DIALECT, "title": title, **body, "$defs": defs}


def _entries(kind: Any, title: str) -> dict[str, Any]:
    defs: dict[str, Any] = {}
    names = {"pattern": f"^{model.SLUG}$"}
    body = {"type": "object", "propertyNames": names, "additionalProperties": _of(kind, defs)}
    return {"$schema": DIALECT, "title": title, **body, "$defs": defs}


def _of(hint: Any, defs: dict[str, Any]) -> dict[str, Any]:
    """Give the schema of a hint; classes go into `defs` once and are referred to."""
    metadata: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        metadata = tuple(rest)
    origin = get_origin(hint)
    if hint is str:
        return _text(metadata)
    if hint is model.Words:
        by_language = {"type": "object", "propertyNames": _LANGUAGE, "minProperties": 1}
        return {"anyOf": [{"type": "string"}, {**by_language, "additionalProperties": _text(())}]}
    if origin is Literal:
        values = get_args(hint)
        return {"enum": [*values, *(_BARE[value] for value in values if value in _BARE)]}
    if origin is tuple:
        item = _of(get_args(hint)[0], defs)
        return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}
    return _compound(hint, defs)


def _compound(hint: Any, defs: dict[str, Any]) -> dict[str, Any]:
    if is_mapping(hint):
        key, value = get_args(hint)
        names = {"pattern": _text(get_args(key)[1:])["pattern"]}
        return {"type": "object", "propertyNames": names, "additionalProperties": _of(value, defs)}
    if get_args(hint):
        members = [member for member in get_args(hint) if member is not types.NoneType]
        options = [_of(member, defs) for member in members]
        return options[0] if len(options) == 1 else {"anyOf": options}
    if hint.__name__ not in defs:
        defs[hint.__name__] = {}  # holds the name while its fields, which may use it, are read
        defs[hint.__name__] = _class(hint, defs)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _class(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    specs = specs_of(kind)
    if getattr(kind, "row", False):
        items = [_of(spec.hint, defs) for spec in specs.values()]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "items": False}
    properties = {key: _of(spec.hint, defs) for key, spec in specs.items()}
    required = [key for key, spec in specs.items() if spec.required]
    if issubclass(kind, model.Situation):
        properties = {"type": {"const": kind.__name__}, **properties}
        required = ["type", *required]
    whole = {
        "type": "object",
        "description": (kind.__doc__ or "").partition("\n")[0],
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    short = getattr(kind, "short", None)
    return {"anyOf": [properties[short], whole]} if short else whole


def _text(metadata: tuple[Any, ...]) -> dict[str, Any]:
    """Give the schema of a text; unquoted numbers and years reach an editor as numbers."""
    for meaning in metadata:
        if isinstance(meaning, model.Range):
            says = f"a reference to {' or '.join(meaning.classes)}"
            return {"type": "string", "pattern": _REFERENCE, "description": says}
        if isinstance(meaning, model.Form):
            says = dates.FORMS if meaning.sort == "date" else meaning.says
            sorts: Mapping[str, Any] = {"text": "string"}
            sort = sorts.get(meaning.sort, ["string", "number"])
            return {"type": sort, "pattern": f"^({meaning.pattern})$", "description": says}
    return {"type": "string", "minLength": 1}
