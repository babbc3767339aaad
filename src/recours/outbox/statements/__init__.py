"""Comes in: a statement as the bank exports it (OFX, QIF, CSV), and what is known of the purchase.

Goes out: its lines, each with its place in the file, and those that may be the purchase or money that came back.

Never: keeps anything; guesses the order of day and month, a sign, or a currency that the file does not say.

Read first: types.py, read.py, match.py.
"""
