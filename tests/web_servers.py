"""The real nginx and caddy that the tests ask, openssl for certificates, rclone for buckets, and what `invoke voice`
reads aloud with: found here, or installed by `python -m tests.web_servers`."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.conftest import eventually
from tests.publishing.server import QUIET, NoServer

HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
PACKAGES = {name: name for name in ("nginx", "caddy", "openssl", "rclone", "espeak-ng", "lame")}


def find_or_install(name: str) -> str:
    """Path of the server that is here, or is after Debian's package was installed. Raises NoServer."""
    places = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    if found := shutil.which(name, path=places):
        return found
    advice = f"没有找到 {name}。请先装上（Debian、Ubuntu：apt install {PACKAGES[name]}），再运行 make test。"
    if not shutil.which("apt-get"):
        raise NoServer(advice)
    may = () if os.geteuid() == 0 else ("sudo", "-n")
    for command in (("apt-get", "update", "-q"), ("apt-get", "install", "-y", "-q", PACKAGES[name])):
        if subprocess.run((*may, *command), env={**os.environ, **QUIET}, check=False).returncode:
            raise NoServer(f"{advice}“{' '.join(command)}”没有成功（要联网，要管理员权限）。")
    if shutil.which("systemctl"):  # the package also starts one for everybody, which nobody asked for
        subprocess.run((*may, "systemctl", "disable", "--now", name), capture_output=True, check=False)
    if found := shutil.which(name, path=places):
        return found
    raise NoServer(advice)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def nginx(folder: Path, sample: str, port: int) -> Iterator[None]:
    kept = "".join(f"{name}_temp_path {folder}/{name}; " for name in TEMPORARY)
    user = "user root;" if os.geteuid() == 0 else ""  # the folders of tests are closed to others
    (folder / "nginx.conf").write_text(
        f"{user}\npid {folder}/nginx.pid;\n"
        f"daemon off;\nevents {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off; {kept}\n"
        + re.sub(r"listen \d+;", f"listen 127.0.0.1:{port};", sample)
        + "}\n",
        encoding="utf-8",
    )
    with started([find_or_install("nginx"), "-e", "stderr", "-c", f"{folder}/nginx.conf"], port, folder):
        yield


@contextmanager
def caddy(folder: Path, sample: str, port: int) -> Iterator[None]:
    text = "{\n\tadmin off\n\tauto_https off\n}\n"
    (folder / "Caddyfile").write_text(
        text + re.sub(r"\nhttp://127.0.0.1:\d+ {", f"\nhttp://127.0.0.1:{port} {{", sample), encoding="utf-8"
    )
    with started(
        [find_or_install("caddy"), "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"], port, folder
    ):
        yield


@contextmanager
def started(command: list[str], port: int, home: Path) -> Iterator[None]:
    server = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, **dict.fromkeys(HOMES, str(home))})
    try:
        eventually(lambda: answers(port) or server.poll() is not None, f"{command[0]} answers")
        assert server.poll() is None, server.stderr.read().decode() if server.stderr else ""
        yield
    finally:
        server.terminate()
        server.communicate()


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def asked(port: int, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


def main() -> int:
    try:
        for name in PACKAGES:
            find_or_install(name)
    except NoServer as none:
        print(none, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
