"""The HTTP service over a published snapshot."""
