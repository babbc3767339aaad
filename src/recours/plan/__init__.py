"""Comes in: the CaseFile and the law's Decision.

Goes out: the ladder of ``Step`` values, dated and in order, unilateral ones first.

Never: adds a right of its own, hides a cost, proposes what a condition forbids.

Read first: types.py, then ladder.py.
"""
