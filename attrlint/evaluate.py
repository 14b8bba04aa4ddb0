"""Findings against an editor's marks: precision, recall, calibration, and every place where the two disagree."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from attrlint import readers
from attrlint.confidence import CONFIDENCES
from attrlint.errors import ReadError, UsageError
from attrlint.finding import Finding, Lint
from attrlint.readers import plain
from attrlint.report import counted
from attrlint.report.width import pad, shown, width
from attrlint.rule import Rule
from attrlint.text import Document

FAMILIES = ("identity", "hearsay", "anonymity")
"""The families about who is speaking: what the marks are about, unless others are asked for."""

FLAG, DEBATABLE = "FLAG", "DEBATABLE"

_LONGEST = 160
"""A finding of more code points points at nothing in particular and is left out."""

_CONTEXT = 60
"""How much text is shown on either side of a disagreement, in code points."""


class Mark(NamedTuple):
    """One place an editor marked: half-open, 0-based code points, FLAG or DEBATABLE, and a kind of the editor's own."""

    start: int
    end: int
    verdict: str
    kind: str


class Labelled(NamedTuple):
    """One article with its marks; `path` and `line` (1-based) tell where it was read."""

    id: str
    text: str
    marks: tuple[Mark, ...]
    path: str = ""
    line: int = 0


class Disagreement(NamedTuple):
    """A finding without a mark, or a mark without a finding.

    `what` is the finding's rule or the mark's kind, `confidence` the finding's, `start` and `end` are half-open,
    0-based code points of the article, `context` the words around them, the place itself in double brackets.
    """

    id: str
    what: str
    confidence: str
    start: int
    end: int
    context: str


class Share(NamedTuple):
    """How many out of how many, for one kind of mark or one confidence."""

    name: str
    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        """The share from 0 to 1; None of nothing."""
        return self.part / self.whole if self.whole else None


