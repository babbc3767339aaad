"""A mail as it looked: its HTML made pages, without a browser and without any fetch.

Comes in: the HTML part of a mail and the pictures that the mail itself carries.  Goes out: a frozen tree of blocks
(``types``), and from it the plain data that ``typst/mail.typ`` sets.
Never: runs a script, fetches anything, loses a word to a style, lets words of a mail be read as markup.
Read first: types.py, parse.py, styled.py, walk.py, data.py.
"""
