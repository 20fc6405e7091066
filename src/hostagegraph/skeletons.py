"""Start a record: names in, the text of a new YAML file out."""

from pathlib import Path

from hostagegraph import passages

SCHEMA_LINE = "# yaml-language-server: $schema="


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
