"""What `invoke doctor` says of each kind of place."""

from plugins.doctor.place import look_at_place
from plugins.newspaper.checking.ledger import read_ledger
from tests.publishing.tiny import TinySite


def test_the_place_says_what_is_online_and_what_the_ledger_lacks(tiny: TinySite) -> None:
    def said() -> list[str]:
        ledger = read_ledger(tiny.ledger)
        return list(map(str, look_at_place(tiny.address, ledger, "content/permalinks.tsv").findings))

    assert said()[0] == "[注意] 发布的地方：连得上，还没有发布过；invoke publish 发布第一次"
    tiny.publish()
    first, disk, ledger = said()
    assert first.startswith("[好] 发布的地方：连得上，线上是 00001-")
    assert disk.startswith("[好] 发布处的磁盘：还有 ")
    assert ledger == "[好] 台账：3 个地址，线上都有"

    (tiny.site.content / "permalinks.tsv").write_text("/\n/issues/1/\n/issues/7/\n", encoding="utf-8")
    assert said()[2:] == [
        "[错] 台账：/issues/7/ 在台账里，线上却没有；invoke publish 补上，它会说出原因",
        "[注意] 台账：线上有 1 个地址不在 content/permalinks.tsv 里；先 git pull，没有的话 invoke publish 会补上",
    ]

    for manifest in tiny.folder.glob("srv/*releases/0*.json"):
        manifest.unlink()
    assert "的清单没有了，不知道有哪些文件；invoke publish 会全部重传" in said()[0]


def test_a_place_that_is_empty_though_the_ledger_is_not_is_the_wrong_one(tiny: TinySite) -> None:
    [found, _] = look_at_place(tiny.address, {"": None, "issues/1/": None}, "content/permalinks.tsv").findings
    assert str(found).startswith(
        "[错] 发布的地方：连得上，里面什么也没有，台账里却有 2 个已经上网的地址；PUBLISH_TO 写对了没有"
    )
