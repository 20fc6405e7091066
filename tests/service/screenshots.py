"""Pictures of each kind of page of the published data, to be looked at: `make screenshots`."""

import sys
from pathlib import Path
from typing import Literal

from hostagegraph import snapshot
from hostagegraph.queries import Catalogue
from hostagegraph.service.app import create_app
from tests.projects import ROOT
from tests.service.browsing import ADVICE, installed, opened
from tests.service.conftest import running

WORK = "haaretz-2024-07-10"
PAGES = {
    "home": "/",
    "days": "/?view=list",
    "search": "/search?q=official",
    "questions": "/queries",
    "question": "/queries/statements-by-anonymous-officials",
    "question-timeline": "/queries/statements-by-anonymous-officials?view=timeline",
    "question-ledger": "/queries/mandate-changes?view=ledger",
    "question-network": "/queries/leak-paths",
    "question-chart": "/queries/statements-per-month?view=chart",
    "question-graph": f"/queries/record-of-a-claim?claim={WORK}/c0702-12",
    "question-triples": f"/queries/record-of-a-claim?claim={WORK}/c0702-12&view=table",
    "question-denied": "/queries/denied-claims",
    "question-empty": "/queries/statements-by-anonymous-officials?since=2030-01-01",
    "claim-denied": f"/id/{WORK}/c0702-12",
    "claim": f"/id/{WORK}/c0206-14",
    "statement": f"/id/{WORK}/s-stmt-sio-0206",
    "leak": f"/id/{WORK}/s-leak-0425-2",
    "leak-denied": f"/id/{WORK}/s-share-0702",
    "meeting": f"/id/{WORK}/s-war-cabinet-0117",
    "mandate-state": f"/id/{WORK}/s-mandate-0206",
    "mandate": "/id/mandate/il-team-2024",
    "person": "/id/agent/benjamin-netanyahu",
    "institution": "/id/agent/il-war-cabinet",
    "unnamed": f"/id/{WORK}/u-senior-israeli-official-0206",
    "pseudonym": f"/id/{WORK}/u-d",
    "source": f"/id/source/{WORK}",
    "passage": f"/id/{WORK}/p-14490-14594",
    "mandates": "/mandates",
    "mandates-day": "/mandates?as_of=2024-02-15",
    "disputes": "/disputes",
    "network": "/network",
    "about": "/about",
    "workbench": "/sparql",
    "workbench-answer": "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+20",
    "data": "/data",
    "ontology": "/ns",
}
READY = {"network": "#graph[data-ready]"}  # what has to be drawn first
WIDTHS = (1200, 390)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Write screenshots/NAME-WIDTH-THEME.png."""
    found = installed()
    if not found:
        sys.exit(ADVICE)
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    published = snapshot.current(ROOT / "snapshots")
    app = create_app(published, Catalogue.load(ROOT / "queries", published.manifest.base))
    for service in running(app):
        with opened(found) as browser:
            for width in WIDTHS:
                for theme in THEMES:
                    context = browser.new_context(
                        base_url=service.url,
                        viewport={"width": width, "height": 900},
                        color_scheme=theme,
                        reduced_motion="reduce",
                    )
                    page = context.new_page()
                    for name, path in PAGES.items():
                        page.goto(path)
                        ready = READY.get(name, "html[data-ready]")
                        page.locator(ready).wait_for(state="attached")
                        page.evaluate("document.fonts.ready")
                        target: Path = folder / f"{name}-{width}-{theme}.png"
                        page.screenshot(path=target, full_page=True)
                    context.close()


if __name__ == "__main__":
    main()
