"""The keys of a head that grlc documents, read with grlc's meaning; what cannot hold is refused.

`summary`, `description` and `tags` mean the same here and there. `endpoint-method` is about the
way from grlc to another endpoint: it changes no answer, and nothing reads it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hostagegraph import drafts
from hostagegraph.drafts import Draft, Reader
from hostagegraph.head import Place
from hostagegraph.parameters import meant

METHODS: Final = ("GET", "POST")
OVERWRITTEN: Final = ("query", "type", "parameters", "variables", "original_query")
REFUSED: Final[Mapping[str, str]] = {
    **dict.fromkeys(OVERWRITTEN, "grlc overwrites this key; use another"),
    "parameters": "grlc overwrites this key; use another (parameters stand under `params`)",
    "endpoint": "a saved query is asked of this graph alone; leave the key out",
    "transform": "results keep their standard forms; leave the key out",
}


def _pagination(draft: Draft, place: Place, value: object) -> int | None:
    """Read the number of rows of a page."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        draft.blame(place, "expected the number of rows of a page, such as 100")
        return None
    return value


def _method(draft: Draft, place: Place, value: object) -> str:
    """Read the one HTTP method by which the query is asked."""
    method = drafts.text(draft, place, value).upper()
    if method not in METHODS:
        draft.blame(place, f"unknown method; expected {' or '.join(METHODS)}")
        return METHODS[0]
    return method


def _in_url(draft: Draft, place: Place, value: object) -> None:
    if value is not False:
        draft.blame(place, "no endpoint can be chosen in the URL; write false or leave the key out")


def _endpoint_method(draft: Draft, place: Place, value: object) -> None:
    _method(draft, place, value)


def _named(draft: Draft, place: Place, value: object) -> None:
    """Check the names; what stands under them is read with the parameters."""
    if not isinstance(value, list) or not all(isinstance(each, dict | str) for each in value):
        draft.blame(place, "expected a list with entries such as `- name: value`")
        return
    params = draft.head.get("params")
    known = [drafts.scalar(each) for each in params] if isinstance(params, dict) else []
    for inner, name, given in _entries(place, value):
        if name not in known:
            draft.blame(inner, f"no parameter has this name{meant(name, known)}")
        elif given is None and place == ("defaults",):
            draft.blame(inner, "say which value, as in `- name: value`")


READERS: Final[Mapping[str, Reader]] = {
    "pagination": _pagination,
    "method": _method,
    "defaults": _named,
    "enumerate": _named,
    "endpoint_in_url": _in_url,
    "endpoint-method": _endpoint_method,
}


def with_defaults(draft: Draft, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Add to the entry of a parameter what `defaults` and `enumerate` say of it."""
    merged = dict(entry)
    for place, each, value in _entries(("defaults",), draft.head.get("defaults", [])):
        if each == name and value is not None:
            _add(draft, place, merged, "default", value)
    for place, each, value in _entries(("enumerate",), draft.head.get("enumerate", [])):
        if each == name and value is not None:
            _add(draft, place, merged, "enum", value if isinstance(value, list) else [value])
        elif each == name and not {"enum", "enum_query", "values"}.intersection(merged):
            draft.blame(place, "give the values here, or name a pick list under `enum_query`")
    return merged


def _add(draft: Draft, place: Place, entry: dict[str, Any], key: str, value: object) -> None:
    if _texts(entry.get(key, value)) != _texts(value):
        draft.blame(place, f"contradicts `{key}` of the parameter; keep one")
    entry.setdefault(key, value)


def _texts(value: object) -> list[str]:
    """Give values of either form, or the values of an enum with labels, as texts."""
    listed = list(value) if isinstance(value, list | dict) else [value]
    return [drafts.scalar(each) for each in listed]


def _entries(place: Place, value: object) -> Iterator[tuple[Place, str, object]]:
    """Give the entries of a list such as `- name: value`; a name alone has None for its value."""
    for n, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            for name, each in item.items():
                yield (*place, n, drafts.scalar(name)), drafts.scalar(name), each
        elif isinstance(item, str):
            yield (*place, n), item, None
