"""Who says so: a knowledge graph of attributed claims about contested negotiations."""

__version__ = "0.1.0"
