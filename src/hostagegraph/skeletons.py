"""Start a record or a saved query: names in, the text of a new file out."""

import re
from collections.abc import Sequence
from pathlib import Path

from hostagegraph import passages
from hostagegraph.errors import SettingsError

SCHEMA_LINE = "# yaml-language-server: $schema="
_QUERY_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def new_source(slug: str, text: Path | None = None) -> tuple[str, str]:
    """Give the path and the text of a new source file; a text at hand gives length and digest.

    >>> new_source("example-gazette-1900")[0]
    'data/sources/example-gazette-1900.yaml'
    """
    length, digest = "0", "0" * 64
    if text is not None:
        normalised = passages.norm1(text.read_bytes())
        length, digest = str(len(normalised)), passages.digest_of(normalised)
    content = f"""\
{SCHEMA_LINE}../../docs/schema/source.json
source: {slug}
label: Name of the work, day month year
publisher: slug-of-the-outlet   # an entry with `outlet: true` in data/agents/institutions.yaml
issued: 1900-01-01
language: en
texts: {{en: {{norm: 1, length: {length}, sha256: {digest}}}}}
"""
    return f"data/sources/{slug}.yaml", content


def new_section(source: str, section: str, slug: str) -> tuple[str, str]:
    """Give the path and the text of a new section file with one claim to fill in.

    >>> new_section("example-gazette-1900", "0101", "first-meeting")[0]
    'data/records/example-gazette-1900/0101-first-meeting.yaml'
    """
    content = f"""\
{SCHEMA_LINE}../../../docs/schema/section.json
source: {source}
section: "{section}"
date: 1900-01-01
claims:
  - id: {section}-01
    # hostagegraph anchor TEXT --find "first words" --to "last words"
    at: [0, 1, {"0" * 64}]
    gist: The outlet reports that something was said or done.
    content:
      type: Statement
      slug: stmt-{section}
      label: Statement of a ministry
      publishedSpeaker: slug-of-the-speaker
"""
    return f"data/records/{source}/{section}-{slug}.yaml", content


def new_query(name: str, sources: Sequence[str]) -> tuple[str, str]:
    """Give the path and the text of a new saved query about the first of the sources.

    Raises SettingsError when the name is none, or when there is no source to ask about.

    >>> new_query("claims-of-a-day", ["example-gazette-1900"])[0]
    'queries/claims-of-a-day.rq'
    """
    if not _QUERY_NAME.fullmatch(name):
        raise SettingsError(f"{name}: the name of a query is written like-this")
    if not sources:
        raise SettingsError("there is no source to ask about; begin with: hostagegraph new source")
    source = sources[0]
    content = f"""\
#+ title: {name.replace("-", " ").capitalize()}
#+ summary: Claims that a source carries
#+ description: >-
#+   Say what a row is, what is left out, and how not to read it.
#+ tags: [claims]
#+ params:
#+   source: {{type: iri, label: Source work, required: false, multiple: true, enum_query: sources}}
#+ columns:
#+   claim: {{label: Claim, type: iri}}
#+   voice: {{label: According to, type: iri}}
#+ claim: ?claim
#+ tests:
#+   - sources: {source}
#+     params: {{source: source/{source}}}
#+     min_rows: 1   # better: the rows that you expect, written before the query first runs
BASE <https://w3id.org/hostagegraph/>
PREFIX hg: <https://w3id.org/hostagegraph/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?claim ?claimLabel ?voice ?voiceLabel
WHERE {{
  VALUES ?source {{ <id/source/{source}> }}
  VALUES ?claim {{ UNDEF }}
  ?claim hg:inSource ?source ; hg:gist ?claimLabel .
  FILTER (LANG(?claimLabel) = "en")
  ?origin a hg:OriginAttribution ; hg:ofClaim ?claim ; hg:assertor ?voice .
  FILTER NOT EXISTS {{ ?origin hg:stance hg:denies }}
  OPTIONAL {{
    ?voice rdfs:label|hg:descriptor ?voiceLabel .
    FILTER (LANG(?voiceLabel) = "en")
  }}
}}
ORDER BY ?source ?claim ?voice
"""
    return f"queries/{name}.rq", content
