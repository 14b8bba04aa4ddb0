"""Imported by the process that workers are forked from: what is loaded here is shared by all of them."""

from __future__ import annotations

import gc

from attrlint import engine
from attrlint.server import worker as worker
from attrlint.text import Document

engine.load().lint(Document("The offensive has stalled, analysts note."))
# A collection would touch, and so copy, the pages that the workers share.
gc.freeze()
