"""The built front end: hashed files under /static/assets, compressed where the client likes it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from hostagegraph.service.answers import not_modified
from hostagegraph.service.problems import NotFound
from hostagegraph.service.serving import reading

router = APIRouter()

STATIC: Final = Path(__file__).parents[1] / "static"
MISSING: Final = (
    "the web front end is not built; run: make serve   (or: pip install --no-deps -e .)"
)
_TYPES: Final = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_CODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
_NAME: Final = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_HEADERS: Final = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
}


@dataclass(frozen=True, slots=True)
class Tags:
    """What a page has to load; `missing` says what to do when the front end is not built."""

    scripts: Sequence[str] = ()
    styles: Sequence[str] = ()
    fonts: Sequence[str] = ()
    missing: str = ""


@dataclass(slots=True)
class _Walk:
    """Entries in, the files that they load out."""

    manifest: Mapping[str, Any]
    styles: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def into(self, key: str) -> None:
        if key not in self.seen:
            self.seen.add(key)
            for each in self.manifest[key].get("imports", []):
                self.into(each)
            self.styles += [f"/static/{css}" for css in self.manifest[key].get("css", [])]


def tags(*entries: str, static: Path = STATIC) -> Tags:
    """Say what pages with these entry points load."""
    path = static / "manifest.json"
    try:
        manifest = _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return Tags(missing=MISSING)
    walk = _Walk(manifest)
    for entry in entries:
        walk.into(entry)
    scripts = [f"/static/{manifest[entry]['file']}" for entry in entries]
    return Tags(scripts, list(dict.fromkeys(walk.styles)), list(_fonts(manifest)))


def _fonts(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Name the fonts of the first lines, so that they come with the style sheet."""
    for source, built in manifest.items():
        if source.endswith(("inter-latin-400-normal.woff2", "serif-latin-400-normal.woff2")):
            yield f"/static/{built['file']}"


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Mapping[str, Any]:
    """Read the manifest; read it again after a rebuild."""
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@reading(router, "/static/assets/{name}", include_in_schema=False)
async def asset(request: Request, name: str) -> Response:
    """Send one built file, whose name changes with its content."""
    return send(request, STATIC / "assets", name)


def send(request: Request, folder: Path, name: str) -> Response:
    """Send a file of a folder, its smaller twin where the client takes it. Raises NotFound."""
    path, suffix = folder / name, Path(name).suffix
    if not _NAME.fullmatch(name) or suffix not in _TYPES or not path.is_file():
        raise NotFound("no file of the front end has this name")
    wanted = codings(request)
    twins = ((coding, path.with_name(name + end)) for coding, end in _CODINGS if coding in wanted)
    coding, twin = next(((coding, twin) for coding, twin in twins if twin.is_file()), ("", path))
    tag = f'"{name}{"-" + coding if coding else ""}"'
    headers = {**_HEADERS, "ETag": tag} | ({"Content-Encoding": coding} if coding else {})
    if not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    return FileResponse(twin, headers=headers, media_type=_TYPES[suffix])


def codings(request: Request) -> frozenset[str]:
    """List the content codings that a client takes."""
    return _accepted(request.headers.get("accept-encoding", ""))


def _accepted(header: str) -> frozenset[str]:
    """Read the names that are not refused.

    >>> sorted(_accepted("gzip, br;q=0, zstd;q=0.5"))
    ['gzip', 'zstd']
    """
    found = set()
    for part in header.split(","):
        name, *parameters = part.replace(" ", "").split(";")
        if not any(re.fullmatch(r"q=0(\.0*)?", each) for each in parameters):
            found.add(name.lower())
    return frozenset(found - {""})
