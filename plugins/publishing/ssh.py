"""A server over ssh as a place: releases beside each other, and a link, `current`, to the one that readers see.

Only `sh` and the common tools of a Linux are asked of the server, only `ssh` of the desk. What changed goes there as a
tar; all else is linked to the file that the last release has; every file's digest is then looked at on the server.
The switch is one rename. Two publishers need no lock: who comes second finds that what he compared with is not online
any more.
"""

import atexit
import io
import os
import re
import shlex
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO

from plugins.publishing.place import KEPT, Online, Overtaken, PlaceFault, Tell
from plugins.publishing.release import Changes, Release, in_sending_order, number_of, publisher, without_manifest

SCRIPTS = Path(__file__).with_name("server")
COMMAND = "PUBLISH_SSH"
"""Environment variable: the command instead of `ssh`, as with git; a CI names its key there."""
_OPTIONS = ("BatchMode=yes", "ConnectTimeout=20", "ServerAliveInterval=10", "ServerAliveCountMax=3", "Compression=yes")
_HERE = "yibin-news"
"""The script's name there; what it gives begins after a line of it, whatever a `.bashrc` has said before."""
_ADDRESS = re.compile(
    r"ssh://(?P<user>(?:[\w.+-]+(?P<password>:[^@/]*)?@)?)"
    r"(?P<host>\w[\w.-]*|\[[0-9a-fA-F:.]+\])(?::(?P<port>[0-9]{1,5}))?(?P<root>/+[^/\s].*)"
)
_SHARED = ("ControlMaster=auto", "ControlPersist=15")
"""One connection for all that is asked within a moment; Windows' ssh cannot."""
_OVERTAKEN, _DAMAGED, _NO_LINK, _GONE, _CUT_OFF = 41, 42, 43, 44, 255

_CAUSES = (
    ("UNPROTECTED PRIVATE KEY", "钥匙文件别人也能读，ssh 不肯用：chmod 600 那个文件（Windows：属性 → 安全，只留自己）"),
    ("not accessible: No such file", "PUBLISH_SSH 里写的钥匙文件不在那里"),
    ("error in libcrypto", "钥匙文件坏了，或不是私钥（不要用 .pub 的那个；贴进变量的，要整个文件）"),
    ("invalid format", "钥匙文件坏了，或不是私钥（不要用 .pub 的那个；贴进变量的，要整个文件）"),
    (
        "HOST IDENTIFICATION HAS CHANGED",
        "服务器的指纹变了：换过、重装过的，删去旧的（ssh-keygen -R），{login} 核对新的；没有换过，先查有没有人冒充",
    ),
    ("usage: ssh", "环境变量 PUBLISH_SSH 的命令写得不对，ssh 读不懂"),
    ("Bad configuration option", "ssh 的设置写得不对：看 ~/.ssh/config 和环境变量 PUBLISH_SSH"),
    ("Permission denied (", "服务器不认这把钥匙：先运行 ssh-add 装上私钥，公钥要在服务器的 ~/.ssh/authorized_keys 里"),
    ("Host key verification failed", "还没有认过这台服务器：先运行一次 {login}，核对指纹"),
    ("Could not resolve", "找不到这台服务器，请核对 PUBLISH_TO 里的名字，看看网络"),
    ("Connection refused", "服务器没有开 ssh，或端口不对"),
    ("Bad port", "PUBLISH_TO 里的端口不对：要在 1 和 65535 之间"),
    ("timed out", "连不上服务器，或网络断了"),
    ("No space left", "服务器的磁盘满了：腾出地方，再运行一次"),
    ("Disk quota exceeded", "服务器的磁盘配额满了：腾出地方，再运行一次"),
    ("Read-only file system", "服务器的磁盘是只读的"),
    ("Permission denied", "这个用户在服务器上不能写那个文件夹：见 docs/publishing.md 的“第一次”"),
    ("not found", "服务器上缺一个常用的命令"),
)
"""Words in what ssh or the server says, and what to do, the first that fits."""


