"""The settings in, the page that explains each of them out, in Markdown."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, Final

from hostagegraph.settings import PREFIX, Settings

_HEAD: Final = """# Configuration

*Written by `hostagegraph docs` from the settings themselves; do not edit.*

Each setting comes from its flag, else from its environment variable, else from `hostagegraph.toml`
in the project folder, else it has its default. An unknown name in the file, or a value that a
setting cannot have, is an error that names the setting and its source.

```toml
# hostagegraph.toml
port = 8080
allowed_hosts = "graph.example.org"
access_log = false
```

Switches take `on` or `off` as flags and variables, `true` or `false` in the file.
[Operations](operations.md) says which of them matter when the service faces the public.

| setting | variable | commands with the flag | default | unit | what for |
|---|---|---|---|---|---|
"""


def configuration_page(commands: Mapping[str, Sequence[str]]) -> str:
    """Write the page; `commands` names the commands that know each flag, such as `--port`."""
    return _HEAD + "".join(_row(spec, commands) for spec in fields(Settings))


def _row(spec: Any, commands: Mapping[str, Sequence[str]]) -> str:
    flag = f"--{spec.name.replace('_', '-')}"
    known = f"`{flag}`: {', '.join(commands[flag])}" if flag in commands else "no flag"
    among = spec.metadata["among"]
    says = spec.metadata["says"] + (f" ({', '.join(among)})" if among else "")
    cells = (
        f"`{spec.name}`",
        f"`{PREFIX}{spec.name.upper()}`",
        known,
        _shown(spec.default),
        spec.metadata["unit"],
        says,
    )
    return f"| {' | '.join(cells)} |\n"


def _shown(default: Any) -> str:
    if isinstance(default, bool):
        return "on" if default else "off"
    return f"`{default}`" if default != "" else "empty"
