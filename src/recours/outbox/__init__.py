"""Comes in: a case with its plan; papers that a person sent; statements that a person points at.

Goes out: the day's lines, the calendar file (.ics), offers with their traps and draft answers, lines of a statement
that may be the case's money, pages for any browser.

Never: sends anything by itself; keeps anything; advises to withdraw a dispute before all the money is there.

Read first: today.py, offers.py, statements/types.py, pages.py.
"""
