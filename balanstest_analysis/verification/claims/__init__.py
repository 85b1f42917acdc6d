"""An independent reader of reports: every sentence, cell and figure held against the result.

It knows the text of a report and `resultaat.json`, and nothing of the code that wrote them.
"""
