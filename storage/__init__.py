"""What Spotter remembers. The only room that knows SQLAlchemy."""
