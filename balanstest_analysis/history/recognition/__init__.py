"""What an export is, by its columns and their content, and what may not be in it."""
