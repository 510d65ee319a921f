"""A site is put online whole, changed, taken back; at each kind of place."""

import errno
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest

from plugins.newspaper.problems import Halt
from plugins.newspaper.whole_files import write_whole
from plugins.public_site import PublicSite
from plugins.publishing.folder import FolderPlace
from plugins.publishing.place import KEPT, Overtaken, PlaceFault
from plugins.publishing.places import place_at
from plugins.publishing.publish import How
from plugins.publishing.release import publisher
from plugins.publishing.ssh import COMMAND
from tests.publishing.bad_days import PICTURE, killed, left_over, published_under_readers
from tests.publishing.tiny import ADDRESS, TinySite, write


def test_what_is_published_is_what_readers_see(tiny: TinySite) -> None:
    said = tiny.publish()

    assert tiny.online() == tiny.built()
    assert f"{ADDRESS}/issues/1/a/" in said
    assert "新增 5 页" in said
    assert [line.partition("\t")[0] for line in tiny.ledger.splitlines()[1:]] == ["/", "/issues/1/", "/issues/1/a/"]


def test_a_dry_run_says_all_and_changes_nothing(tiny: TinySite) -> None:
    first = tiny.publish(dry_run=True)
    assert "新增 5 页" in first
    assert (tiny.ledger, tiny.place.look()) == ("", (None, ()))

    tiny.publish()
    before = tiny.online(), tiny.ledger, tiny.place.look()
    tiny.edit("乙")
    tiny.lines.append("/issues/2/")
    said = tiny.publish(dry_run=True)

    assert "改动 5 页" in said
    assert (tiny.online(), tiny.ledger, tiny.place.look()) == before


def test_many_files_go_only_on_request(in_folder: TinySite) -> None:
    in_folder.edit("甲", extra=60)
    in_folder.publish()
    before = in_folder.online()
    in_folder.edit("乙")
    said = "线上有 67 个文件，这次要删去 61 个，多过四分之一"
    assert said in in_folder.publish(dry_run=True)
    with pytest.raises(Halt, match=f"{said}.*加 --delete 再运行。线上没有动"):
        in_folder.publish()
    assert in_folder.online() == before
    in_folder.publish(many=True)
    assert in_folder.online() == in_folder.built()


