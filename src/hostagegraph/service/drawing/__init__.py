"""What the data tell, in shapes: where marks and lines stand."""
