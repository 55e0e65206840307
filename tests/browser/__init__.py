"""The workspace in a real, headless Chromium."""
