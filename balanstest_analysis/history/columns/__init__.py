"""What the columns of a table are, in every notation in which they come."""
