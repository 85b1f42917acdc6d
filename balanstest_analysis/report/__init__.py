"""The report as a run: notebook, exporters, spreadsheets, bundle and quarter.

The only wing with papermill, nbconvert, Typst and processes. It stays empty here, so that
nbconvert's entry points load the exporters alone.
"""
