"""The use cases: the only code that joins rooms and store.  Faces (cli, later web) call these and nothing else.

Read first: open_case.py, then show.py.
"""