def test_a_second_publish_sends_nothing(tiny: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.publish()
    monkeypatch.setattr(type(tiny.place), "bring", None)
    assert "什么也不用传" in tiny.publish()
    assert tiny.place.look().names == (tiny.place.look().names[0],)


def test_an_edit_sends_what_changed_and_names_it(tiny: TinySite) -> None:
    tiny.publish()
    write(tiny.site.output / "issues/1/a/index.html", b"<html>mended</html>")
    (tiny.site.output / "latest/index.html").unlink()
    write(tiny.site.output / "issues/2/index.html", b"<html>new</html>")

    said = tiny.publish()

    assert f"新增 1 页：\n  {ADDRESS}/issues/2/\n" in said
    assert f"改动 1 页：\n  {ADDRESS}/issues/1/a/\n" in said
    assert f"撤下 1 页：\n  {ADDRESS}/latest/\n" in said
    assert "文件 2 个" in said
    assert tiny.online() == tiny.built()
    assert not (tiny.seen / "latest").exists()


def test_new_and_changed_addresses_are_announced_when_they_are_online(in_folder: TinySite) -> None:
    told: list[tuple[bool, str]] = []

    def announce(addresses: Iterable[str]) -> None:
        told.extend((in_folder.online() == in_folder.built(), address) for address in addresses)

    in_folder.site = in_folder.site._replace(announce=announce)
    in_folder.publish(dry_run=True)
    assert told == []
    in_folder.publish()
    assert (True, f"{ADDRESS}/issues/1/a/") in told
    told.clear()
    in_folder.publish()
    write(in_folder.site.output / "issues/2/index.html", b"<html>new</html>")
    in_folder.publish()
    assert told == [(True, f"{ADDRESS}/issues/2/")]


def test_names_that_a_shell_would_take_for_something_else_arrive(tiny: TinySite) -> None:
    for name in (
        "-rf/index.html",
        "a b/'c'.html",
        "$(touch x)/`d`.html",
        "公告/通知 “一”.html",
        "x;rm -rf ../..;.html",
    ):
        write(tiny.site.output / name, name.encode())
    tiny.publish()
    assert tiny.online() == tiny.built()
    for file in tiny.site.output.rglob("*.html"):
        file.write_bytes(file.read_bytes() + b"!")
    write(tiny.site.output / "公告/通知 “二”.html", b"two")
    (tiny.site.output / "a b/'c'.html").unlink()
    tiny.publish()
    assert tiny.online() == tiny.built()


def test_a_file_becomes_a_folder_and_the_other_way_round(tiny: TinySite) -> None:
    write(tiny.site.output / "a", b"file")
    write(tiny.site.output / "b/c.html", b"in a folder")
    tiny.publish()
    (tiny.site.output / "a").unlink()
    write(tiny.site.output / "a/x.html", b"in a folder")
    (tiny.site.output / "b/c.html").unlink()
    (tiny.site.output / "b").rmdir()
    write(tiny.site.output / "b", b"file")
    tiny.publish()
    assert tiny.online() == tiny.built()
    tiny.roll_back()
    assert tiny.online()["a"] == b"file"
    assert tiny.online()["b/c.html"] == b"in a folder"


def test_rolling_back_shows_the_release_before_and_a_named_one(tiny: TinySite) -> None:
    seen = []
    for edition in "甲乙丙":
        tiny.edit(edition)
        tiny.publish()
        seen.append(tiny.online())

    assert "已经退回到 00002" in tiny.roll_back()
    assert tiny.online() == seen[1]
    tiny.roll_back()
    assert tiny.online() == seen[0]
    tiny.roll_back("3")
    assert tiny.online() == seen[2]
    with pytest.raises(PlaceFault, match="线上已经是 00003"):
        tiny.roll_back("3")
    with pytest.raises(PlaceFault, match="没有保存“7”这一次；保存着的：00003-"):
        tiny.roll_back("7")


def test_the_release_before_is_the_one_that_was_online_before(tiny: TinySite) -> None:
    for edition in "甲乙":
        tiny.edit(edition)
        tiny.publish()
    tiny.roll_back()
    good = tiny.online()
    tiny.edit("丙")
    tiny.publish()
    tiny.roll_back()
    assert tiny.online() == good


def test_only_the_last_releases_are_kept_and_each_can_come_back(
    tiny: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert KEPT == 10
    for module in ("bucket", "folder", "ssh"):
        monkeypatch.setattr(f"plugins.publishing.{module}.KEPT", 3)
    for number in range(6):
        tiny.edit(str(number))
        tiny.publish()
    names = tiny.place.look().names
    assert [int(name[:5]) for name in names] == [4, 5, 6]
    tiny.roll_back(names[0])
    assert b'data-edition="3"' in tiny.online()["index.html"]
    tiny.roll_back(names[-1])
    assert tiny.online() == tiny.built()


def test_nothing_to_go_back_to_is_told(tiny: TinySite) -> None:
    with pytest.raises(PlaceFault, match="没有更早的一次"):
        tiny.roll_back()
    tiny.publish()
    with pytest.raises(PlaceFault, match="没有更早的一次"):
        tiny.roll_back()


def test_a_ledger_that_was_not_written_is_entered_from_what_is_online(tiny: TinySite) -> None:
    tiny.publish()
    (tiny.site.content / "permalinks.tsv").unlink()
    tiny.lines = ["/"]
    tiny.publish()
    assert "/issues/1/a/\tcontent/issues/0001.md\t一篇" in tiny.ledger


def test_what_somebody_has_touched_is_sent_anew_on_request(tiny: TinySite) -> None:
    tiny.publish()
    page = tiny.seen / "issues/1/index.html"
    foreign = page.read_bytes().replace(b"html", b"HTML")  # of the same size
    page.write_bytes(foreign)
    assert "什么也不用传" in tiny.publish()
    assert "已经上网：00002-" in tiny.publish(anew=True)
    assert tiny.online() == tiny.built()
    tiny.edit("乙")
    tiny.publish()
    tiny.roll_back()
    assert tiny.online()["issues/1/index.html"] != foreign


def test_a_manifest_that_was_deleted_is_no_end_and_the_numbers_go_on(tiny: TinySite) -> None:
    for edition in "甲乙":
        tiny.edit(edition)
        tiny.publish()
    manifests = tiny.seen / ".releases" if tiny.address.startswith("folder:") else tiny.folder / "srv/releases"
    for manifest in manifests.glob("0*.json"):
        manifest.unlink()

    tiny.edit("丙")
    assert "已经上网：00003-" in tiny.publish()
    assert tiny.online().items() >= tiny.built().items()
    assert [int(name[:5]) for name in tiny.place.look().names] == [3]
    tiny.edit("丁")
    tiny.publish()
    assert "已经退回到 00003-" in tiny.roll_back()


def test_a_build_that_finds_problems_leaves_all_as_it_was(tiny: TinySite) -> None:
    tiny.publish()
    before = tiny.online(), tiny.place.look()
    tiny.edit("乙")
    given = []

    def refuses(online: str) -> str:
        given.append(online)
        raise PlaceFault("有 1 处问题")

    tiny.build = refuses  # type: ignore[method-assign]
    with pytest.raises(PlaceFault, match="有 1 处问题"):
        tiny.publish()
    assert given == ["\n".join(tiny.lines)]
    assert (tiny.online(), tiny.place.look()) == before


def test_a_publish_killed_at_any_moment_leaves_a_whole_site_and_the_next_mends_it(tiny: TinySite) -> None:
    killed(tiny, 30 if tiny.address.startswith("ssh:") else 40)


def test_readers_read_whole_pages_all_the_while(tiny: TinySite) -> None:
    assert published_under_readers(tiny, 20, 2) > 20


# A folder


def test_a_disk_that_fails_at_any_write_leaves_whole_files_and_the_next_publish_mends(in_folder: TinySite) -> None:
    in_folder.publish()
    edition = 0
    told = set()
    done = False
    while not done:
        old = in_folder.online()
        edition += 1
        in_folder.edit(str(edition))
        with pytest.MonkeyPatch.context() as patch:
            _fail_at(patch, edition)
            try:
                in_folder.publish()
                done = True
            except PlaceFault as fault:
                told.add(re.split("[：；]", str(fault))[1])
        new = in_folder.built()
        for name, content in in_folder.online().items():
            assert content in (old.get(name), new.get(name)), name
            assert all(picture.decode() in in_folder.online() for picture in PICTURE.findall(content)), name
        in_folder.publish()
        assert in_folder.online() == new
        assert left_over(in_folder) == []
    assert edition > 20
    assert told == {"磁盘满了"}


def _fail_at(patch: pytest.MonkeyPatch, moment: int) -> None:
    """From now on, the disk is full at the so many-eth write or renaming in the folder."""
    left = [moment]

    def failing(work: Callable[..., object]) -> Callable[..., object]:
        def fails(*arguments: object) -> object:
            left[0] -= 1
            if not left[0]:
                raise OSError(errno.ENOSPC, "No space left on device", str(arguments[0]))
            return work(*arguments)

        return fails

    patch.setattr("plugins.publishing.folder.write_whole", failing(write_whole))
    patch.setattr("plugins.publishing.folder.os", SimpleNamespace(**{**vars(os), "replace": failing(os.replace)}))


def test_what_somebody_did_in_the_folder_is_mended_and_files_of_others_stay(in_folder: TinySite) -> None:
    write(in_folder.seen / "CNAME", b"yibin.test")
    write(in_folder.seen / "latest/notes.txt", b"ours")
    in_folder.publish()
    (in_folder.seen / "index.html").unlink()
    write(in_folder.seen / "404.html", b"touched")

    in_folder.publish()

    assert in_folder.online() == in_folder.built() | {"CNAME": b"yibin.test", "latest/notes.txt": b"ours"}


def test_a_journal_that_names_a_deleted_manifest_is_put_away(in_folder: TinySite) -> None:
    in_folder.publish()
    write(in_folder.seen / ".releases/switching", b"00002-20260101-0900")
    in_folder.edit("乙")
    assert "已经上网：00002-" in in_folder.publish()
    assert in_folder.online() == in_folder.built()
    assert left_over(in_folder) == []


def test_who_publishes_to_a_folder_at_the_same_time_is_told(in_folder: TinySite) -> None:
    with FolderPlace(in_folder.address).held(), pytest.raises(Overtaken, match=f"{publisher()} 正在往这里发布"):
        in_folder.publish()


# A server over ssh


def test_who_comes_second_is_told_who_was_first(over_ssh: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    def others_come_first(online: str) -> str:
        with monkeypatch.context() as patch:
            patch.setattr("plugins.publishing.publish.publisher", lambda: "张三@编辑部")
            patch.setattr(over_ssh, "build", lambda online: "/")
            over_ssh.edit("乙")
            over_ssh.publish()
        over_ssh.edit("丙")
        return "/"

    over_ssh.publish()
    over_ssh.build = others_come_first  # type: ignore[method-assign]
    with pytest.raises(Overtaken, match="刚才 张三@编辑部 发布了 00002"):
        over_ssh.publish()
    assert "乙".encode() in over_ssh.online()["index.html"]


def test_what_was_damaged_on_the_server_is_sent_again(over_ssh: TinySite) -> None:
    over_ssh.publish()
    write(over_ssh.seen / "latest/index.html", b"touched")
    (over_ssh.seen / "404.html").unlink()
    write(over_ssh.seen / "more.html", b"foreign")
    write(over_ssh.site.output / "feed.xml", b"<feed>another</feed>")

    over_ssh.publish()

    assert over_ssh.online() == over_ssh.built()


def test_what_changes_while_it_is_sent_does_not_come_online(over_ssh: TinySite) -> None:
    over_ssh.publish()
    before = over_ssh.online()
    over_ssh.edit("乙")
    bring = over_ssh.place.bring

    def changed(*arguments: Any) -> None:
        write(over_ssh.site.output / "index.html", b"built again")
        bring(*arguments)

    over_ssh.place.bring = changed  # type: ignore[method-assign]
    with pytest.raises(PlaceFault, match="与本机不符，线上没有动"):
        over_ssh.publish()
    assert over_ssh.online() == before
    assert left_over(over_ssh) == []


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "请在 publishconf.py 里写上 PUBLISH_TO"),
        ("ftp://host/site", "“ftp:”不认识；开头要写"),
        ("C:\\site", "“C:”不认识"),
        ("deploy:secret", "“deploy:”不认识"),
        ("secret@host:/srv", "写法不认识；开头要写"),
        ("secret", "写法不认识；开头要写"),
        (None, "要写成引号里的一行字"),
        ("bucket:yibin", "不完整；请写成 bucket:"),
        ("bucket:yibin:site", "不完整；请写成 bucket:"),
        ("bucket:yibin:site,AKID:secret", "不完整；请写成 bucket:"),
        ("bucket:yibin:paper/site,paper/keep", "两个桶要不同"),
        ("folder:", "不存在"),
        ("folder:~nobody-of-that-name/site", "不存在"),
        (f"folder:/{'a' * 300}", "不存在"),
        ("folder:/no/such/folder", "不存在；磁盘接上了没有"),
        ("ssh://host", "不完整；请写成 ssh://用户@服务器/srv/yibin"),
        ("ssh:///srv/yibin", "不完整"),
        ("ssh://a@host:abc/srv", "不完整"),
        ("ssh://deploy:secret@host/srv", "不要写密码"),
        ("ssh://-oProxyCommand=x/srv/yibin", "不完整"),
    ],
)
def test_a_place_that_is_none_is_told(address: Any, said: str) -> None:
    with pytest.raises(PlaceFault, match=re.escape(said)) as fault:
        place_at(address)
    assert "secret" not in str(fault.value)


