"""What officials write: reports, reasons, answers, from texts.json."""

import json
import re
from pathlib import Path

TEXTS = Path(__file__).parent.parent / "texts.json"


class Words:
    """Texts chosen by chance; the same text does not come twice in a row.

    `names`: how the place calls its body, leader and office, for {body} and so on.
    """

    def __init__(self, chance, names):
        self.chance = chance
        self.names = names
        self.texts = json.loads(TEXTS.read_text(encoding="utf-8"))
        self.before = None

    def pick(self, key, part=None, **values):
        """A text of the group `key` (its `part`), with the values filled in."""
        texts = self.texts[key]
        if part is not None:
            texts = texts[part]
        text = self._choose(texts) if isinstance(texts, list) else texts
        return text.format(**{**self.names, **values})

    def about(self, key, task, **values):
        """A text of `key` that fits what the task is about, or an ordinary one.

        The groups of `key` say in a pattern what they are about, and for which
        products; the last one has ordinary texts for each product.
        """
        *groups, ordinary = self.texts[key]
        fitting = [
            text
            for group in groups
            if task["product"] in group["products"]
            and re.search(group["about"], task["content"])
            for text in group["texts"]
        ]
        if not fitting or self.chance.random() < 0.4:
            fitting = ordinary["texts"][task["product"]]
        return self._choose(fitting).format(**{**self.names, **values})

    def _choose(self, texts):
        """One of the texts, not the one that came before if there is another."""
        texts = [text for text in texts if text != self.before] or texts
        self.before = self.chance.choice(texts)
        return self.before
