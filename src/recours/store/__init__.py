"""Comes in: journal entries and bytes.

Goes out: the same, in order, proved by hashes.

Never: overwrites or deletes an entry; knows what an entry means; holds SQL anywhere else.

Read first: journal.py, then sqlite.py.
"""
