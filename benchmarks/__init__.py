"""What we promise, in figures."""
