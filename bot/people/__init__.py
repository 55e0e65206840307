"""People who agreed to be known: how they are enrolled, found in photos, and forgotten."""
