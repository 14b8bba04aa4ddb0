"""Elements of XML reports."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

# Signs that no XML document may hold. Surrogates, which paths can have, are escaped when they are written.
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def element(name: str, parent: Element | None = None, text: str = "", /, **attributes: object) -> Element:
    """Return a new element, put into its parent if it has one; signs that XML cannot hold become U+FFFD."""
    allowed = {key: _allowed(str(value)) for key, value in attributes.items()}
    made = Element(name, allowed) if parent is None else SubElement(parent, name, allowed)
    made.text = _allowed(text) or None
    return made


def written(root: Element) -> str:
    """Return an element as text that ends with a line break."""
    return tostring(root, encoding="unicode") + "\n"


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
