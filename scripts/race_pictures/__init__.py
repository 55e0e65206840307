"""Draws race pictures with invented people, for `make_examples.py`."""
