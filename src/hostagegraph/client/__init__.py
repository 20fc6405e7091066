"""A client for the service: saved queries as typed frames, each row with who says so.

from hostagegraph.client import Graph

with Graph("http://localhost:8000") as graph:
    said = graph.q("statements-by-anonymous-officials", since="2024-02-01")
    said.sources()   # voices, outlet, passages of each row
    said.receipt     # which query on which data gave these bytes
"""

from hostagegraph.client.answers import Answer
from hostagegraph.client.failures import (
    Changed,
    GraphError,
    Incomplete,
    NotTold,
    PandasMissing,
    Refused,
    Unreachable,
)
from hostagegraph.client.graph import Graph

__all__ = [
    "Answer",
    "Changed",
    "Graph",
    "GraphError",
    "Incomplete",
    "NotTold",
    "PandasMissing",
    "Refused",
    "Unreachable",
]
