"""The text of a saved query in, the habits that it breaks out, each with its place.

What `VALUES` reaches: the group it stands in and what is joined to that group. It does not reach
an expression in a nested group or in another branch, nor anything in a sub-query that does not
project the variable; there an engine gives wrong rows and says nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hostagegraph.groups import Group, Mention, Structure, filters, line_of, masked

_SAME = re.compile(
    r"[?$]\w+\s*=\s*(?:<i*>|[\w-]*+:[\w-]*+(?!\s*\())"
    r"|(?:<i*>|(?<![\w-])[\w-]*+:[\w-]*+)\s*=\s*[?$]\w+"
    r"|[?$]\w+\s+IN\s*\(\s*(?:<i*>|[\w-]*+:[\w-]*+(?!\s*\())",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lint:
    """A habit that a text breaks: where, what to do, and the parameter it is about, if any."""

    line: int
    column: int
    message: str
    param: str = ""


def lints(text: str, droppable: Iterable[str], bound: Mapping[str, int]) -> Iterator[Lint]:
    """Find what is wrong with a text whose `droppable` parameters may be left out.

    `bound` gives, for each variable that the catalogue binds, the line of its VALUES.

    >>> [lint.column for lint in lints("SELECT * { ?s ?p ?_o }", (), {})]
    [18]
    """
    structure = Structure(text)
    plain = structure.plain
    yield from _variables_of_grlc(plain)
    yield from _scanning_filters(plain)
    yield from _unguarded_filters(plain, tuple(droppable))
    for name, line in bound.items():
        yield from _unreached(structure, name, line)


def values_lines(text: str, name: str) -> list[int]:
    """Give the line of every VALUES that binds a variable, alone or with others."""
    plain = masked(text)
    return [line_of(plain, start) for start in _values(plain, name)]


def is_whole_line(text: str, line: int, name: str) -> bool:
    """Tell whether a line is `VALUES ?name { … }` and nothing else."""
    whole = rf"\s*(?i:VALUES)\s*{re.escape(f'?{name}')}\s*\{{.*\}}\s*"
    return re.fullmatch(whole, masked(text).split("\n")[line - 1]) is not None


def binds_nothing(text: str, line: int) -> bool:
    """Tell whether a line of VALUES leaves its variable free: `VALUES ?name { UNDEF }`."""
    content = masked(text).split("\n")[line - 1]
    return re.search(r"\{\s*(?i:UNDEF)\s*\}", content) is not None


def is_mentioned(text: str, name: str) -> bool:
    """Tell whether a pattern or an expression uses a variable, beside its VALUES."""
    return any(mention.name == name for mention in Structure(text).mentions)


def _variables_of_grlc(plain: str) -> Iterator[Lint]:
    for n, line in enumerate(plain.split("\n"), 1):
        for found in re.finditer(r"[?$]_\w*", line):
            message = f"grlc takes {found[0]} for a parameter: use a name without _ at its front"
            yield Lint(n, found.start() + 1, message)


def _scanning_filters(plain: str) -> Iterator[Lint]:
    message = "this FILTER scans everything; bind the variable with VALUES, first in its group"
    for line, content in _filters(plain):
        own = re.sub(r"\{.*\}", "", content, flags=re.DOTALL)
        if "||" not in own and _SAME.search(own):
            yield Lint(line, 1, message)


def _unguarded_filters(plain: str, droppable: tuple[str, ...]) -> Iterator[Lint]:
    for line, content in _filters(plain):
        for name in droppable:
            variable = re.escape(f"?{name}")
            guard = rf"!\s*BOUND\s*\(\s*{variable}\s*\)"
            guarded = "||" in content and re.search(guard, content, re.IGNORECASE)
            if re.search(rf"{variable}\b", content) and not guarded:
                message = f"without a value this finds nothing; write `!BOUND(?{name}) || …`"
                yield Lint(line, 1, message, name)


def _filters(plain: str) -> Iterator[tuple[int, str]]:
    """Give line and content of every FILTER but the plain EXISTS and NOT EXISTS."""
    for start, end in filters(plain):
        yield line_of(plain, start), plain[start:end].partition("(")[2]


def _values(plain: str, name: str) -> Iterator[int]:
    variable = re.escape(f"?{name}")
    start = rf"\b(?i:VALUES)\s*(?:{variable}\b|\([^)]*{variable}\b)"
    return (found.start() for found in re.finditer(start, plain))


# What VALUES reaches


def _unreached(structure: Structure, name: str, line: int) -> Iterator[Lint]:
    """Find the first mention of a variable that its VALUES does not reach."""
    starts = (n for n in _values(structure.plain, name) if line_of(structure.plain, n) == line)
    home = structure.at(next(starts, -1))
    mentions = [mention for mention in structure.mentions if mention.name == name]
    if home is None:  # a VALUES behind the last brace joins with all
        return
    for mention in mentions:
        if mention.tested:
            message = _why_not_tested(mention, home, mentions)
        else:
            message = _why_not_joined(mention, home)
        if message:
            yield Lint(line_of(structure.plain, mention.start), 1, message, name)
            return


def _why_not_joined(mention: Mention, home: Group) -> str:
    """Say why a pattern is not joined with the values, if it is not."""
    meeting = next(group for group in _upwards(mention.group) if group.holds(home))
    if any(_hides(group, mention.name) for group in mention.group.up_to(meeting)):
        return f"the sub-query does not project ?{mention.name}; put its VALUES inside"
    if not _joins(home, meeting, mention.name):
        return (
            f"VALUES ?{mention.name} stands in another group and does not reach this; "
            "put it in the group around both"
        )
    return ""


def _why_not_tested(mention: Mention, home: Group, mentions: Iterable[Mention]) -> str:
    """Say why an expression does not see the values, if it does not."""
    patterns = [each for each in mentions if not each.tested]
    for group in _seen_from(mention.group):
        if group.holds(home) and _joins(home, group, mention.name):
            return ""
        # What a pattern of the group binds, it may test: the pattern is joined with the values.
        if any(group.holds(each.group) for each in patterns):
            return _why_not_joined(mention, home)
    return f"VALUES ?{mention.name} does not reach this expression; put it in the same group"


def _seen_from(group: Group) -> Iterator[Group]:
    """Give the groups whose variables an expression sees: EXISTS looks out, OPTIONAL once."""
    outside: Group | None = group
    options = 0
    while outside is not None:
        yield outside
        options += outside.sort == "option"
        if outside.sort not in {"test", "option"} or options > 1:
            return
        outside = outside.around


def _joins(home: Group, meeting: Group, name: str) -> bool:
    apart = {"branch", "option", "test", "minus"}
    steps = tuple(home.up_to(meeting))
    return not any(group.sort in apart or _hides(group, name) for group in steps)


def _hides(group: Group, name: str) -> bool:
    return group.projected is not None and name not in group.projected


def _upwards(group: Group) -> Iterator[Group]:
    here: Group | None = group
    while here is not None:
        yield here
        here = here.around
