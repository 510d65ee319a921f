"""A tiny site, and the kinds of place on this machine: a folder, a server over ssh, a bucket."""

import getpass
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.publishing.ssh import COMMAND
from tests.publishing import bucket_server
from tests.publishing.bucket_server import Buckets
from tests.publishing.server import running
from tests.publishing.tiny import TinySite


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real sshd, up to the path; PUBLISH_SSH is how to reach it."""
    with running(tmp_path_factory.mktemp("sshd")) as sshd, pytest.MonkeyPatch.context() as patch:
        patch.setenv(COMMAND, sshd["ssh"])
        yield f"ssh://{getpass.getuser()}@127.0.0.1:{sshd['port']}"


@pytest.fixture(params=["folder", "ssh"])
def tiny(request: pytest.FixtureRequest, tmp_path: Path) -> TinySite:
    """A site of a few files and the place of its readers, of each kind."""
    return tiny_at(request, tmp_path, request.param)


@pytest.fixture
def over_ssh(request: pytest.FixtureRequest, tmp_path: Path) -> TinySite:
    return tiny_at(request, tmp_path, "ssh")


@pytest.fixture
def buckets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Buckets]:
    """A server of two buckets, `site` and `keep`; rclone knows it as `test`."""
    for bucket in ("site", "keep"):
        (tmp_path / "srv" / bucket).mkdir(parents=True)
    with bucket_server.running(tmp_path / "srv") as server:
        for name, value in bucket_server.remote(server).items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def in_bucket(buckets: Buckets, tmp_path: Path) -> TinySite:
    return TinySite(tmp_path, "bucket:test:site,keep", buckets.root / "site")


@pytest.fixture
def in_folder(request: pytest.FixtureRequest, tmp_path: Path) -> TinySite:
    return tiny_at(request, tmp_path, "folder")


def tiny_at(request: pytest.FixtureRequest, folder: Path, kind: str) -> TinySite:
    root = folder / "srv"
    if kind == "folder":
        root.mkdir()
        return TinySite(folder, f"folder:{root}", root)
    return TinySite(folder, f"{request.getfixturevalue('server')}{root}", root / "current")
