"""Snippets: what is written is run, and gives the rows of the page it stands on."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hostagegraph.queries import Catalogue
from hostagegraph.saved_query import SavedQuery
from hostagegraph.service.app import create_app
from hostagegraph.service.questions.snippets import snippets
from tests.service.conftest import Service, running
from tests.service.world import BASE, QUERIES, snapshot_in

# Says back what it is told, under names that are words of Python, R and JavaScript.
ECHO = """#+ summary: What was asked
#+ params:
#+   in: {type: string, multiple: true}
#+   class: {type: string, required: false}
SELECT ?in ?class WHERE {
  VALUES ?in { "a word" }
  VALUES ?class { "another" }
} ORDER BY ?in
"""
HOSTILE = [
    'it\'s "quoted"',
    "'; touch gone; '",
    "$(touch gone) `touch gone` ${HOME} %PATH% !!",
    "\\ \\n \\\\' \\u0041 \\",
    "two\nlines\n\nEOF\n",
    "a tab\tand\r\nmore",
    "& = + # % ? ; @file <file |",
    "@/etc/hostname",
    "=",
    " ",
    "\u05e9\u05dc\u05d5\u05dd \u0633\u0644\u0627\u0645 \u202e \u2028 \u2029 \U0001f54a e\u0301",
    "</script><script>alert(1)</script>",
    "{in} {0} %s [a-z]",
    "-o gone",
]


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, Catalogue]]:
    folder = tmp_path_factory.mktemp("echo")
    for name, text in {**QUERIES, "echo": ECHO}.items():
        (folder / f"{name}.rq").write_text(text)
    catalogue = Catalogue.load(folder, BASE)
    for service in running(create_app(snapshot_in(folder / "snapshots"), catalogue)):
        yield service, catalogue


def run_there(folder: Path, *command: str) -> str:
    """Run a program in an empty folder, which it leaves empty."""
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=True)
    assert list(folder.iterdir()) == []
    return done.stdout.decode("utf-8")


def in_a_shell(snippet: str, folder: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(run_there(folder, "sh", "-c", snippet), newline="")))[1:]


def in_python(snippet: str, folder: Path) -> list[list[str]]:
    """Run it as it stands, but print the rows for a program in place of a reader."""
    assert snippet.count("print(rows)") == 1
    program = "import json\n" + snippet.replace(
        "print(rows)", "print(json.dumps(rows.fillna('').values.tolist()))"
    )
    rows: list[list[str]] = json.loads(run_there(folder, sys.executable, "-c", program))
    return rows


def in_javascript(snippet: str, folder: Path) -> list[list[str]]:
    program = snippet.replace("console.log(rows)", "console.log(JSON.stringify(rows))")
    node = ("node", "--input-type=module", "-e", program)
    return [
        [row.get(name, {}).get("value", "") for name in ("in", "class")]
        for row in json.loads(run_there(folder, *node))
    ]


def direct(service: Service, query: SavedQuery, values: dict[str, list[str]]) -> list[list[str]]:
    response = service.client.get(f"/queries/{query.name}.csv", params=values)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.text, newline="")))[1:]


WAYS = {
    "curl": pytest.param(
        "curl",
        in_a_shell,
        id="curl",
        marks=pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed"),
    ),
    "python": pytest.param("python", in_python, id="python"),
    "javascript": pytest.param(
        "javascript",
        in_javascript,
        id="javascript",
        marks=pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    ),
}


@pytest.mark.parametrize(("language", "run"), WAYS.values())
def test_hostile_values_come_back_as_they_were(
    echo: tuple[Service, Catalogue], language: str, run: object, tmp_path: Path
) -> None:
    service, catalogue = echo
    query = catalogue.get("echo")
    values = {"in": HOSTILE, "class": ["'\"$(touch gone)\\"]}
    snippet = snippets(service.url, query, values)[language]
    assert callable(run)
    rows = run(snippet, tmp_path)
    assert rows == direct(service, query, values)
    assert {row[0] for row in rows} == set(HOSTILE)


@pytest.mark.parametrize(("language", "run"), [WAYS["curl"], WAYS["python"]])
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("claims-by-source", {"source": ["source/example-gazette-1900"]}),
        ("agents", {}),
        ("agents", {"per_page": ["1"], "page": ["2"], "receipt": ["1"]}),
    ],
)
def test_a_snippet_gives_the_rows_of_its_page(
    echo: tuple[Service, Catalogue],
    language: str,
    run: object,
    name: str,
    values: dict[str, list[str]],
    tmp_path: Path,
) -> None:
    service, catalogue = echo
    query = catalogue.get(name)
    snippet = snippets(f"{service.url}/", query, values)[language]
    assert callable(run)
    wanted = {key: given for key, given in values.items() if key != "receipt"}
    assert run(snippet, tmp_path) == direct(service, query, wanted) != []


@pytest.mark.parametrize(("name", "shown"), [("any-claim", "true"), ("claim-graph", "hg:Claim")])
def test_other_kinds_are_asked_for_as_they_are_answered(
    echo: tuple[Service, Catalogue], name: str, shown: str, tmp_path: Path
) -> None:
    service, catalogue = echo
    written = snippets(service.url, catalogue.get(name), {})
    assert shown in run_there(tmp_path, "sh", "-c", written["curl"])
    printed = run_there(tmp_path, sys.executable, "-c", written["python"])
    assert shown.lower() in printed.lower() or f"{BASE}ns#Claim" in printed
    assert "read_csv" not in written["r"]


def test_who_says_so_and_policies_are_asked_for_in_the_words_of_the_client(
    echo: tuple[Service, Catalogue],
) -> None:
    query = echo[1].get("agents")
    values = {"sources": ["on-record,no-leaks"], "explain": ["1"]}
    written = snippets("https://example.org", query, values)
    assert "sources='on-record,no-leaks'," in written["python"]
    assert "explain=True," in written["python"]
    assert "--data-urlencode explain=1" in written["curl"]


def test_texts_of_r_hold_what_could_end_them(echo: tuple[Service, Catalogue]) -> None:
    values = {"in": ['say "a" \\ \n\u2028', "\U0001f54a"], "class": ["x"]}
    written = snippets("https://example.org", echo[1].get("echo"), values)["r"]
    assert '    `in` = c("say \\"a\\" \\\\ \\u000a\\u2028", "\U0001f54a"),\n' in written
    assert '    class = "x",\n' in written
    assert 'request("https://example.org/queries/echo.csv")' in written


def test_javascript_can_stand_in_a_page(echo: tuple[Service, Catalogue]) -> None:
    values = {"in": ["</script>\u2028\u05e9"]}
    written = snippets("https://example.org", echo[1].get("echo"), values)["javascript"]
    assert "<" not in written
    assert written.isascii()


def test_a_wrong_value_fails_loudly(echo: tuple[Service, Catalogue], tmp_path: Path) -> None:
    service, catalogue = echo
    written = snippets(service.url, catalogue.get("claims-by-source"), {"source": ["a b"]})
    for command in (("sh", "-c", written["curl"]), (sys.executable, "-c", written["python"])):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
        assert done.returncode != 0
        assert b"is no IRI" in done.stdout + done.stderr
