"""Forbid this process what no query needs: sockets, new programs, files outside the store.

Linux on x86-64 and aarch64: a seccomp filter and, for files, Landlock. Elsewhere nothing is
forbidden, and the report says so.
"""

import ctypes
import os
import platform
import signal
import socket
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_AUDIT_ARCH: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_DENIED: Final[Mapping[str, tuple[int, ...]]] = {
    # socket connect bind listen sendto socketpair, io_uring_setup, fork vfork execve execveat,
    # ptrace process_vm_readv process_vm_writev pidfd_getfd
    "x86_64": (41, 42, 49, 50, 44, 53, 425, 57, 58, 59, 322, 101, 310, 311, 438),
    "aarch64": (198, 203, 200, 201, 206, 199, 425, 221, 281, 117, 270, 271, 438),
}
_X32_BIT: Final = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW: Final = 0x7FFF0000
_DENY: Final = 0x00050000 | 13  # SECCOMP_RET_ERRNO with EACCES

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22
_SECCOMP_MODE_FILTER = 2

_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_VERSION_FLAG = 1
_LANDLOCK_PATH_BENEATH = 1
_READ_FILE_AND_DIR = (1 << 2) | (1 << 3)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def die_with_parent(parent: int) -> None:
    """End this process when the one that started it ends."""
    if sys.platform != "linux":
        return
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit("the service that started this worker has ended")


def deny_network() -> bool:
    """Deny sockets to this process and its threads, for good; say whether that worked."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _DENIED:
        return False
    steps = _filter(machine)
    program = _Program(len(steps) // 8, steps)
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) and _prctl(
        _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(program)
    )


def deny_files(readable: Path) -> bool:
    """Deny this thread every file but those in one folder, for reading; say whether that worked."""
    if sys.platform != "linux" or platform.machine() not in _DENIED:
        return False
    version = _syscall(_LANDLOCK_CREATE, None, 0, _LANDLOCK_VERSION_FLAG)
    if version < 1:
        return False
    rules = struct.pack("=Q", (1 << {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)) - 1)
    ruleset = _syscall(_LANDLOCK_CREATE, rules, len(rules), 0)
    if ruleset < 0:
        return False
    folder = os.open(readable, os.O_RDONLY | os.O_CLOEXEC)
    try:
        beneath = struct.pack("=Qi", _READ_FILE_AND_DIR, folder)
        added = _syscall(_LANDLOCK_ADD, ruleset, _LANDLOCK_PATH_BENEATH, beneath, 0)
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        return added == 0 and _syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0
    finally:
        os.close(folder)
        os.close(ruleset)


def network_proof() -> dict[str, str]:
    """Try to open a TCP and a UDP socket, and say what came of it."""
    kinds = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}
    return {name: _try_socket(kind) for name, kind in kinds.items()}


def file_proof() -> str:
    """Try to read a file that every machine has, and say what came of it."""
    try:
        Path("/etc/passwd").open("rb").close()
    except PermissionError:
        return "denied"
    except OSError:
        return "unknown"
    return "allowed"


def _try_socket(kind: socket.SocketKind) -> str:
    try:
        socket.socket(socket.AF_INET, kind).close()
    except PermissionError:
        return "denied"
    except OSError:
        return "unknown"
    return "allowed"


def _filter(machine: str) -> bytes:
    """Write the filter: check the architecture, then compare the number of the call with each."""
    numbers = _DENIED[machine]
    deny = len(numbers) + 1  # steps from the first comparison to the refusal, counted below
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _DENY),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, deny, 0, _X32_BIT),
        *((_EQUAL, deny - 1 - n, 0, number) for n, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _prctl(option: int, *values: int) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    padded = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    return bool(libc.prctl(ctypes.c_int(option), *padded) == 0)


def _syscall(number: int, *values: int | bytes | None) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    typed = [ctypes.c_long(value) if isinstance(value, int) else value for value in values]
    return int(libc.syscall(ctypes.c_long(number), *typed))
