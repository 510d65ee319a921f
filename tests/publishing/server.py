"""A real sshd on loopback for the tests: found here, or installed by `python -m tests.publishing.server`."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import eventually

SSHD = ("/usr/sbin/sshd", "/usr/local/sbin/sshd", "/opt/homebrew/sbin/sshd")
INSTALL = (("apt-get", "update", "-q"), ("apt-get", "install", "-y", "-q", "openssh-server", "openssh-client"))
QUIET = {"DEBIAN_FRONTEND": "noninteractive"}
ADVICE = "请先装上 OpenSSH 服务器（Debian、Ubuntu：apt install openssh-server），再运行 make test。"


class NoServer(Exception):
    """There is none; says what to do."""


def find_sshd() -> str | None:
    here = shutil.which("ssh") and shutil.which("ssh-keygen")
    return next((path for path in SSHD if os.access(path, os.X_OK)), None) if here else None


def find_or_install_sshd() -> str:
    """Path of the sshd that is here, or is after Debian's package was installed. Raises NoServer."""
    if found := find_sshd():
        return found
    may = () if os.geteuid() == 0 else ("sudo", "-n")
    if not all(map(shutil.which, (*may[:1], "apt-get"))):
        raise NoServer(f"没有找到 sshd。{ADVICE}")
    for command in INSTALL:
        if subprocess.run((*may, *command), env={**os.environ, **QUIET}, check=False).returncode:
            raise NoServer(f"没有找到 sshd，“{' '.join(command)}”也没有成功（要联网，要管理员权限）。{ADVICE}")
    if shutil.which("systemctl"):  # the package also starts one for everybody, which nobody asked for
        subprocess.run((*may, "systemctl", "disable", "--now", "ssh"), capture_output=True, check=False)
    if found := find_sshd():
        return found
    raise NoServer(f"没有找到 sshd。{ADVICE}")


@contextmanager
def running(folder: Path) -> Iterator[dict[str, str]]:
    """An sshd that lets us in by a key of its own; gives `ssh`, the command that reaches it, and `port`."""
    sshd = find_or_install_sshd()
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
    shutil.copyfile(folder / "user.pub", folder / "authorized_keys")
    port = _free_port()
    known = (folder / "host.pub").read_text(encoding="utf-8")
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {known}", encoding="utf-8")
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\nStrictModes no\nUsePAM no\n"
        f"AuthorizedKeysFile {folder}/authorized_keys\nPasswordAuthentication no\nPermitRootLogin yes\n"
        "KbdInteractiveAuthentication no\nMaxStartups 100\nLogLevel ERROR\n"
        f"SetEnv HOME={folder}\n",  # and no .bashrc of somebody's
        encoding="utf-8",
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(parents=True, exist_ok=True)
    log = folder / "log"
    server = subprocess.Popen([sshd, "-D", "-f", folder / "sshd_config", "-E", log])
    try:
        eventually(lambda: _answers(port) or server.poll() is not None, "sshd answers")
        assert server.poll() is None, log.read_text(encoding="utf-8")
        options = ("-F", "none", "-i", f"{folder}/user", "-o", f"UserKnownHostsFile={folder}/known_hosts")
        yield {"ssh": shlex.join(["ssh", *options]), "port": str(port)}
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> int:
    try:
        find_or_install_sshd()
    except NoServer as none:
        print(none, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
