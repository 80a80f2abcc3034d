"""What a reader finds in a page or a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pypdf

NOT_SHOWN = ("style", "title")
ZERO_WIDTH_SPACE = "\u200b"  # where the PDF may break a long word


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser calls it so
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open.pop() != tag:  # what needs no end, such as <meta>
            pass

    def handle_data(self, data: str) -> None:
        if not set(self._open) & set(NOT_SHOWN):
            self.pieces.append(data)


def text_of_page(html: str) -> str:
    """The words of a page, a space between them."""
    parser = _Text()
    parser.feed(html)
    return _words(" ".join(parser.pieces))


def text_of_pdf(pdf: bytes) -> str:
    """The words of a PDF, a space between them."""
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    return _words(" ".join(page.extract_text() for page in pages))


def texts_in(document: Any) -> Iterator[str]:
    """Every text in an invoice's document that is to be read."""
    match document:
        case str():
            yield from filter(None, [_words(document)])
        case dict():
            for key, value in document.items():
                if key not in ("issued_on", "is_main"):
                    yield from texts_in(value)
        case list():
            for value in document:
                yield from texts_in(value)


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(ZERO_WIDTH_SPACE, "")).strip()
