"""Flags, environment and an optional TOML file in; one frozen settings object out."""

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from hostagegraph.errors import SettingsError
from hostagegraph.vocabulary import DEFAULT_BASE

PREFIX: Final = "HOSTAGEGRAPH_"


def _setting(default: Any, says: str) -> Any:
    return field(default=default, metadata={"says": says})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the program runs. Seconds and bytes are plain numbers.

    Each setting comes from its flag, else from `HOSTAGEGRAPH_<NAME>`, else from
    `hostagegraph.toml` in the project folder, else from here.
    """

    root: str = _setting(".", "the project folder")
    snapshots: str = _setting("snapshots", "where snapshots lie, relative to the project folder")
    base: str = _setting(DEFAULT_BASE, "the base of all IRIs; ends in a slash (build only)")
    texts: str = _setting("", "a folder with the texts of sources, to check passages against")
    keep: int = _setting(5, "how many snapshots to keep")
    host: str = _setting("127.0.0.1", "the address to listen on")
    port: int = _setting(8000, "the port to listen on")
    adhoc_workers: int = _setting(2, "workers kept free for ad-hoc queries")
    adhoc_most: int = _setting(8, "workers for ad-hoc queries at the most")
    adhoc_deadline: float = _setting(10.0, "seconds an ad-hoc query may take")
    adhoc_queue: int = _setting(16, "ad-hoc queries that may wait for a worker")
    saved_workers: int = _setting(2, "workers for saved queries")
    saved_deadline: float = _setting(30.0, "seconds a saved query may take")
    saved_queue: int = _setting(16, "saved queries that may wait for a worker")
    memory: int = _setting(1 << 30, "bytes one query may add to its worker")
    result: int = _setting(100_000_000, "bytes a result may have")
    text_bytes: int = _setting(256_000, "bytes the text of a query may have")
    nesting: int = _setting(128, "how deep a query may nest")
    operators: int = _setting(256, "operators in a row a query may have")
    patterns: int = _setting(200, "patterns a query may have")

    @property
    def project(self) -> Path:
        """The project folder."""
        return Path(self.root)

    @property
    def snapshots_folder(self) -> Path:
        """The folder of the snapshots."""
        return self.project / self.snapshots

    @property
    def text_files(self) -> tuple[Path, ...]:
        """The texts at hand, none where no folder is set."""
        if not self.texts:
            return ()
        folder = Path(self.texts)
        if not folder.is_dir():
            raise SettingsError(f"texts: {self.texts} is no folder")
        return tuple(sorted(folder.glob("*.txt")))


def read_settings(flags: Mapping[str, Any], environment: Mapping[str, str]) -> Settings:
    """Make the settings of one run. Raises SettingsError that names the setting and its source."""
    root = flags.get("root") or environment.get(f"{PREFIX}ROOT") or "."
    values = {**_from_file(Path(root) / "hostagegraph.toml")}
    for spec in fields(Settings):
        name = f"{PREFIX}{spec.name.upper()}"
        if name in environment:
            values[spec.name] = _typed(spec, environment[name], name)
        if flags.get(spec.name) is not None:
            values[spec.name] = _typed(spec, flags[spec.name], f"--{spec.name.replace('_', '-')}")
    return Settings(**values)


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path.name}: {error}") from error
    specs = {spec.name: spec for spec in fields(Settings)}
    for name in found:
        if name not in specs:
            raise SettingsError(f"{path.name}: unknown setting {name}; known: {', '.join(specs)}")
    return {name: _typed(specs[name], value, path.name) for name, value in found.items()}


def _typed(spec: "dataclasses.Field[Any]", value: Any, origin: str) -> Any:
    """Read a setting as the type of its default; numbers must be positive."""
    kind: Any = type(spec.default)
    try:
        found = kind(value)
    except ValueError as error:
        raise SettingsError(f"{origin}: {spec.name} takes {kind.__name__}, not {value}") from error
    if kind in (int, float) and found <= 0 and spec.name != "port":  # port 0 is any free one
        raise SettingsError(f"{origin}: {spec.name} must be more than 0, not {value}")
    return found
