"""Comes in: Items.

Goes out: Messages with spans (who wrote what), acts and findings, each with its exact words.

Never: decides what is true, drops text, fetches anything, runs anything found in a mail.

Read first: types.py, mime.py, dispute.py, quotes/, then settle.py.
"""
