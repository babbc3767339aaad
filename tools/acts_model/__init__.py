"""Fits the classifier of acts (``recours.reading.acts.classifier``) and writes it into the package."""
