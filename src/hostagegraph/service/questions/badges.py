"""How the tests of a saved query went in, a small picture that says so out."""

from typing import Any, Final
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response

from hostagegraph.service.answers import data_headers, entity_tag, not_modified
from hostagegraph.service.questions.metadata import tests_of
from hostagegraph.service.serving import reading, serving

router = APIRouter()

MEDIA: Final = "image/svg+xml"
_WIDTH: Final = 6.6  # of a letter, on average
_PAD: Final = 10
# No colour is a verdict here: the words say how the tests went.
_GOOD, _BAD, _UNKNOWN = "#1d2129", "#7a2e1f", "#5f6368"


@reading(
    router,
    "/queries/{name}/badge.svg",
    (MEDIA,),
    summary="Show how the tests of a saved query went",
)
async def badge(request: Request, name: str) -> Response:
    """Draw how many tests of a query passed when the data were published, and when that was."""
    here = serving(request)
    told = tests_of(here.catalogue.get(name), here)
    body = drawn("query tests", says(told), colour(told))
    tag = entity_tag(here, MEDIA, body)
    headers = {**data_headers(here), "ETag": tag, "Cache-Control": "no-cache"}
    if not_modified(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=MEDIA, headers=headers)


def says(told: dict[str, Any]) -> str:
    """Say in a few words how the tests went."""
    if told["failures"]:
        return f"some failed · {told['on']}"
    if told["run"] is None:
        return "not told"
    return f"{told['run']} passed · {told['on']}" if told["run"] else f"none · {told['on']}"


def colour(told: dict[str, Any]) -> str:
    """Choose the colour that goes with it."""
    if told["failures"]:
        return _BAD
    return _GOOD if told["run"] else _UNKNOWN


def drawn(label: str, text: str, fill: str) -> str:
    """Draw a label and a text beside it."""
    left, right = (round(len(each) * _WIDTH) + _PAD for each in (label, text))
    words = (
        f'<text x="{left / 2}" y="14">{escape(label)}</text>'
        f'<text x="{left + right / 2}" y="14">{escape(text)}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img">'
        f"<title>{escape(label)}: {escape(text)}</title>"
        f'<rect width="{left}" height="20" fill="#3c4043"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{fill}"/>'
        '<g fill="#fff" text-anchor="middle" font-family="sans-serif" font-size="11">'
        f"{words}</g></svg>\n"
    )