def test_a_server_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PlaceFault, match="没有开 ssh，或端口不对"):
        place_at("ssh://deploy@127.0.0.1:1/srv/yibin").look()
    with pytest.raises(PlaceFault, match="端口不对：要在"):
        place_at("ssh://deploy@127.0.0.1:99999/srv/yibin").look()
    monkeypatch.setenv(COMMAND, "no-such-ssh")
    with pytest.raises(PlaceFault, match="没有找到 ssh"):
        place_at("ssh://deploy@127.0.0.1:1/srv/yibin")


def test_what_the_server_refuses_is_told(over_ssh: TinySite) -> None:
    root = over_ssh.folder / "srv"
    write(root / "current/index.html", b"put there by hand")
    with pytest.raises(PlaceFault, match="current 不是链接"):
        over_ssh.publish()
    shutil.rmtree(root)
    root.write_text("a file", encoding="utf-8")
    with pytest.raises(PlaceFault, match="线上没有动"):
        over_ssh.publish()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("-o UserKnownHostsFile=/dev/null", "还没有认过这台服务器：先运行一次 ssh -p {port} {login}，核对指纹"),
        ("-o UserKnownHostsFile={folder}/changed", "服务器的指纹变了：换过、重装过的"),
        ("-i {folder}/other", "不认这把钥匙"),
        ("-i {folder}/open", "钥匙文件别人也能读"),
        ("-i {folder}/none", "写的钥匙文件不在那里"),
        ("-i {folder}/other.pub", "不认这把钥匙"),
        ("-i {folder}/cut", "钥匙文件坏了"),
        ("--nonsense", "PUBLISH_SSH 的命令写得不对"),
        ("-o Nonsense=yes", "ssh 的设置写得不对"),
        ("-i 'half", "PUBLISH_SSH 里的引号少了一半"),
    ],
    ids=["没有认过", "指纹变了", "别的钥匙", "钥匙谁都能读", "没有钥匙", "公钥", "坏了的钥匙", "命令", "设置", "引号"],
)
def test_what_is_wrong_with_a_key_or_a_fingerprint_is_told(
    over_ssh: TinySite, monkeypatch: pytest.MonkeyPatch, options: str, said: str
) -> None:
    folder, place = over_ssh.folder, urlsplit(over_ssh.address)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "other"], check=True)
    words = shlex.split(os.environ[COMMAND])
    key, public = Path(words[words.index("-i") + 1]).read_bytes(), (folder / "other.pub").read_text(encoding="utf-8")
    for name, content in (("open", key), ("cut", key[:200])):
        write(folder / name, content)
        (folder / name).chmod(0o644 if name == "open" else 0o600)
    write(folder / "changed", f"[{place.hostname}]:{place.port} {public}".encode())
    strict = "" if "UserKnown" in options else "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null"
    monkeypatch.setenv(COMMAND, f"ssh -F none -o IdentitiesOnly=yes {strict} {options.format(folder=folder)}")

    told = said.format(port=place.port, login=f"{place.username}@{place.hostname}")
    with pytest.raises(PlaceFault, match=re.escape(told)):
        place_at(over_ssh.address).look()


