"""The method on one page, what a notebook shows of it, and the explorer.

It takes a dossier through `history`, `statistics` and `term`, has `disclosure` publish the
result, and shows nothing that was not published. The only wing with widgets.
"""
