"""Who wrote which words of a message.

Comes in: a Message, and the earlier messages of the dispute.  Goes out: spans that follow each other without
gap and together are the whole text, and the new text: what the author typed in this message.
Never: a word lost; in doubt it is the author's.  Read first: languages/en.yaml, then spans.py.
"""

from recours.reading.quotes.spans import new_text, spans

__all__ = ["new_text", "spans"]
