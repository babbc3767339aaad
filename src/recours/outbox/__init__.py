"""Comes in: papers that a person sends, and the plan's dates.

Goes out: the calendar file (.ics) and, from a person's word, proofs of sending.

Never: sends anything by itself.

Read first: calendar.py.
"""
