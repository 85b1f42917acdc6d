"""Commands for whoever works on this project: set-up, pictures, and the reference."""
