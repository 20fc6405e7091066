"""The files of the front end: small, right in type, kept for a year, and missing with a word."""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Request, Response

from hostagegraph.errors import HostagegraphError
from hostagegraph.service.pages import assets
from tests.service.conftest import Service, running

FILES = {"app-1a.js": b"let a = 1;" * 200, "mark-2b.svg": b"<svg/>" * 300, "only-3c.css": b"a{}"}


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a built front end; the other twins hold a word that tells them apart."""
    folder = tmp_path_factory.mktemp("static")
    (folder / "assets").mkdir()
    for name, body in FILES.items():
        (folder / "assets" / name).write_bytes(body)
        if len(body) > 1000:
            (folder / "assets" / f"{name}.gz").write_bytes(gzip.compress(body))
            (folder / "assets" / f"{name}.br").write_bytes(b"in brotli")
    (folder / "secret").write_text("outside")
    manifest = {
        "src/app.ts": {"file": "assets/app-1a.js", "css": ["assets/a.css"], "imports": ["shared"]},
        "shared": {"file": "assets/s.js", "css": ["assets/s.css"], "imports": ["src/app.ts"]},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.fixture(scope="module")
def files(static: Path) -> Iterator[Service]:
    app = FastAPI()

    @app.api_route("/static/assets/{name:path}", methods=["GET", "HEAD"])
    async def _(request: Request, name: str) -> Response:
        try:
            return assets.send(request, static / "assets", name)
        except HostagegraphError:
            return Response(status_code=404)

    yield from running(app)


@pytest.mark.parametrize("name", ["app-1a.js", "mark-2b.svg"])
@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_twin_has_the_type_of_its_file_and_a_tag_of_its_own(
    files: Service, name: str, coding: str
) -> None:
    url = f"{files.url}/static/assets/{name}"
    with files.client.stream("GET", url, headers={"Accept-Encoding": coding}) as small:
        raw = b"".join(small.iter_raw())
    plain = files.client.get(url, headers={"Accept-Encoding": "identity"})
    assert plain.content == FILES[name]
    assert small.headers["content-encoding"] == coding
    assert (raw if coding == "br" else gzip.decompress(raw)) == (
        b"in brotli" if coding == "br" else FILES[name]
    )
    assert small.headers["content-type"] == plain.headers["content-type"]
    assert plain.headers["content-type"].startswith(
        "text/javascript" if name.endswith("js") else "image/svg+xml"
    )
    assert small.headers["etag"] != plain.headers["etag"]
    for response in (small, plain):
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["vary"] == "Accept-Encoding"


def test_what_a_client_refuses_is_not_sent(files: Service) -> None:
    url = "/static/assets/app-1a.js"
    answer = files.client.get(url, headers={"Accept-Encoding": "br;q=0, gzip;q=0.0"})
    assert "content-encoding" not in answer.headers
    answer = files.client.get("/static/assets/only-3c.css", headers={"Accept-Encoding": "gzip"})
    assert answer.text == "a{}"


def test_a_known_file_is_not_sent_again(files: Service) -> None:
    url = "/static/assets/app-1a.js"
    first = files.client.get(url)
    again = files.client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    head = files.client.head(url)
    assert head.status_code == 200
    assert head.content == b""


@pytest.mark.parametrize(
    "name",
    ["nothing.js", "../secret", "%2e%2e/secret", "..%2fsecret", "app-1a.js.gz", ".stamp", ""],
)
def test_nothing_else_is_sent(files: Service, name: str) -> None:
    assert files.client.get(f"/static/assets/{name}").status_code == 404


def test_a_page_loads_its_scripts_and_every_style_once(static: Path) -> None:
    found = assets.tags("src/app.ts", static=static)
    assert found.scripts == ["/static/assets/app-1a.js"]
    assert found.styles == ["/static/assets/s.css", "/static/assets/a.css"]
    assert not found.missing


def test_a_rebuild_is_seen_without_a_restart(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    for turn, name in enumerate(("one", "two")):
        manifest.write_text(json.dumps({"src/app.ts": {"file": f"assets/{name}.js"}}))
        os.utime(manifest, ns=(turn, turn))
        assert assets.tags("src/app.ts", static=tmp_path).scripts == [f"/static/assets/{name}.js"]


def test_a_front_end_that_is_not_built_says_what_to_do(tmp_path: Path) -> None:
    found = assets.tags("src/app.ts", static=tmp_path)
    assert "make serve" in found.missing
    assert not found.scripts


def test_the_service_sends_what_its_pages_name(service: Service) -> None:
    tags = assets.tags("src/app.ts", "src/timeline.ts")
    assert not tags.missing, tags.missing
    for path in (*tags.scripts, *tags.styles, *tags.fonts):
        response = service.client.get(path)
        assert response.status_code == 200, path
        assert "default-src 'none'" in response.headers["content-security-policy"]
    assert service.client.get("/static/assets/nothing.js").status_code == 404
    assert service.client.post(tags.styles[0]).status_code == 405
