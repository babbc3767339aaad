"""Comes in: facts (name -> value), the day of the contract, the day on which the case is looked at, and packs.

Goes out: a ``Decision``: rights, deadlines, steps, questions, each with its proof and its source.

Never: knows a country (that is data in packs/), treats unknown as no, reads a clock.

Read first: types.py, truth.py, expression.py, evaluate.py, deadlines.py.
"""
