"""What the data tell, in words for people: names, days, voices, paths."""
