"""A site is put online whole, changed, taken back; at each kind of place."""

import pytest

from plugins.publishing.place import KEPT, Overtaken, PlaceFault
from tests.publishing.bad_days import killed, published_under_readers
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


def test_only_the_last_releases_are_kept_and_each_can_come_back(tiny: TinySite) -> None:
    for number in range(KEPT + 3):
        tiny.edit(str(number))
        tiny.publish()
    names = tiny.place.look().names
    assert [int(name[:5]) for name in names] == list(range(4, KEPT + 4))
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


def test_who_comes_second_is_told_who_was_first(tiny: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.publish()
    first = tiny.place

    def others_come_first(online: str) -> str:
        monkeypatch.setattr("plugins.publishing.publish.publisher", lambda: "张三@编辑部")
        monkeypatch.setattr("plugins.publishing.folder.publisher", lambda: "张三@编辑部")
        tiny.build = lambda _: "\n".join(tiny.lines)  # type: ignore[method-assign]
        tiny.edit("乙")
        tiny.publish()
        monkeypatch.undo()
        tiny.edit("丙")
        return "\n".join(tiny.lines)

    tiny.build = others_come_first  # type: ignore[method-assign]
    if tiny.address.startswith("folder:"):
        with first.held(), pytest.raises(Overtaken, match="正在往这里发布"):
            tiny.publish()
        return
    with pytest.raises(Overtaken, match="刚才 张三@编辑部 发布了 00002"):
        tiny.publish()
    assert b"\xe4\xb9\x99" in tiny.online()["index.html"]


def test_a_publish_killed_at_any_moment_leaves_a_whole_site_and_the_next_mends_it(tiny: TinySite) -> None:
    killed(tiny, 15)


def test_readers_read_whole_pages_all_the_while(tiny: TinySite) -> None:
    assert published_under_readers(tiny, 20, 2) > 100
