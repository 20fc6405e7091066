"""Saved queries asked by readers: values, results, receipts, citations, feeds."""
