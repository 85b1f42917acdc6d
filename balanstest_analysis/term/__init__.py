"""From fitted outcomes to margins, to criteria, to the proposed term, and to other choices."""
