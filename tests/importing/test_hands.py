"""Issues set by many hands, imported: how many stories, headlines, bylines, captions and paragraphs are right.

`pytest -s tests/importing/test_hands.py` prints a line for each hand.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.importing import text_hands, web_hands, word_hands
from tests.importing.paper import imported
from tests.importing.score import row, score
from tests.importing.truth import File, issues, taken_apart

HANDS: dict[str, tuple[str, Callable[[File], str | bytes]]] = {
    **{f"文本 {name}": (".txt", hand) for name, hand in text_hands.HANDS.items()},
    **{f"Word {name}": (".docx", hand) for name, hand in word_hands.HANDS.items()},
    **{f"微信 {name}": (".html", hand) for name, hand in web_hands.HANDS.items()},
}


@pytest.mark.parametrize("hand", HANDS)
def test_a_hand_is_read_right(hand: str, tmp_path: Path) -> None:
    suffix, set_by = HANDS[hand]
    counts: Counter[str] = Counter()
    for name, truth in issues().items():
        # The import refuses what would lose or make up a character, so that all that are here have none.
        text = imported(tmp_path, set_by(truth), f"{name}{suffix}").text
        counts += score(truth, taken_apart(text), header="微信" not in hand)
    print(f"\n{hand}　{row(counts)}　漏字 0　添字 0")

    assert counts["拆开"] == counts["并在一起"] == 0
    for what in ("稿件", "标题行", "署名", "图注", "段落", "报头"):
        assert counts[what] >= 0.98 * counts[f"{what} 共"], row(counts)
