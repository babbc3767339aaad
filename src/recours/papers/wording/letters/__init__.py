"""Wording of the letters beyond the demand, the cancellation and the request to the issuer; one table a language."""
