"""The eyes."""
