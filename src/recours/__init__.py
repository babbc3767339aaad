"""Recours: from a shopper's mailbox to the case that gets the money back.

The rooms, in the order a case walks through them (data flows one way):

    intake    bytes kept for ever, hashed                  -> Item
    reading   who wrote what, findings with quotations     -> Message, Finding, Act
    casefile  the dispute: facts, events, measures         -> CaseFile
    law       rules of the packs, three-valued             -> Decision
    plan      the ladder of steps, dated                   -> Step
    papers    JSON model -> Typst -> PDF -> bundle         -> Paper
    outbox    a person sends; proof of sending, dates      -> Dispatch

``store`` keeps the journal and the originals, ``app`` joins the rooms, ``cli`` is a face.
"""

__version__ = "0.1.0"
