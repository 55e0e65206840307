"""Tests of whole trips: real Bolt, real jobs, a real database, against the local workspace."""
