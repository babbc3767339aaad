"""Fits the classifier of problems (``recours.reading.problem_words``) and writes it into the package."""
