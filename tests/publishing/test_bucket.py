"""A bucket, and rclone: what every place does, and what comes of a fault at any request."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from plugins.publishing.object_headers import headers_of
from plugins.publishing.place import Overtaken, PlaceFault
from plugins.publishing.places import place_at
from tests.publishing import bucket_server, test_publishing
from tests.publishing.bad_days import killed, left_over, pages_are_whole
from tests.publishing.bucket_server import CUT, LOST, SECRET, SINGLE, Buckets
from tests.publishing.tiny import TinySite, write


@pytest.mark.parametrize(
    "does",
    [
        test_publishing.test_a_dry_run_says_all_and_changes_nothing,
        test_publishing.test_an_edit_sends_what_changed_and_names_it,
        test_publishing.test_names_that_a_shell_would_take_for_something_else_arrive,
        test_publishing.test_a_ledger_that_was_not_written_is_entered_from_what_is_online,
    ],
    ids=lambda does: does.__name__.removeprefix("test_"),
)
def test_a_bucket_does_what_every_place_does(in_bucket: TinySite, does: Callable[[TinySite], None]) -> None:
    does(in_bucket)


def test_the_last_releases_are_kept_and_come_back(in_bucket: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.publishing.bucket.KEPT", 2)
    seen = []
    for edition in "甲乙丙":
        in_bucket.edit(edition)
        in_bucket.publish()
        seen.append(in_bucket.online())
    assert [int(name[:5]) for name in in_bucket.place.look().names] == [2, 3]
    kept = {path.name for path in (in_bucket.folder / "srv/keep/files").iterdir()}
    assert kept == {sha256(content).hexdigest() for files in seen[1:] for content in files.values()}

    assert "已经退回到 00002" in in_bucket.roll_back()
    assert in_bucket.online() == seen[1]
    write(in_bucket.seen / "issues/1/index.html", in_bucket.online()["issues/1/index.html"].replace(b"html", b"HTML"))
    in_bucket.edit("乙")
    assert "什么也不用传" in in_bucket.publish()
    in_bucket.publish(anew=True)
    assert in_bucket.online() == seen[1]

    for path in (in_bucket.folder / "srv/keep/files").iterdir():
        path.unlink()
    with pytest.raises(PlaceFault, match=r"退不回 00003-.*：它的 7 个文件已经不在留底的桶里.*；线上没有动"):
        in_bucket.roll_back("3")
    assert in_bucket.online() == seen[1]


def test_what_is_new_comes_before_what_leads_to_it_and_what_goes_goes_last(
    in_bucket: TinySite, buckets: Buckets
) -> None:
    in_bucket.publish()
    in_bucket.edit("乙", extra=1)
    buckets.fail()
    in_bucket.publish()

    done = [(verb, path) for verb, path in buckets.asked if verb in ("PUT", "DELETE") and path.startswith("site/")]
    kinds = ["images" if "images" in path else path.removeprefix("site/") for _, path in done]
    assert kinds[:3] == ["images", "issues/2/index.html", "feed.xml"]
    assert [verb for verb, _ in done] == ["PUT"] * 8 + ["DELETE"]
    assert kinds[-1] == "images"


def test_headers_are_right_from_the_first_upload(in_bucket: TinySite, buckets: Buckets) -> None:
    in_bucket.publish()
    sent = {path.removeprefix("site/"): headers for path, headers in buckets.headers.items()}
    assert {path: sent[path] for path in in_bucket.online()} == {path: headers_of(path) for path in in_bucket.online()}


@pytest.mark.parametrize(
    ("path", "kind", "is_kept"),
    [
        ("issues/255/index.html", "text/html; charset=utf-8", False),
        ("feed.xml", "text/xml; charset=utf-8", False),
        ("issues/255/issue.json", "application/json; charset=utf-8", False),
        ("robots.txt", "text/plain; charset=utf-8", False),
        ("favicon.ico", "image/x-icon", False),
        ("images/0255/3f2a9c81d07b-720.webp", "image/webp", True),
        ("files/0255/3f2a9c81d07b.pdf", "application/pdf", True),
        ("theme/reader-3f2a9c81.js", "text/javascript; charset=utf-8", True),
        ("issues/255/a-3f2a9c81d07b/index.html", "text/html; charset=utf-8", False),
        ("what.unknown", "application/octet-stream", False),
    ],
)
def test_a_file_is_sent_with_its_type_and_how_long_it_stays(path: str, kind: str, is_kept: bool) -> None:
    cache = "public, max-age=31536000, immutable" if is_kept else "no-cache"
    assert headers_of(path) == {"Content-Type": kind, "Cache-Control": cache}


@pytest.mark.parametrize(("fault", "moments"), [(CUT, 4), (LOST, 2), (SINGLE, 1)], ids=["断了", "回答丢了", "一次出错"])
def test_a_fault_at_any_request_leaves_whole_pages_and_the_next_publish_mends(
    in_bucket: TinySite, buckets: Buckets, fault: str, moments: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.publishing.rclone.RETRIES", 2)
    faulty(in_bucket, buckets, fault, moments)


def faulty(tiny: TinySite, buckets: Buckets, fault: str, moments: int) -> None:
    """Publish with a fault at so many of the requests, or at all of them."""
    tiny.publish()
    tiny.edit("1")
    buckets.fail()
    tiny.publish()
    requests = len(buckets.asked)
    for moment in range(max(2, requests // (2 * moments)), requests + 1, max(1, requests // moments)):
        old = tiny.online()
        tiny.edit(str(moment), extra=moment % 3)
        tiny.lines.append(f"/issues/{moment}/")
        buckets.fail(fault, moment)
        try:
            tiny.publish()
            told = ""
        except PlaceFault as fault_told:
            told = str(fault_told)
        assert bool(told) == (fault == CUT and moment <= len(buckets.asked)) or fault != CUT, moment
        assert SECRET not in told
        pages_are_whole(tiny.online(), old, tiny.built())
        buckets.fail()
        tiny.publish()
        assert tiny.online() == tiny.built()
        assert f"\n/issues/{moment}/\n" in tiny.ledger
    assert left_over(tiny) == []


def test_a_publish_killed_at_any_moment_leaves_whole_pages_and_the_next_mends_it(in_bucket: TinySite) -> None:
    killed(in_bucket, 3)


def test_another_desk_finishes_what_a_killed_publisher_began(
    in_bucket: TinySite, buckets: Buckets, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_bucket.publish()
    in_bucket.edit("乙")
    new = in_bucket.built()
    place: Any = in_bucket.place
    monkeypatch.setattr(place, "_put", dies)
    with pytest.raises(SystemExit):
        in_bucket.publish()
    monkeypatch.undo()
    for name, value in bucket_server.remote(buckets).items():
        monkeypatch.setenv(name, value)

    for module in ("publish", "claim"):
        monkeypatch.setattr(f"plugins.publishing.{module}.publisher", lambda: "张三@编辑部")
    with place_at(in_bucket.address).held():
        assert in_bucket.online() == new


def dies(*_of: object) -> None:
    raise SystemExit


def test_who_publishes_at_the_same_time_is_told_and_a_claim_of_long_ago_is_put_away(
    in_bucket: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.setattr("plugins.publishing.claim.PATIENCE", 0)
    claim = in_bucket.folder / "srv/keep/claims/1"
    write(claim, "张三@编辑部".encode())
    with pytest.raises(Overtaken, match="张三@编辑部 正在往这里发布，你的没有上网"):
        in_bucket.publish()
    assert in_bucket.online() == {}
    assert [path.name for path in claim.parent.iterdir()] == ["1"]
    os.utime(claim, (0, 0))
    in_bucket.publish()
    assert in_bucket.online() == in_bucket.built()
    assert left_over(in_bucket) == []


def test_who_comes_second_is_told_who_was_first(in_bucket: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    in_bucket.publish()
    other = place_at(in_bucket.address)

    def others_come_first(online: str) -> str:
        with monkeypatch.context() as patch:
            patch.setattr("plugins.publishing.publish.publisher", lambda: "张三@编辑部")
            patch.setattr("plugins.publishing.claim.publisher", lambda: "张三@编辑部")
            patch.setattr(in_bucket, "build", lambda online: "/")
            patch.setattr(in_bucket, "place", other)
            in_bucket.edit("乙")
            in_bucket.publish()
        in_bucket.edit("丙")
        return "/"

    in_bucket.build = others_come_first  # type: ignore[method-assign]
    with pytest.raises(Overtaken, match="刚才 张三@编辑部 发布了 00002"):
        in_bucket.publish()
    assert "乙".encode() in in_bucket.online()["index.html"]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (("InvalidAccessKeyId", 403), "不认这把钥匙：核对 rclone 里“test”的 access_key_id"),
        (("SignatureDoesNotMatch", 403), "说钥匙不对"),
        (("AccessDenied", 403), "没有读写“keep”的权限"),
        (("RequestTimeTooSkewed", 403), "本机的时钟不准"),
        (("NoSuchBucket", 404), "没有“keep”这个桶"),
        (("QuotaExceeded", 403), "配额满了"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_the_bucket_refuses_is_told(
    in_bucket: TinySite, buckets: Buckets, refusal: tuple[str, int], said: str
) -> None:
    buckets.fail(refusal=refusal)
    with pytest.raises(PlaceFault, match=re.escape(said)) as fault:
        in_bucket.publish()
    assert SECRET not in str(fault.value)
    assert "Signature=" not in str(fault.value)


def test_what_is_missing_on_the_desk_is_told(in_bucket: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PlaceFault, match="rclone 里没有叫“other”的设置：先运行 rclone config"):
        place_at("bucket:other:site,keep").look()
    with pytest.raises(PlaceFault, match="没有“gone”这个桶"):
        place_at("bucket:test:site,gone").look()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PlaceFault, match="没有找到 rclone。Windows：winget install Rclone"):
        place_at(in_bucket.address)
