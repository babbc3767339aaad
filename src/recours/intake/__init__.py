"""Comes in: files and folders as a person has them (mbox, eml, notes of calls, photos, PDFs, saved web pages, chats).

Goes out: ``Item`` values, each with its bytes' SHA-256, its place in its source and a status.

Never: changes a source, drops a part, decides what belongs to the dispute.

Read first: types.py, then custody.py.
"""
