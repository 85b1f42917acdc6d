"""The ground floor of every document: blocks, their HTML and Typst, Dutch wording, fonts, files.

It knows nothing of a dossier, a history or a result.
"""
