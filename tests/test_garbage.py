"""What is made for one article goes with it, and the collector of garbage is left as it was found."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from attrlint import Document, engine
from attrlint.garbage import kept_waiting

ARTICLE = "The plan is dead, officials said. “It is over,” said Jane Roe, a nurse. The nurse added that she was glad."


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    yield
    gc.enable()


def test_an_article_leaves_nothing_to_collect() -> None:
    linter = engine.load()
    linter.lint(Document(ARTICLE))
    gc.collect()
    gc.disable()
    assert linter.lint(Document(ARTICLE)).findings
    assert gc.collect() == 0


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_waits_and_is_left_as_it_was(collecting: bool) -> None:
    (gc.enable if collecting else gc.disable)()
    with kept_waiting():
        assert not gc.isenabled()
    assert gc.isenabled() == collecting


def test_the_collector_goes_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), kept_waiting():
        raise ValueError("broken")
    assert gc.isenabled()
