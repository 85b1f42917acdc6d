"""Word files: what every one of ours is made of, and how one of somebody else is opened."""
