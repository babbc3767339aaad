"""What the new text of a message does: complain, ask, refuse, offer, promise ...

Comes in: a message, its spans, who sent it.  Goes out: ``Act`` values with the exact words.
Never: reads quoted text, guesses without words.  Read first: find.py, then tables/complain.yaml.
"""

from recours.reading.acts.find import acts_of

__all__ = ["acts_of"]
