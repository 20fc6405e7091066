"""The text of queries, read without an engine: what they ask for, and what is wrong with them."""
