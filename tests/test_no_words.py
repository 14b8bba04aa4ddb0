"""No English word that is looked for in an article stands in the Python code: a language is a folder in rules/."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import tomli

ROOT = Path(__file__).resolve().parent.parent
PACK = ROOT / "rules" / "en"
READERS_OF_TEXT = """
    segment kinds lexicon pattern find extract people senses fullnames names mentions callings sides bodies resolve
    content rule remedy wording confidence judge story checks engine
""".split()

# English words that are values of the model's fields, labels by shape, or parts of the pattern language; the names of
# fields and files are found in the code itself.
VALUES = set(
    """
    person body outlet document group known named other none again partly both any all whole
    caption singular plural definite indefinite bare quantified possessive
    claim question negated hypothetical high medium low error warning note stable preview
    continued open close either many not at
    """.split()
)


def lexicons() -> Iterator[tuple[str, dict[str, object]]]:
    """Every table of the word lists, with its label."""
    for path in sorted((PACK / "lexicons").glob("*.toml")):
        yield from tomli.loads(path.read_text(encoding="utf-8")).items()


@cache
def words_of_the_pack() -> set[str]:
    """Every word that is listed by itself, in lower case; letters alone are no words."""
    lists = (str(table.get("words", "")).lower().split() for _, table in lexicons())
    return {word for words in lists for word in words if len(word) > 1}


@cache
def phrases_of_the_pack() -> set[str]:
    """Every phrase, in lower case."""
    lists = (re.split(r"[,\n]", str(table.get("phrases", "")).lower()) for _, table in lexicons())
    return {phrase.strip() for phrases in lists for phrase in phrases if " " in phrase.strip()}


@cache
def names_in_the_pack() -> set[str]:
    """Labels and their columns, which code may ask for, and the keys of the pack's files."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in PACK.rglob("*.toml"))
    columns = re.findall(r"^columns\s*=\s*(\[.*?\])", text, re.MULTILINE | re.DOTALL)
    return {*re.findall(r"^\[*([a-z-]+)(?=\]|\s*=)", text, re.MULTILINE), *re.findall(r"[\w-]+", " ".join(columns))}


@cache
def names_in_the_code() -> set[str]:
    """Every identifier of the package: modules, functions, arguments, fields."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "attrlint").glob("*.py")]
    fields = ("id", "attr", "arg", "name", "module")
    return {
        name
        for tree in trees
        for node in ast.walk(tree)
        for field in fields
        if isinstance(name := getattr(node, field, None), str)
    }


def constants(path: Path) -> Iterator[tuple[int, str]]:
    """The strings that a module could compare with text: all but docstrings and words for the user."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        aside: list[ast.AST] = []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside = [node.value]
        elif isinstance(node, (ast.Raise, ast.JoinedStr)) or is_complaint(node):
            aside = [node]
        skipped |= {id(inner) for outer in aside for inner in ast.walk(outer)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def is_complaint(node: ast.AST) -> bool:
    """Whether a node makes an error: its words are for the user."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).lower().endswith("error")


def looked_for(constant: str, words: set[str], phrases: set[str]) -> bool:
    """Whether a constant is a phrase of the pack, one of its words, a list of them, or a regular expression over them.

    A sentence is none of these: it has words that no list holds.
    """
    found = re.findall(r"[^\W\d_][\w'’-]*", re.sub(r"\\[a-zA-Z]|\(\?P<\w+>", " ", constant).lower())
    known = [word for word in found if word in words]
    return constant.lower().strip() in phrases or (bool(known) and (len(known) == len(found) or "|" in constant))


@pytest.mark.parametrize("module", READERS_OF_TEXT)
def test_no_word_of_the_pack_stands_in_the_code(module: str) -> None:
    words = words_of_the_pack() - names_in_the_pack() - names_in_the_code() - VALUES
    phrases = phrases_of_the_pack()
    path = ROOT / "attrlint" / f"{module}.py"
    wrong = {f"{line}: {constant!r}" for line, constant in constants(path) if looked_for(constant, words, phrases)}
    assert not wrong, f"{path.name} looks for words that belong in rules/en: {sorted(wrong)}"


WORDS, PHRASES = {"said", "says", "told", "experts"}, {"according to"}


@pytest.mark.parametrize("constant", ["said", "said says told", r"\b(?:said|says)\b", "according to", "Experts"])
def test_the_check_sees_words(constant: str) -> None:
    assert looked_for(constant, WORDS, PHRASES)


@pytest.mark.parametrize("constant", ["utf-8", r"\w+", "nothing was said", ""])
def test_the_check_leaves_other_strings_alone(constant: str) -> None:
    assert not looked_for(constant, WORDS, PHRASES)
