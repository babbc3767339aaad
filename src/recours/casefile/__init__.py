"""Comes in: what was read, and what a person stated or corrected.

Goes out: one ``CaseFile``: facts with sources, events in order, measures of the exchange, problems.

Never: keeps anything of its own (it is a fold of the journal), decides rights, invents a value.

Read first: types.py, then from_reading.py and fold.py.
"""
