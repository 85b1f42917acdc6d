"""Studies of the method that take longer than a test: scripts, and the tables they gave."""
