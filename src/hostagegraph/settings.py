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
_LOG_FORMATS: Final = ("auto", "json", "text")
_SWITCH: Final = {
    **dict.fromkeys(("on", "true", "yes", "1"), True),
    **dict.fromkeys(("off", "false", "no", "0"), False),
}


def _setting(default: Any, says: str, unit: str = "", among: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"says": says, "unit": unit, "among": among})


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
    keep: int = _setting(
        5, "how many snapshots to keep; a running service needs at least 2", "snapshots"
    )
    host: str = _setting("127.0.0.1", "the address to listen on")
    port: int = _setting(8000, "the port to listen on; 0 takes any free one")
    allowed_hosts: str = _setting(
        "",
        "names with a dot by which the service may be called, with commas between them; * for any."
        " Addresses and names without a dot are always accepted",
    )
    forwarded_from: str = _setting(
        "",
        "addresses or networks of reverse proxies, with commas between them, whose"
        " X-Forwarded-For is believed",
    )
    public_address: str = _setting(
        "",
        "the address under which readers reach the service, such as https://graph.example.org, for"
        " links, code, citations, receipts, feeds and descriptions; without a path. Empty: the"
        " address it listens on, or relative addresses",
    )
    cors: str = _setting(
        "*",
        "origins whose scripts may read answers, with commas between them; * for all,"
        " empty for none; never with credentials",
    )
    contact: str = _setting(
        "", "a mail or web address for objections and corrections, shown on the pages"
    )
    rate: str = _setting(
        "",
        "requests that need a worker, per address, such as 600/minute or 10/second;600/minute;"
        " no limit where empty",
    )
    tokens: str = _setting(
        "", "a TOML file of bearer tokens with rates of their own, relative to the project folder"
    )
    follow: float = _setting(1.0, "time between two looks for a new snapshot", "seconds")
    stop: float = _setting(
        5.0, "time that running requests have when the service is told to stop", "seconds"
    )
    log_format: str = _setting(
        "auto", "form of the log; auto is text on a terminal, else json", "", _LOG_FORMATS
    )
    access_log: bool = _setting(True, "a line in the log for each request")
    log_addresses: bool = _setting(False, "client addresses in these lines")
    adhoc_workers: int = _setting(2, "workers kept free for ad-hoc queries", "processes")
    adhoc_most: int = _setting(8, "workers for ad-hoc queries at the most", "processes")
    adhoc_deadline: float = _setting(10.0, "time an ad-hoc query may take", "seconds")
    adhoc_queue: int = _setting(64, "ad-hoc queries that may wait for a worker", "queries")
    saved_workers: int = _setting(2, "workers for saved queries", "processes")
    saved_deadline: float = _setting(30.0, "time a saved query may take", "seconds")
    saved_queue: int = _setting(16, "saved queries that may wait for a worker", "queries")
    memory: int = _setting(1 << 30, "memory one query may add to its worker", "bytes")
    result: int = _setting(100_000_000, "size a result may have", "bytes")
    text_bytes: int = _setting(256_000, "size the text of a query may have", "bytes")
    nesting: int = _setting(128, "how deep a query may nest", "levels")
    operators: int = _setting(256, "operators in a row a query may have", "operators")
    patterns: int = _setting(200, "patterns a query may have", "patterns")

    @property
    def project(self) -> Path:
        """The project folder."""
        return Path(self.root)

    @property
    def snapshots_folder(self) -> Path:
        """The folder of the snapshots."""
        return self.project / self.snapshots

    @property
    def tokens_file(self) -> Path | None:
        """The file of tokens, if there is one."""
        return self.project / self.tokens if self.tokens else None

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
        found = _SWITCH[str(value).lower()] if kind is bool else kind(value)
    except (KeyError, TypeError, ValueError) as error:
        wanted = "on or off" if kind is bool else kind.__name__
        raise SettingsError(f"{origin}: {spec.name} takes {wanted}, not {value}") from error
    if kind in (int, float) and not found > 0 and spec.name != "port":  # port 0 is any free one
        raise SettingsError(f"{origin}: {spec.name} must be more than 0, not {value}")
    among = spec.metadata["among"]
    if among and found not in among:
        raise SettingsError(f"{origin}: {spec.name} takes {', '.join(among)}, not {value}")
    return found


def listed(text: str) -> tuple[str, ...]:
    """Read a setting that lists several things with commas between them."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
