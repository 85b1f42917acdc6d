"""What a published number is: `PublishedResult`, its parts, and their JSON.

It holds no rules, and reads nothing but `resultaat.json`.
"""
