"""What can be typed at a terminal."""
