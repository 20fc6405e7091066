"""The first page: what this is and is not, the days, and the questions by theme."""

from fastapi import APIRouter, Request, Response

from hostagegraph.service.drawing.plot import draw
from hostagegraph.service.drawing.timeline import timeline
from hostagegraph.service.pages import layout
from hostagegraph.service.pages.contents import themes
from hostagegraph.service.pages.counted import holdings
from hostagegraph.service.serving import reading, serving

router = APIRouter()


@reading(router, "/", ("text/html",), summary="Say what this is")
async def home(request: Request) -> Response:
    """Show what this is and is not, and which questions it answers."""
    here = serving(request)
    manifest = here.snapshot.manifest
    if manifest.files:
        return await layout.page(request, "files.html", counts=dict(manifest.counts))
    days = await timeline(request)
    return await layout.page(
        request,
        "home.html",
        islands=("src/timeline.ts",),
        held=holdings(manifest.counts),
        dumps=manifest.dumps,
        days=days,
        plot=draw(days),
        as_list=request.query_params.get("view") == "list",
        themes=themes(here),
        asked=len(here.catalogue.queries),
    )
