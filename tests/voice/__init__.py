"""Stories are read aloud."""
