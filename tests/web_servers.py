"""The real nginx and caddy that the tests ask: found here, or installed by `python -m tests.web_servers`."""

import os
import shutil
import subprocess
import sys

from tests.publishing.server import QUIET, NoServer

PACKAGES = {"nginx": "nginx", "caddy": "caddy"}


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
