"""Time attrlint on a Word file of about 20 pages against a process that does nothing but `import docx`.

Run it with a Python that has attrlint and python-docx: `.venv/bin/python bench/word.py`.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

import articles
import docx
from run import ROOT, Tool, table

WORDS = 9000  # 20 pages of about 450 words


def main() -> int:
    """Write the file, time the commands in turns, print the table."""
    parser = argparse.ArgumentParser(description="Time attrlint on a Word file against a bare `import docx`.")
    parser.add_argument("--articles", type=Path, help="a folder of .txt files, or JSONL with one {id, text} a line")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        draft = Path(work) / "draft.docx"
        words = _write(draft, articles.gather(options.articles, ROOT / "examples"))
        attrlint = str(Path(sys.executable).with_name("attrlint"))
        tools = [
            Tool("import docx", [sys.executable, "-c", "import docx"]),
            Tool("attrlint check", [attrlint, "check", "--format", "json", "--exit-zero", str(draft)]),
            Tool("attrlint annotate", [attrlint, "annotate", "-o", str(draft.with_name("copy.docx")), str(draft)]),
        ]
        print(table(f"A Word file of {words:,} words, whole process", tools, options.rounds, 0))
    return 0


def _write(path: Path, texts: list[str]) -> int:
    """Write articles into one Word file until it is long enough; every sixth word is a run of its own, as Word does."""
    rng = random.Random(articles.SEED)
    made = docx.Document()
    words = 0
    for text in texts:
        for part in text.split("\n\n"):
            paragraph = made.add_paragraph()
            listed = part.split()
            for at in range(0, len(listed), 6):
                paragraph.add_run(" ".join(["", *listed[at : at + 6]])[not at :]).bold = rng.random() < 0.1
            words += len(listed)
        if words >= WORDS:
            break
    made.save(str(path))
    return words


if __name__ == "__main__":
    sys.exit(main())
