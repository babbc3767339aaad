"""Comes in: the CaseFile, the Decision, the plan's Step, and the exhibits' bytes.

Goes out: ``Paper`` values (PDF bytes and the JSON model they were set from) and the bound bundle, proved.

Never: writes a sentence that no fact or proof carries, cites an article outside the proof, fetches anything,
lets a template decide.

Read first: types.py, exhibits.py, models/, then bundle.py.
"""
