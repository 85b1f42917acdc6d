"""Files as people have them: text, workbooks, and what stands above their columns."""