@pytest.mark.parametrize("place", [".", "..", "output", "content/files"], ids=["项目", "包着项目", "公开版", "附件"])
def test_a_folder_in_or_around_the_project_is_refused(tmp_path: Path, place: str) -> None:
    project = tmp_path / "paper"
    (project / "output").mkdir(parents=True)
    (project / "content/files").mkdir(parents=True)
    (tmp_path / "paper-online").mkdir()
    with pytest.raises(PlaceFault, match="项目以外的文件夹"):
        FolderPlace(f"folder:{project / place}").stay_out_of(project)
    FolderPlace(f"folder:{tmp_path / 'paper-online'}").stay_out_of(project)


@pytest.mark.parametrize("stranger", ["index.html/mine", "issues"], ids=["网页的名字是文件夹", "文件夹的名字是文件"])
def test_what_is_in_the_way_is_told_before_readers_see_anything(in_folder: TinySite, stranger: str) -> None:
    write(in_folder.seen / stranger, b"mine")
    with pytest.raises(PlaceFault, match="挡着要放的"):
        in_folder.publish()
    assert in_folder.online() == {stranger: b"mine"}
    assert in_folder.ledger == ""
    os.remove(in_folder.seen / stranger)
    if stranger != "issues":
        (in_folder.seen / "index.html").rmdir()
    in_folder.publish()
    assert in_folder.online() == in_folder.built()


