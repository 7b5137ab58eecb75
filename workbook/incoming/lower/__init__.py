"""Quota books of lower committees, read for their numbers."""
