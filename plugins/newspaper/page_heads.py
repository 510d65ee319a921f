"""The head of a page that is not news, `Key: value` lines down to the first empty one, and its body."""


def split_page(text: str) -> tuple[str, str, int]:
    """Head, body, and how many lines stand before the body."""
    head, gap, body = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").partition("\n\n")
    return head, body, head.count("\n") + len(gap)


def read_head(head: str) -> dict[str, str]:
    """The values of a page's head, by key in small letters."""
    pairs = (line.partition(":") for line in head.splitlines())
    return {key.strip().lower(): value.strip() for key, _, value in pairs}