def test_what_a_disk_has_made_of_a_folders_state_is_no_traceback(in_folder: TinySite) -> None:
    in_folder.publish()
    in_folder.edit("乙")
    write(in_folder.seen / ".releases/current", b"\xff\xfe")
    in_folder.publish()
    assert in_folder.online().items() >= in_folder.built().items()
    shutil.rmtree(in_folder.seen / ".releases")
    write(in_folder.seen / ".releases", b"a file")
    with pytest.raises(PlaceFault, match="这里要是文件夹"):
        in_folder.publish(dry_run=True)


def test_going_back_names_what_was_withdrawn_and_is_seen_again(in_folder: TinySite) -> None:
    in_folder.publish()
    write(in_folder.site.output / "issues/1/a/index.html", b'<dl class="withdrawal">')
    in_folder.publish()
    assert f"撤下过、又登出来 1 页：\n  {ADDRESS}/issues/1/a/" in in_folder.roll_back()


def test_a_file_of_the_site_that_cannot_be_read_is_told(in_folder: TinySite) -> None:
    (in_folder.site.output / "lost.png").symlink_to("nowhere")
    with pytest.raises(Halt, match=re.escape("读不了 output/lost.png")):
        in_folder.publish()


def test_a_project_that_is_not_as_it_should_be_is_told(tmp_path: Path) -> None:
    settings = tmp_path / "publishconf.py"
    said = (
        f'PUBLIC = True\nSITEURL = "{ADDRESS}"\nCACHE_PATH = "{tmp_path.as_posix()}/.cache"\n'
        'VISIBILITY = "public"\nSECURITY_TXT = {}\n'
    )
    (tmp_path / "content").mkdir()
    settings.write_text(said, encoding="utf-8")
    with pytest.raises(PlaceFault, match="里写上 PUBLISH_TO"):
        PublicSite(tmp_path)
    settings.write_text(f'{said}PUBLISH_TO = "folder:{tmp_path.as_posix()}/content"\n', encoding="utf-8")
    with pytest.raises(PlaceFault, match="项目以外的文件夹"):
        PublicSite(tmp_path)
    online = tmp_path.with_name(f"{tmp_path.name}-online")
    online.mkdir()
    settings.write_text(f'{said}PUBLISH_TO = "folder:{online.as_posix()}"\n', encoding="utf-8")
    write(tmp_path / ".cache", b"a file")
    with pytest.raises(Halt, match="这里要放文件夹，不是文件"):
        PublicSite(tmp_path).publish(How())
