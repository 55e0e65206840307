"""Tests of Spotter: real parts, and fakes only at ports."""
