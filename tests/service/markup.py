"""Markup in, its words out, as somebody reads them."""

import html
import re


def words(markup: str) -> str:
    """Take the tags out; those that only set a text apart leave no gap."""
    joined = re.sub(r"</?bdi[^>]*>", "", markup)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", joined))).strip()
