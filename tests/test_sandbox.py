"""What a worker gives up, tried in a process of its own."""

import json
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from hostagegraph import sandbox

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="the filter knows Linux on x86-64 and aarch64",
)

SCRIPT = """
import ctypes, json, os, socket, sys, threading
from pathlib import Path
from hostagegraph import sandbox
folder = Path(sys.argv[1])
told = {"before": sandbox.network_proof()}
told["in force"] = sandbox.deny_network()
told["after"] = sandbox.network_proof()
seen = []
thread = threading.Thread(target=lambda: seen.append(sandbox.network_proof()))
thread.start(); thread.join()
told["thread"] = seen[0]
def tried(work):
    try: work()
    except OSError as error: return error.errno
    return 0
told["pair"] = tried(socket.socketpair)
told["program"] = tried(lambda: os.execv("/bin/true", ["true"]))
libc = ctypes.CDLL(None, use_errno=True)
told["io_uring"] = libc.syscall(425, 1, ctypes.create_string_buffer(256))
told["landlock"] = sandbox.deny_files(folder)
told["file"] = sandbox.file_proof()
told["own"] = (folder / "own.txt").read_text()
told["write"] = tried(lambda: (folder / "new.txt").write_text("x"))
print(json.dumps(told))
"""
ALLOWED = {"tcp": "allowed", "udp": "allowed"}
DENIED = {"tcp": "denied", "udp": "denied"}
EACCES = 13


def test_sockets_programs_and_files_are_denied(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("mine")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["before"] == ALLOWED
    assert told["in force"]
    assert told["after"] == told["thread"] == DENIED
    assert told["pair"] == told["program"] == EACCES
    assert told["io_uring"] == -1
    assert told["own"] == "mine"
    if told["landlock"]:
        assert told["file"] == "denied"
        assert told["write"] == EACCES


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_ends_with_leave_and_refusal(machine: str) -> None:
    steps = sandbox._filter(machine)
    assert len(steps) % 8 == 0
    assert len(steps) // 8 == 7 + len(sandbox._DENIED[machine])


def test_an_unknown_machine_denies_nothing_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "vax")
    assert not sandbox.deny_network()
    assert not sandbox.deny_files(tmp_path)


def test_this_process_is_not_in_the_sandbox() -> None:
    assert sandbox.network_proof() == ALLOWED
    assert sandbox.file_proof() in ("allowed", "unknown")
