"""People who agreed to be known, on the embedded engine."""
