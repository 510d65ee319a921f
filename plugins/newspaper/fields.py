"""The keys that an editor may write, each with its Chinese names."""

FRONT_MATTER: dict[str, tuple[str, ...]] = {
    "issue": ("期号",),
    "total_issue": ("总期号",),
    "date": ("日期",),
    "lunar_date": ("农历",),
    "approval_code": ("准印证号",),
    "status": ("状态",),
    "accepted": ("已核",),
    "name": ("报名",),
    "sponsor": ("主管主办",),
    "publisher": ("编辑出版",),
    "approving_body": ("批准单位",),
    "notice": ("声明",),
    "distribution": ("发送对象",),
    "printer": ("印刷单位",),
    "print_run": ("印数",),
}
"""Keys of an issue's front matter (文首信息). A new key is its line here; a template shows it."""

REQUIRED = ("issue", "total_issue", "date", "lunar_date", "approval_code")
MASTHEAD = ("name", "sponsor", "publisher", "approving_body", "notice", "distribution", "printer", "print_run")

PLACED = {*REQUIRED, *MASTHEAD, "status", "accepted"}
"""Keys that have a place of their own in the model; an issue's pages find each other one as `front_matter.key`."""

STORY: dict[str, tuple[str, ...]] = {
    "slug": ("短名",),
    "topics": ("专题",),
    "byline": ("署名", "记者"),
    "kicker": ("引题", "肩题"),
    "deck": ("副题",),
    "dateline": ("电头",),
    "aliases": ("旧址",),
    "audio": ("录音",),
    "status": ("状态",),
    "correction": ("更正",),
    "accepted": ("已核",),
}
"""Fields of a story, written under its headline."""

REPEATED = ("correction",)
"""Fields that a story may have several times."""


TOPIC: dict[str, tuple[str, ...]] = {
    "name": ("名称",),
    "slug": ("短名",),
    "description": ("说明",),
}
"""What topics.yaml says of a topic."""


def english_key(word: str, table: dict[str, tuple[str, ...]]) -> str | None:
    """The key of the table that `word` names, in English or Chinese; None if none."""
    if word in table:
        return word
    return next((key for key, twins in table.items() if word in twins), None)


def known_words(table: dict[str, tuple[str, ...]]) -> list[str]:
    """Every word that the table takes, for the nearest-word hint."""
    return [word for key, twins in table.items() for word in (key, *twins)]
