"""Where a sentence ends: the quotation of an act is a whole sentence of its author and of nobody else."""

from __future__ import annotations

import pytest

from recours.reading.acts.sentences import sentences
from recours.reading.types import Span


def told(text: str) -> list[str]:
    whole = [Span(start=0, end=len(text), kind="authored")]
    return [text[s.start : s.end] for s in sentences(text, whole)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # old bug: a demand gave the shopper's "it's 24 kilos" as the shop's answer
            "(13:10) Tayla: freight there is on you, about $65. That's in our returns terms\n(13:12) You: it's 24 kilos.",
            ["(13:10) Tayla: freight there is on you, about $65.", "That's in our returns terms", "(13:12) You: it's 24 kilos."],
        ),
        (
            "Agent: il faudrait voir avec le fabricant, nous on les vend\nMoi: je l'ai acheté chez vous\nAgent: je comprends",
            [
                "Agent: il faudrait voir avec le fabricant, nous on les vend",
                "Moi: je l'ai acheté chez vous",
                "Agent: je comprends",
            ],
        ),
        (  # one such line is a line of a letter that its program wrapped
            "We looked at the pictures again and at what the delivery driver\nnoted: the box was whole.",
            ["We looked at the pictures again and at what the delivery driver\nnoted: the box was whole."],
        ),
    ],
)  # fmt: skip
def test_a_line_of_a_copied_conversation_is_its_own(text: str, expected: list[str]) -> None:
    assert told(text) == expected
