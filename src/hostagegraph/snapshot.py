"""Publish immutable snapshots: checked quads in, a folder named by digest and a pointer out.

A snapshot holds the store that workers open, the dumps for download and a manifest. It is written
beside the others, renamed into place and only then pointed at; nothing in it changes afterwards.
"""

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from hostagegraph.errors import SnapshotError
from hostagegraph.store import digest_of, write_store

MANIFEST_VERSION: Final = 1
_NAME_LENGTH: Final = 16
_STAGING: Final = ".staging-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds.

    `digest` is the SHA-256 over the canonical N-Quads of all graphs; `graphs` counts quads by
    graph; `counts` counts claims, statements, leaks, mandates, sources and drafts; `dumps` gives
    bytes and SHA-256 of each file; `validation` and `queries` say how the checks and the tests of
    the saved queries went. Data of no project name the `files` they came from, and may hold
    `default_graph` triples in no named graph; their digest is that of their one dump.
    """

    version: int
    digest: str
    base: str
    ontology: str
    graphs: Mapping[str, int]
    counts: Mapping[str, int]
    dumps: Mapping[str, Mapping[str, int | str]]
    validation: Mapping[str, Any]
    queries: Mapping[str, Any]
    files: Sequence[str] = ()
    default_graph: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published snapshot and where it lies."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """The first 16 digits of the digest: the data version that answers carry."""
        return self.manifest.digest[:_NAME_LENGTH]

    @property
    def store(self) -> Path:
        """The folder of the store."""
        return self.folder / "store"

    @property
    def dumps(self) -> Path:
        """The folder of the dumps."""
        return self.folder / "dumps"

    @property
    def published(self) -> datetime:
        """When it was published: its manifest is the last file to be written, and never changes."""
        return datetime.fromtimestamp((self.folder / "manifest.json").stat().st_mtime, UTC)

    def before(self) -> tuple["Snapshot", ...]:
        """List the sound snapshots beside it that were published earlier, oldest first."""
        found = []
        for folder in self.folder.parent.iterdir():
            with contextlib.suppress(SnapshotError, OSError):
                if not folder.is_symlink() and folder != self.folder:
                    found.append(read_snapshot(folder))
        earlier = [each for each in found if each.name == each.folder.name]
        return tuple(
            sorted(
                (each for each in earlier if each.published < self.published),
                key=lambda each: each.published,
            )
        )


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to be published: canonical N-Quads, further dumps by file name, and the accounts."""

    dataset: bytes
    dumps: Mapping[str, bytes]
    base: str
    ontology: str
    graphs: Mapping[str, int]
    counts: Mapping[str, int]
    validation: Mapping[str, Any]
    queries: Mapping[str, Any]


def name_of(dataset: bytes) -> str:
    """Name the snapshot that holds a canonical dataset."""
    return digest_of(dataset)[:_NAME_LENGTH]


def current(snapshots: Path) -> Snapshot:
    """Open the published snapshot. Raises SnapshotError when there is none or it is damaged."""
    link = snapshots / "current"
    if not link.exists():
        raise SnapshotError("nothing is published yet; run: hostagegraph build")
    return read_snapshot(link.resolve())


def read_snapshot(folder: Path) -> Snapshot:
    """Open one snapshot. Raises SnapshotError when its manifest cannot be read."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        found = Manifest(**manifest)
    except (OSError, ValueError, TypeError) as error:
        raise SnapshotError(f"{folder.name}: the manifest cannot be read: {error}") from error
    if found.version != MANIFEST_VERSION:
        message = f"{folder.name}: manifest version {found.version}; this program reads 1"
        raise SnapshotError(f"{message}; run: hostagegraph build")
    return Snapshot(folder, found)


def publish(
    snapshots: Path, contents: Contents, keep: int = 5, step: Callable[[str], None] = lambda _: None
) -> Snapshot:
    """Write a snapshot, put it in place, switch the pointer to it and drop the oldest ones.

    `step` is told each step as it begins: load, dump, manifest, rename, switch. Whatever stops the
    work before the last one, the published snapshot stays as it is. Raises SnapshotError when the
    folder cannot be written or another build is at work.
    """
    try:
        with _only_writer(snapshots):
            target = snapshots / name_of(contents.dataset)
            if not _is_whole(target):
                _write(snapshots, target, contents, step)
            step("switch")
            _point(snapshots / "current", target.name)
            _prune(snapshots, keep)
            return read_snapshot(target)
    except OSError as error:
        raise SnapshotError(f"the snapshot cannot be written: {error.strerror}") from error


def _write(snapshots: Path, target: Path, contents: Contents, step: Callable[[str], None]) -> None:
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=snapshots))
    try:
        staging.chmod(0o755)
        step("load")
        write_store(staging / "store", contents.dataset)
        step("dump")
        dumps = {"dataset.nq": contents.dataset, **contents.dumps}
        (staging / "dumps").mkdir()
        for name, data in dumps.items():
            _write_file(staging / "dumps" / name, data)
        step("manifest")
        manifest = _manifest(contents, dumps)
        text = json.dumps(asdict(manifest), indent=2, sort_keys=True, ensure_ascii=False)
        _write_file(staging / "manifest.json", f"{text}\n".encode())
        step("rename")
        if target.exists():  # a damaged one: it has no sound manifest
            shutil.rmtree(target)
        staging.rename(target)
        _sync_folder(snapshots)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _manifest(contents: Contents, dumps: Mapping[str, bytes]) -> Manifest:
    return Manifest(
        MANIFEST_VERSION,
        digest_of(contents.dataset),
        contents.base,
        contents.ontology,
        contents.graphs,
        contents.counts,
        {name: {"bytes": len(data), "sha256": digest_of(data)} for name, data in dumps.items()},
        contents.validation,
        contents.queries,
    )


def _is_whole(folder: Path) -> bool:
    """Tell whether a snapshot stands whole: its manifest is the last file to be written."""
    try:
        found = read_snapshot(folder)
    except SnapshotError:
        return False
    return found.name == folder.name


def _point(link: Path, name: str) -> None:
    """Switch the pointer in one step: readers see the old snapshot or the new one."""
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(name)
    fresh.replace(link)
    _sync_folder(link.parent)


def _prune(snapshots: Path, keep: int) -> None:
    """Drop what was left unfinished, and all but the newest snapshots."""
    pointed = (snapshots / "current").resolve().name
    folders = [path for path in snapshots.iterdir() if path.is_dir() and not path.is_symlink()]
    whole = [path for path in folders if not path.name.startswith(".") and path.name != pointed]
    whole.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    unfinished = [path for path in folders if path.name.startswith(_STAGING)]
    for path in [*unfinished, *whole[max(keep - 1, 0) :]]:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _only_writer(snapshots: Path) -> Iterator[None]:
    """Hold the folder alone; the lock goes with the process, however it ends."""
    snapshots.mkdir(parents=True, exist_ok=True)
    with (snapshots / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = "another build is writing to the snapshots; wait for it to end"
            raise SnapshotError(message) from error
        yield


def _write_file(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