class Evaluation(NamedTuple):
    """The outcome: findings that meet a FLAG are right, that meet only a DEBATABLE are neutral, others are wrong.

    `precision` is the right among right and wrong findings, `recall` the FLAGs found among all, `kinds` the same by
    kind; `confidences` are the right among right and wrong findings of each confidence.
    """

    articles: int
    neutral: int
    precision: Share
    recall: Share
    kinds: tuple[Share, ...]
    confidences: tuple[Share, ...]
    wrong: tuple[Disagreement, ...]
    missed: tuple[Disagreement, ...]

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where there is nothing to find."""
        precision, recall = self.precision.ratio or 0.0, self.recall.ratio
        if recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def read(path: str) -> list[Labelled]:
    """Read labelled articles, one JSON object a line; empty lines are passed over.

    Raises ReadError, with line and remedy, for a file that cannot be read and for a line of another form.
    """
    # Only "\n" ends a line: JSON allows every other line separator inside a string.
    lines = plain.read(readers.read_bytes(path), path).text.split("\n")
    found = [_labelled(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise ReadError(f"no labelled articles: write one JSON object a line, as in {_FORM}", path)
    return found


_FORM = '{"id": "a1", "text": "…", "marks": [[12, 25, "FLAG", "collective"]]}'


def _labelled(line: str, path: str, number: int) -> Labelled:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = f"{error.msg} in column {error.colno}" if isinstance(error, json.JSONDecodeError) else str(error)
        raise ReadError(f"not JSON ({reason}): write one article a line, as in {_FORM}", path, number) from None
    if not isinstance(data, dict):
        raise ReadError(f"not a JSON object: write one article a line, as in {_FORM}", path, number)
    for key, kind, name in (("id", str, "a string"), ("text", str, "a string"), ("marks", list, "a list")):
        if not isinstance(data.get(key), kind):
            wrong = f"must be {name}" if key in data else "is missing"
            raise ReadError(f"“{key}” {wrong}: write an article as in {_FORM}", path, number)
    marks = []
    for place, entry in enumerate(data["marks"], 1):
        problem = _problem(entry, len(data["text"]))
        if problem:
            raise ReadError(f"mark {place} of “{data['id']}”: {problem}", path, number)
        marks.append(Mark(*entry[:4]))
    return Labelled(data["id"], data["text"], tuple(marks), path, number)


def _problem(entry: Any, size: int) -> str:
    """Return what is wrong with a mark and how to write it, or nothing."""
    form = 'write [start, end, "FLAG" or "DEBATABLE", kind]'
    if not isinstance(entry, list) or len(entry) != 4:
        return f"not a list of four; {form}"
    start, end, verdict, kind = entry
    if type(start) is not int or type(end) is not int:
        return f"start and end must be whole numbers; {form}"
    if not 0 <= start < end <= size:
        return f"[{start}, {end}] is no stretch of a text of {size} code points; count from 0, the end exclusive"
    if verdict not in (FLAG, DEBATABLE):
        return f"the verdict must be {FLAG} or {DEBATABLE}, not {json.dumps(verdict, ensure_ascii=False)}; {form}"
    return "" if isinstance(kind, str) else f"the kind must be a string; {form}"


def is_held_back(ident: str) -> bool:
    """Tell whether an article belongs to the third that is kept for the end, by a fixed hash of its id."""
    digest = hashlib.sha256(ident.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4], "big") % 3 == 0


def chosen(articles: Iterable[Labelled], holdout: str = "") -> list[Labelled]:
    """Return the articles "without" those held back, "only" those, or all of them."""
    return [article for article in articles if not holdout or is_held_back(article.id) == (holdout == "only")]


def evaluate(
    articles: Iterable[Labelled], lint: Lint, rules: Iterable[Rule], families: Sequence[str] = FAMILIES
) -> Evaluation:
    """Compare what is found in labelled articles with their marks; only findings of `families` count.

    `rules` are those that `lint` goes by. A FLAG is found where a finding of at most 160 code points, or a related
    place of any finding, overlaps it. Raises UsageError for a family of which no rule is on.
    """
    known = sorted({rule.family for rule in rules})
    for family in families:
        if family not in known:
            raise UsageError(f"no rule of a family “{family}” is on; the families are {', '.join(known)}")
    total = _Count()
    for article in articles:
        findings = lint(Document(article.text, article.path)).findings
        total.add(article, [finding for finding in findings if finding.family in families])
    return total.evaluation()


class _Count:
    """The sums of an evaluation, while articles come in."""

    def __init__(self) -> None:
        self.articles = self.neutral = 0
        self.kinds: dict[str, list[int]] = {}
        self.confidences: dict[str, list[int]] = {name: [0, 0] for name in CONFIDENCES}
        self.wrong: list[Disagreement] = []
        self.missed: list[Disagreement] = []

    def add(self, article: Labelled, findings: Sequence[Finding]) -> None:
        """Count one article with its findings."""
        self.articles += 1
        flags = [mark for mark in article.marks if mark.verdict == FLAG]
        short = [finding for finding in findings if finding.end - finding.start <= _LONGEST]
        for finding in short:
            right = _meets_any(finding, flags)
            if not right and _meets_any(finding, article.marks):
                self.neutral += 1
                continue
            _count(self.confidences[finding.confidence], right)
            if not right:
                self.wrong.append(_disagreement(article, finding.rule, finding.confidence, finding))
        places = [*short, *(place for finding in findings for place in finding.related)]
        for flag in flags:
            found = _meets_any(flag, places)
            _count(self.kinds.setdefault(flag.kind, [0, 0]), found)
            if not found:
                self.missed.append(_disagreement(article, flag.kind, "", flag))

    def evaluation(self) -> Evaluation:
        """Return the outcome of all articles so far."""
        kinds = tuple(Share(name, *counts) for name, counts in sorted(self.kinds.items()))
        confidences = tuple(Share(name, *counts) for name, counts in self.confidences.items())
        return Evaluation(
            self.articles,
            self.neutral,
            _sum("precision", confidences),
            _sum("recall", kinds),
            kinds,
            confidences,
            tuple(self.wrong),
            tuple(self.missed),
        )


def _count(counts: list[int], hit: bool) -> None:
    counts[0] += hit
    counts[1] += 1


def _sum(name: str, shares: Iterable[Share]) -> Share:
    shares = tuple(shares)
    return Share(name, sum(share.part for share in shares), sum(share.whole for share in shares))


def _meets_any(place: Any, others: Iterable[Any]) -> bool:
    return any(place.start < other.end and other.start < place.end for other in others)


def _disagreement(article: Labelled, what: str, confidence: str, place: Any) -> Disagreement:
    text, start, end = article.text, place.start, place.end
    low, high = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    context = f"{text[low:start]}[[{text[start:end]}]]{text[end:high]}"
    return Disagreement(article.id, what, confidence, start, end, " ".join(context.split()))


def as_text(found: Evaluation, show: str = "") -> str:
    """Return an evaluation as tables for people; `show` "wrong" or "missed" adds the list of those disagreements."""
    counts = [(found.articles, "article"), (found.recall.whole, "flag"), (found.precision.whole, "finding")]
    neutral = f"; {counted(found.neutral, 'finding')} on debatable places, not counted" if found.neutral else ""
    lines = [
        ", ".join(counted(number, noun) for number, noun in counts) + neutral,
        "",
        f"precision   {_figure(found.precision.ratio)}  {found.precision.part:,} of {found.precision.whole:,}",
        f"recall      {_figure(found.recall.ratio)}  {found.recall.part:,} of {found.recall.whole:,}",
        f"F1          {_figure(found.f1)}",
        "",
        *_table("recall by kind of mark", found.kinds),
        "",
        *_table("share right by confidence", found.confidences),
    ]
    if show:
        lines += ["", f"{show}:", *(_shown(one) for one in _disagreements(found, show))]
    return "\n".join(lines) + "\n"


def _table(heading: str, shares: Sequence[Share]) -> Iterator[str]:
    yield heading
    room = max([10, *(width(share.name) for share in shares)]) + 2
    for share in shares:
        yield f"  {pad(shown(share.name), room)}{_figure(share.ratio)}  {share.part:,} of {share.whole:,}"


def _figure(ratio: float | None) -> str:
    return "    -" if ratio is None else f"{ratio:.3f}"


def _disagreements(found: Evaluation, show: str) -> tuple[Disagreement, ...]:
    return found.wrong if show == "wrong" else found.missed


def _shown(one: Disagreement) -> str:
    sure = f" ({one.confidence})" if one.confidence else ""
    return shown(f"  {one.id} {one.what}{sure}: {one.context}")


def as_json(found: Evaluation, show: str = "") -> str:
    """Return an evaluation as one JSON object; ratios of nothing are null, and `show` adds a list of disagreements."""
    data: dict[str, Any] = {
        "version": 1,
        "articles": found.articles,
        "neutral": found.neutral,
        "precision": _share(found.precision),
        "recall": _share(found.recall),
        "f1": _rounded(found.f1),
        "kinds": {share.name: _share(share) for share in found.kinds},
        "confidence": {share.name: _share(share) for share in found.confidences},
    }
    if show:
        data[show] = [one._asdict() for one in _disagreements(found, show)]
    return json.dumps(data, ensure_ascii=False) + "\n"


def _share(share: Share) -> dict[str, float | None]:
    return {"part": share.part, "whole": share.whole, "ratio": _rounded(share.ratio)}


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 4)
