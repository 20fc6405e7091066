"""The first page, and the style of all."""

from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from hostagegraph.service import pages
from hostagegraph.service.serving import reading, serving

router = APIRouter()

_STYLE: Final = Path(__file__).parent / "style.css"


@reading(router, "/", summary="Say what this is")
async def home(request: Request) -> Response:
    """Show what this is and is not, and which questions it answers."""
    here = serving(request)
    return pages.page(
        request,
        "home.html",
        counts=dict(here.snapshot.manifest.counts),
        queries=here.catalogue.queries,
        dumps=here.snapshot.manifest.dumps,
    )


@reading(router, "/style.css", include_in_schema=False)
async def style() -> Response:
    """Send the one style sheet."""
    return FileResponse(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})
