"""What is asked: the dossier, its criteria, and the rules of law and code as data.

It reads TOML, and the logo that it names; nothing else.
"""
