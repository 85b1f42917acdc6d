"""What the report says and draws: conclusions, tables, figures and chapters, in Dutch.

It reads a `PublishedResult` and a dossier, and nothing exact. The only wing with matplotlib.
"""
