"""From the exact result to what may be published: the one place where counts are hidden.

It takes exact records and returns a `PublishedResult`. It opens no file and knows no engine.
"""