class SshPlace:
    """`ssh://deploy@host:22/srv/yibin`."""

    def __init__(self, address: str) -> None:
        parts = _ADDRESS.fullmatch(address)
        if parts is None:  # whatever it is, it may have a password in it
            raise PlaceFault(
                "PUBLISH_TO 的“ssh:”写得不完整；请写成 ssh://用户@服务器/srv/yibin 的样子，端口写在服务器后面，如 :2222"
            )
        if parts["password"]:
            raise PlaceFault("PUBLISH_TO 里不要写密码；用 ssh 的钥匙登录，见 docs/publishing.md")
        self._root = parts["root"].rstrip("/")
        self._host = parts["user"] + parts["host"].strip("[]")
        try:
            command = shlex.split(os.environ.get(COMMAND, ""), posix=os.name == "posix") or ["ssh"]
        except ValueError:  # and it may name a key, so it is not said
            raise PlaceFault(f"环境变量 {COMMAND} 里的引号少了一半") from None
        if not shutil.which(command[0]):
            raise PlaceFault(
                "没有找到 ssh。Windows：设置 → 应用 → 可选功能 → 添加“OpenSSH 客户端”；Debian、Ubuntu：apt install openssh-client"
            )
        shared: tuple[str, ...] = ()
        if os.name == "posix":
            socket = tempfile.mkdtemp(prefix="yibin-")
            atexit.register(shutil.rmtree, socket, ignore_errors=True)
            shared = (*_SHARED, f"ControlPath={socket}/%C")
        options = [word for option in (*_OPTIONS, *shared) for word in ("-o", option)]
        port = ["-p", parts["port"]] if parts["port"] else []
        self._login = " ".join(["ssh", *port, self._host])
        self._command = [*command, *options, *port, "--", self._host]
        self._upload = ""

    def look(self) -> Online:
        said = self._run("look")
        if not said:
            return Online(None, ())
        head, _, manifest = said.partition("\n\n")
        names = tuple(sorted(name for name in head.splitlines()[1:] if number_of(name)))
        online = head.partition("\n")[0]
        if not manifest.strip():
            return Online(without_manifest(online) if number_of(online) else None, names)
        return Online(self._manifest(manifest), names)

    def free(self) -> int:
        said = self._run("free").split()
        return int(said[0]) * 1024 if said and said[0].isdigit() else 0

    @contextmanager
    def held(self) -> Iterator[None]:
        yield

    def kept(self, name: str) -> Release:
        return self._manifest(self._run("kept", name))

    def bring(self, release: Release, online: Release | None, different: Changes, source: Path, tell: Tell) -> None:
        whose = sha256(f"{publisher()} {source}".encode()).hexdigest()[:12]
        upload = f"{time.time_ns():x}-{os.getpid()}"

        def sent(base: str, changed: tuple[str, ...], gone: tuple[str, ...]) -> int:
            def feed(pipe: IO[bytes]) -> None:
                _pack(pipe, release, source, changed, gone, tell)

            code, _, error = self._talk("bring", whose, upload, base, str(len(release.files)), feed=feed)
            if code not in (0, _DAMAGED):
                self._fail(code, error, online)
            return code

        code = _DAMAGED
        if online:
            code = sent(online.name, different.sent, (*different.changed, *different.removed))
        if code == _DAMAGED:  # nothing is there yet, or what is there is not what it was: send all
            code = sent("", tuple(release.files), ())
        if code:
            raise PlaceFault("传到服务器的文件与本机不符，线上没有动；也许本机又生成了一次，请再运行 invoke publish")
        self._upload = f"{whose}-{upload}"

    def switch(self, release: Release, online: Release | None) -> None:
        before = online.name if online else ""
        code, _, error = self._talk("switch", before, release.name, self._upload, str(KEPT))
        self._upload = ""
        if code == _CUT_OFF:
            try:
                shown = self.look().release
            except PlaceFault:
                raise PlaceFault(
                    "切换时连接断了，新的一次也许已经上网，也许没有；连上以后再运行一次，就会弄清并补好台账"
                ) from None
            code = 0 if shown and shown.name == release.name else code
        if code:
            self._fail(code, error, online)

    def _manifest(self, text: str) -> Release:
        try:
            return Release.from_text(text)
        except ValueError:
            raise PlaceFault(
                f"{self._host} 上的清单 {self._root}/releases/*.json 坏了；请把坏的删去，再运行一次，会全部重传"
            ) from None

    def _run(self, script: str, *arguments: str) -> str:
        code, said, error = self._talk(script, *arguments)
        if code:
            self._fail(code, error, None)
        return said.partition(f"{_HERE}\n")[2]

    def _talk(
        self, script: str, *arguments: str, feed: Callable[[IO[bytes]], None] | None = None
    ) -> tuple[int, str, str]:
        """Run a script on the server; gives its exit code, what it said, and what went wrong."""
        text = (SCRIPTS / f"{script}.sh").read_text(encoding="utf-8")
        remote = shlex.join(["sh", "-c", text, _HERE, self._root, *arguments])
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as error:
            ssh = subprocess.Popen([*self._command, remote], stdin=subprocess.PIPE, stdout=said, stderr=error)
            assert ssh.stdin
            try:
                with ssh.stdin as pipe:
                    if feed:
                        feed(pipe)
            except BrokenPipeError:
                pass  # the code says why
            except OSError as fault:
                if ssh.poll() is None:
                    ssh.kill()
                    raise PlaceFault(f"读不了 {fault.filename}：{fault.strerror}；线上没有动") from None
            except BaseException:
                ssh.kill()
                raise
            finally:
                code = ssh.wait()
            said.seek(0)
            error.seek(0)
            return code, said.read().decode("utf-8", "replace"), error.read().decode("utf-8", "replace")

    def _fail(self, code: int, error: str, online: Release | None) -> None:
        """Raise what a script's end means."""
        if code == _NO_LINK:
            raise PlaceFault(f"{self._host} 上的 {self._root}/current 不是链接；请先把它改名，见 docs/publishing.md")
        if code == _GONE:
            raise PlaceFault("要退回的那一次已经不在服务器上；线上没有动")
        if code == _OVERTAKEN or (code != _CUT_OFF and online and self._is_overtaken(online)):
            now = self.look().release
            raise Overtaken(
                f"刚才 {now.who if now else '有人'} 发布了 {now.name if now else '别的'}；你的没有上网，请再运行一次"
            )
        said = error.strip().splitlines() or [f"ssh 退出码 {code}"]
        known = [(remedy, line) for words, remedy in _CAUSES for line in said if words in line]
        unknown = "连接断了：看看网络，服务器还开着没有" if code == _CUT_OFF else "服务器出错"
        cause, line = known[0] if known else (unknown, said[-1])
        raise PlaceFault(f"{cause.format(login=self._login)}。线上没有动。（{self._host} 说：{line}）")

    def _is_overtaken(self, online: Release) -> bool:
        try:
            now = self.look().release
        except PlaceFault:
            return False
        return now is not None and now.name != online.name


def _pack(
    pipe: IO[bytes], release: Release, source: Path, changed: tuple[str, ...], gone: tuple[str, ...], tell: Tell
) -> None:
    """Write the tar that bring.sh reads."""
    sums = "".join(f"{file.digest}  {path}\n" for path, file in release.files.items())
    with tarfile.open(fileobj=pipe, mode="w|", format=tarfile.GNU_FORMAT) as tar:
        _add(tar, "gone", "".join(f"{path}\0" for path in gone).encode())
        _add(tar, "sums", sums.encode())
        _add(tar, "manifest.json", release.as_text().encode())
        for path in in_sending_order(changed):
            content = (source / path).read_bytes()
            _add(tar, f"new/{path}", content)
            tell(len(content))


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))
