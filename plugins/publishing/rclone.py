"""rclone, the program that speaks to buckets (对象存储); where they are and their keys are in its own configuration or in
the environment, and nothing that it says of them is shown."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from plugins.publishing.place import PlaceFault, Tell

RETRIES = 4
"""How often a request is made anew that was cut off or refused for a moment."""
_FLAGS = (
    *("--use-json-log", "--ask-password=false", "--stats=0", "--retries=1", "--contimeout=20s", "--timeout=60s"),
    *("--s3-no-check-bucket", "--s3-no-head", "--use-server-modtime", "--transfers=8", "--checkers=8"),
)
_CA = "AWS_CA_BUNDLE"
"""Environment variable that old versions of rclone cannot have."""
_SIGNED = re.compile(r"\?[^\s\"]*")
_CAUSES = (
    (
        "didn't find section in config file",
        "rclone 里没有叫“{remote}”的设置：先运行 rclone config，见 docs/publishing.md",
    ),
    ("unable to decrypt", "rclone 的设置有密码：请把它写在环境变量 RCLONE_CONFIG_PASS 里"),
    ("password to decrypt", "rclone 的设置有密码：请把它写在环境变量 RCLONE_CONFIG_PASS 里"),
    ("directory not found", "没有“{where}”这个桶：请在控制台核对它的名字和地域，新的先建好"),
    ("NoSuchBucket", "没有“{where}”这个桶：请在控制台核对它的名字和地域，新的先建好"),
    ("RequestTimeTooSkewed", "本机的时钟不准，对象存储不收：打开系统的自动对时，再运行一次"),
    ("InvalidAccessKeyId", "对象存储不认这把钥匙：核对 rclone 里“{remote}”的 access_key_id"),
    ("SignatureDoesNotMatch", "对象存储说钥匙不对：核对 rclone 里“{remote}”的 secret_access_key"),
    ("Quota", "对象存储的配额满了：在控制台看看，删些别的或加配额"),
    ("InsufficientStorage", "对象存储的配额满了：在控制台看看，删些别的或加配额"),
    ("Arrears", "对象存储停了，多半是欠费：在控制台看看"),
    ("UserDisable", "对象存储停了，多半是欠费：在控制台看看"),
    ("AccessDenied", "这把钥匙没有读写“{where}”的权限：在控制台给它列出、读、写、删四样"),
    ("403", "这把钥匙没有读写“{where}”的权限，或钥匙不对：在控制台看看"),
    ("no such host", "找不到对象存储的网址：核对 rclone 里“{remote}”的 endpoint，看看网络"),
    ("x509", "对象存储的证书不对：核对 endpoint，看看本机的时钟"),
    ("No space left", "本机的磁盘满了（临时文件夹）：腾出地方，再运行一次"),
    ("not enough space", "本机的磁盘满了（临时文件夹）：腾出地方，再运行一次"),
    ("dial tcp", "连不上对象存储，或网络断了"),
    ("RequestError", "连不上对象存储，或网络断了"),
    ("timeout", "连不上对象存储，或网络断了"),
)
"""Words in what rclone says, and what to do, the first that fits."""


class Kept(NamedTuple):
    """An object of a bucket: its size, and when it came, by the clock there."""

    size: int
    time: datetime


class _NotThere(PlaceFault):
    """There is no such folder, or no such bucket."""


class Rclone:
    """A remote of rclone's configuration. Each of its methods raises PlaceFault."""

    def __init__(self, remote: str) -> None:
        self._remote = remote
        self._program = shutil.which("rclone") or ""
        if not self._program:
            raise PlaceFault(
                "没有找到 rclone。Windows：winget install Rclone.Rclone；Debian、Ubuntu：apt install rclone；"
                "苹果：brew install rclone"
            )
        self.lock: IO[bytes] | None = None
        """A lock that what is started shares, so that it is held until the last of it ends."""

    def listed(self, where: str, *, without: str = "") -> dict[str, Kept]:
        """The objects under a bucket's folder by path, `without` those of one of its folders."""
        how = ("-R", "--fast-list") if not without else ("-R", f"--exclude=/{without}/**")
        try:
            found = self._say("lsjson", *how, "--files-only", "--no-mimetype", self._at(where))
        except _NotThere:
            if "/" not in where:
                raise
            self.listed(where.partition("/")[0], without="**")  # the bucket is there, the folder is not yet
            return {}
        return {each["Path"]: Kept(each["Size"], datetime.fromisoformat(each["ModTime"])) for each in json.loads(found)}

    def text(self, where: str, name: str) -> str:
        """What an object says; nothing where there is none."""
        with tempfile.TemporaryDirectory() as folder:
            self.fetch(where, [name], Path(folder))
            file = Path(folder, name)
            return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    def put(self, where: str, **texts: str) -> None:
        """Put objects there that say these."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in texts.items():
                Path(folder, name).write_bytes(text.encode())
            self.send(Path(folder), where, {"Content-Type": "text/plain; charset=utf-8"})

    def send(self, folder: Path, where: str, headers: Mapping[str, str], tell: Tell | None = None) -> None:
        """Put all files of a folder there, whatever is there now."""
        said = [word for name, value in headers.items() for word in ("--header-upload", f"{name}: {value}")]
        self._say("copy", "--no-check-dest", *said, str(folder), self._at(where), folder=folder, tell=tell)

    def fetch(self, where: str, names: Sequence[str], folder: Path) -> None:
        """Bring the objects of these names that there are into a folder."""
        with _listed_in_file(names) as file:
            self._say("copy", "--no-traverse", *file, self._at(where), str(folder))

    def delete(self, where: str, names: Sequence[str]) -> None:
        """Delete the objects of these names that there are."""
        if names:
            with _listed_in_file(names) as file:
                self._say("delete", *file, self._at(where))

    def _at(self, where: str) -> str:
        return f"{self._remote}:{where}/"

    def _say(self, verb: str, *words: str, folder: Path | None = None, tell: Tell | None = None) -> str:
        """Run rclone; gives what it prints."""
        environment = {**os.environ}
        if bundle := environment.pop(_CA, ""):
            environment.setdefault("RCLONE_CA_CERT", bundle)
        command = [self._program, verb, "-v", *_FLAGS, f"--low-level-retries={RETRIES}", *words]
        inherited = [self.lock.fileno()] if self.lock and os.name == "posix" else []
        with tempfile.TemporaryFile() as printed:
            running = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.PIPE,
                env=environment,
                pass_fds=inherited,
            )
            assert running.stderr
            wrong: list[str] = []
            try:
                with running.stderr as log:
                    for line in log:
                        said = _entry(line)
                        if said.get("level") not in ("info", "debug", "warning", "notice"):
                            wrong.append(str(said.get("msg")))
                            if verb == "copy":  # what else it would try comes to the same
                                running.kill()
                        elif tell and folder and str(said.get("msg")).startswith("Copied"):
                            tell(_size(folder / str(said.get("object"))))
            except BaseException:
                running.kill()
                raise
            finally:
                code = running.wait()
            if code or wrong:
                self._fail(
                    wrong or [f"退出码 {code}"], next(word for word in words if word.startswith(f"{self._remote}:"))
                )
            printed.seek(0)
            return printed.read().decode("utf-8", "replace")

    def _fail(self, wrong: list[str], where: str) -> None:
        """Raise what rclone's words mean."""
        bucket = where.removeprefix(f"{self._remote}:").partition("/")[0]
        known = [cause for words, cause in _CAUSES if any(words in line for line in wrong)]
        cause = known[0].format(remote=self._remote, where=bucket) if known else "对象存储或 rclone 出错"
        said = " ".join(_SIGNED.sub("", _without_secrets(wrong[0])).split())[:300]
        kind = _NotThere if any("directory not found" in line for line in wrong) else PlaceFault
        raise kind(f"{cause}。（rclone 说：{said}）")


def _entry(line: bytes) -> dict[str, Any]:
    """A line of rclone's log; what it says otherwise it says before it ends."""
    text = line.decode("utf-8", "replace").strip()
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    if isinstance(said, dict):
        return said
    return {"level": "critical", "msg": text} if "Failed to" in text else {"level": "info", "msg": text}


def _without_secrets(text: str) -> str:
    for name, value in os.environ.items():
        if name.startswith(("RCLONE_", "AWS_")) and re.search("KEY|SECRET|PASS|TOKEN", name) and len(value) > 3:
            text = text.replace(value, "…")
    return text


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


@contextlib.contextmanager
def _listed_in_file(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The words that tell rclone names, one a line, as they are."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "names")
        file.write_bytes("".join(f"{name}\n" for name in names).encode())
        yield "--files-from-raw", str(file)
