"""All that is looked at, in order: `invoke doctor`."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from plugins.doctor.certificate import certificate_findings
from plugins.doctor.desk import desk_findings
from plugins.doctor.finding import Finding, doubtful, good, wrong
from plugins.doctor.links import Written, link_findings
from plugins.doctor.place import look_at_place
from plugins.doctor.server import server_findings
from plugins.newspaper.checking import checked
from plugins.newspaper.checking.ledger import LEDGER, read_ledger
from plugins.newspaper.flow import read_and_check
from plugins.newspaper.gathering.cache import Cache
from plugins.newspaper.gathering.issues import Issues
from plugins.newspaper.gathering.library import begin_reading
from plugins.newspaper.gathering.pages import other_pages
from plugins.newspaper.making.search.postings import postings_of
from plugins.newspaper.model import Masthead
from plugins.newspaper.problems import Halt
from plugins.newspaper.workers import Workers
from plugins.public_site import SETTINGS, public_settings
from plugins.strict_pelican import check_places


def examine(root: Path, *, links: bool = False) -> Iterator[Finding]:
    """Every finding, as soon as it is known."""
    try:
        settings = public_settings(root)
    except Halt as fault:
        yield wrong("设置", str(fault))
        return
    site = settings["SITEURL"].strip().rstrip("/")
    ready = True
    try:
        check_places(settings)
        yield good("设置", f"{SETTINGS} 读得懂，网址是 {site}")
    except Halt as fault:
        ready = False
        yield wrong("设置", str(fault))
    if ready:
        yield from _report_address(settings["SECURITY_TXT"])
    yield from desk_findings(root, Path(settings["THEME"]))
    if ready:
        yield from _online(root, settings, site)
    if links:
        yield from link_findings(_links(root, settings), site)


def _report_address(told: Mapping[str, str]) -> Iterator[Finding]:
    """Until when security.txt is good."""
    if told.get("contact") and (ends := date.fromisoformat(told["expires"])) <= date.today():
        yield doubtful(
            "漏洞报告地址", f"SECURITY_TXT 的 expires（{ends}）过了；核对地址，改成一年以内的日期，再 invoke publish"
        )


def _online(root: Path, settings: dict[str, Any], site: str) -> Iterator[Finding]:
    try:
        text = (root / "content" / LEDGER).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError):
        yield wrong("台账", f"content/{LEDGER} 读不了；请从 git 拿回来（git checkout content/{LEDGER}）")
        text = ""
    ledger = list(read_ledger(text))
    seen = look_at_place(settings.get("PUBLISH_TO", ""), dict.fromkeys(ledger), f"content/{LEDGER}")
    yield from seen.findings
    if not ledger and not seen.release:
        yield doubtful("网站", "还没有发布过，没有去看；invoke publish 以后再来")
        return
    yield from certificate_findings(site)
    own_server = str(settings.get("PUBLISH_TO", "")).startswith(("ssh:", "folder:"))
    yield from server_findings(site, ledger, seen.release, settings["VISIBILITY"], own_server=own_server)


def _links(root: Path, settings: dict[str, Any]) -> Iterator[Written]:
    """Every link of issues and pages that leads out into the world."""
    issues = Issues(root / "content", Cache(), checked, postings_of)
    archive, _ = read_and_check(begin_reading(issues, Workers()), Masthead(**settings["MASTHEAD"]), date.today())
    for entry in archive.entries:
        yield from (Written(entry.source, line, address) for kind, address, line in entry.links if kind == "world")
    for page in other_pages(root / "content", issues, []):
        yield from (Written(page.source, line, address) for kind, address, line in page.links if kind == "world")
