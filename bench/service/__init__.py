"""Side by side on the same data, in one run: this service and its peers."""
