"""Configuration: which file holds, what it may say, and what it does to an article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tomli
from conftest import Run
from jsonschema import Draft202012Validator

import attrlint
from attrlint import configfile, scaffold
from attrlint.config import DEFAULTS
from attrlint.errors import ConfigError
from attrlint.finding import DOCUMENTATION
from attrlint.settings import Settings

SCHEMA = Path(attrlint.__file__).parent / "schema" / "attrlint-config.schema.json"
VAGUE = "The offensive has stalled, analysts note.\n"


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that these tests share: what they compile is of no use to anybody else."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def write(path: str, text: str) -> Path:
    """Write a file, and the folders it stands in."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def value(run: Run, path: str, key: str) -> tuple[object, str]:
    """What is configured for a path, and where it comes from."""
    ran = run("config", "--format", "json", path)
    assert ran.status == 0, ran.err
    found = json.loads(ran.out)["settings"][key]
    return found["value"], found["from"]


def test_the_nearest_file_upwards_holds(run: Run) -> None:
    write("attrlint.toml", 'preset = "npr"\n')
    write("a/pyproject.toml", '[tool.attrlint]\npreset = "ap"\n')
    write("a/b/pyproject.toml", "[project]\nname = 'x'\n")
    write("a/b/c/attrlint.toml", "\npreset = 'bbc'\n")
    write("a/b/c/pyproject.toml", '[tool.attrlint]\npreset = "reuters"\n')
    assert value(run, "x.txt", "preset") == ("npr", "attrlint.toml:1")
    assert value(run, "a/b/x.txt", "preset") == ("ap", "a/pyproject.toml:2")
    assert value(run, "a/b/c/x.txt", "preset") == ("bbc", "a/b/c/attrlint.toml:2")
    assert value(run, "a/b/c", "preset") == ("bbc", "a/b/c/attrlint.toml:2")


def test_a_pyproject_that_does_not_speak_of_attrlint_is_not_read(run: Run) -> None:
    write("pyproject.toml", "this is = not TOML [")
    assert run("check", "--exit-zero", "vague.txt").status == 0


def test_articles_of_one_run_each_have_their_own(run: Run) -> None:
    write("a/attrlint.toml", 'ignore = ["vague-collective"]\n')
    write("a/x.txt", VAGUE)
    write("b/attrlint.toml", '[severities]\nidentity = "error"\n')
    write("b/x.txt", VAGUE)
    for jobs in ("1", "2"):
        ran = run("check", "--format", "concise", "--jobs", jobs, "a", "b", "vague.txt")
        found = [line.split(" “")[0] for line in ran.out.splitlines()]
        assert found == ["b/x.txt:1:28: error vague-collective", "vague.txt:1:28: warning vague-collective"]


def test_the_command_line_goes_over_it(run: Run) -> None:
    write("attrlint.toml", 'ignore = ["vague-collective"]\nmin-confidence = "high"\npreset = "npr"\n')
    assert run("check", "vague.txt").status == 0
    assert run("check", "--ignore", "rumour", "--min-confidence", "low", "vague.txt").status == 1
    assert run("check", "--select", "vague-collective", "--min-confidence", "low", "vague.txt").status == 1
    write("other.toml", "")
    assert run("check", "--config", "other.toml", "vague.txt").status == 1
    assert run("check", "--config", "nowhere.toml", "vague.txt").err.startswith("error: nowhere.toml: cannot be read")


def test_one_file_extends_another(run: Run) -> None:
    write(
        "shared/base.toml",
        'preset = "npr"\nignore = ["rumour"]\n[house]\nnames = ["Roe"]\n[[override]]\npaths = "op/"\n',
    )
    write("shared/middle.toml", 'extends = "base.toml"\naccepted = "accepted.jsonl"\n[severities]\nrumour = "note"\n')
    write("attrlint.toml", 'extends = "shared/middle.toml"\nignore = []\n[house]\nnames = ["Brandt"]\n')
    assert value(run, "x.txt", "preset") == ("npr", "shared/base.toml:1")
    assert value(run, "x.txt", "ignore") == ([], "attrlint.toml:2")
    assert value(run, "x.txt", "severities.rumour") == ("note", "shared/middle.toml:4")
    assert value(run, "x.txt", "accepted") == ("shared/accepted.jsonl", "shared/middle.toml:2")
    assert value(run, "x.txt", "house.names") == (["Roe", "Brandt"], "shared/base.toml:4, attrlint.toml:4")


def test_what_extends_itself_is_an_error(run: Run) -> None:
    write("a.toml", '# one\nextends = "b.toml"\n')
    write("b.toml", 'extends = "a.toml"\n')
    ran = run("check", "--config", "a.toml", "vague.txt")
    assert (ran.status, ran.out) == (2, "no article could be read\n")
    assert ran.err == "error: b.toml:1: “a.toml” extends this file in turn: one of them must not\n"
    write("c.toml", 'extends = "c.toml"\n')
    assert "c.toml:1: “c.toml” extends this file" in run("check", "--config", "c.toml", "vague.txt").err


MISTAKES = [
    ('\nprest = "npr"', 2, "unknown key “prest”; did you mean “preset”?"),
    ("ignore = 5", 1, "“ignore” must be a list"),
    ('ignore = ["rumour", 5]', 1, "“ignore” must be a list of strings"),
    ("require-reason = 'no'", 1, "“require-reason” must be true or false"),
    ('min-confidence = "hihg"', 1, "“min-confidence” must be high, medium or low, not “hihg”"),
    ('encoding = "klingon"', 1, "unknown encoding “klingon”"),
    ('preset = "retuers"', 1, "no preset is called “retuers”; did you mean “reuters”?"),
    ('ignore = ["rumor"]', 1, "no rule or family is called “rumor”; did you mean “rumour”?"),
    ('select = ["idntity"]', 1, "no rule or family is called “idntity”; did you mean “identity”?"),
    ('packs = ["nowhere"]', 1, "no pack “nowhere” is installed"),
    ('packs = ["./nowhere"]', 1, "nowhere is no pack: it has no pack.toml"),
    ('extends = "no.toml"', 1, "“extends”: there is no file desk/no.toml"),
    ('exclude = ["a[z-"]\n[severities]\n\nrumour = "grave"', 4, "“rumour” must be on, off, error, warning or note"),
    ('severities = { rumor = "note" }', 1, "no rule or family is called “rumor”; did you mean “rumour”?"),
    ("[options.orphan-quote]\nwrds = 8", 2, "orphan-quote has no option “wrds”; did you mean “words”?"),
    ('[options.orphan-quote]\nwords = "8"', 2, "“words” must be like its default, 5"),
    ("[options.orphan-quote]\nwords = true", 2, "“words” must be like its default, 5"),
    ("[options.orphan-qoute]\nwords = 8", 2, "no rule is called “orphan-qoute”; did you mean “orphan-quote”?"),
    ("[options]\norphan-quote = 8", 2, "“orphan-quote” must be a table in [options]"),
    ("[house]\nnmaes = []", 2, "unknown key “nmaes” in [house]; did you mean “names”?"),
    ("[house.roles]\nexprt = []", 2, "unknown key “exprt” in [house.roles]; did you mean “expert”?"),
    ('[house.roles]\nexpert = ["quant"]', 2, "“quant” needs 2 forms with commas between them: singular, plural"),
    ('[house.cues]\nspeech = ["riff"]', 2, "“riff” needs 5 forms with commas between them: base, third, past, ing"),
    ('[house]\nbodies = ["of the"]', 2, "“of the” has only words that are everywhere"),
    ("[[override]]\nignore = []", 1, "“paths” is missing in [override]"),
    ("[[override]]\npats = []", 2, "unknown key “pats” in [override]; did you mean “paths”?"),
    ("ignore = [", 1, "is not valid TOML"),
    ("zeppelin = 1", 1, "unknown key “zeppelin”; there are accepted, encoding, exclude, extends, house, ignore, "),
    ('[[override]]\npaths = "a"\npacks = []', 3, "“packs” holds for all articles: it cannot stand in an [[override]]"),
    ('[[override]]\npaths = "a"\n[[override]]\npaths = "b"\nignroe = "x"', 5, "did you mean “ignore”?"),
    ("override = 5", 1, "“override” must be a list"),
    ("a = [" + "[" * 9_999, 1, "is not valid TOML"),
]


@pytest.mark.parametrize(("text", "line", "message"), MISTAKES)
def test_a_mistake_is_told_with_file_and_line(run: Run, text: str, line: int | None, message: str) -> None:
    write("desk/attrlint.toml", text)
    for name in ("a.txt", "b.txt"):
        write(f"desk/{name}", VAGUE)
    ran = run("check", "--format", "concise", "desk/a.txt", "desk/b.txt", "vague.txt")
    place = f"desk/attrlint.toml:{line}: " if line else "desk/attrlint.toml: "
    assert ran.status == 2
    assert ran.err.startswith(f"error: {place}")
    assert message in ran.err
    assert ran.err.count("\n") == 1, "what is wrong for two articles is told once"
    assert ran.out.startswith("vague.txt:1:28: "), "the other articles are done"


def test_mistakes_in_a_pyproject_have_their_lines(run: Run) -> None:
    write(
        "pyproject.toml", "[project]\nignore = 1\n[tool.attrlint.severities]\nrumour = 1\n[tool.attrlint]\nignore = 5\n"
    )
    assert run("check", "vague.txt").err.startswith(
        "error: pyproject.toml:6: “ignore” must be a list in [tool.attrlint]"
    )


def test_what_holds_for_some_paths_only(run: Run) -> None:
    write("attrlint.toml", '[[override]]\npaths = ["opinion/", "*.blog.txt"]\nignore = ["identity"]\n')
    for path in ("opinion/x.txt", "news/opinion/x.txt", "news/x.blog.txt", "news/x.txt"):
        write(path, VAGUE)
    ran = run("check", "--format", "concise", "news", "opinion")
    assert [line.split(":")[0] for line in ran.out.splitlines()] == ["news/x.txt"]
    assert value(run, "opinion/y.txt", "ignore") == (["identity"], "attrlint.toml:3, for opinion/, *.blog.txt")


def test_what_is_excluded(run: Run) -> None:
    write("attrlint.toml", 'exclude = ["archive/", "!archive/keep.txt"]\n')
    for path in ("archive/x.txt", "news/archive/x.txt", "news/x.txt"):
        write(path, VAGUE)
    ran = run("check", "--format", "concise", "news", "archive/x.txt")
    assert [line.split(":")[0] for line in ran.out.splitlines()] == ["news/x.txt"]
    assert ran.err == "archive/x.txt: left out, as attrlint.toml:1 says\n"
    ran = run("check", "-", "--stdin-filename", "archive/y.txt", stdin=VAGUE.encode())
    assert (ran.status, ran.err) == (0, "archive/y.txt: left out, as attrlint.toml:1 says\n")
    assert "# left out, as attrlint.toml:1 says" in run("config", "archive/x.txt").out
    assert json.loads(run("config", "--format", "json", "news/x.txt").out)["excluded"] is None


def test_skeletons_are_not_written_into_what_is_excluded(run: Run) -> None:
    write("attrlint.toml", 'exclude = ["vague.txt"]\n')
    assert run("check", "--fix-with-tk", "vague.txt").status == 0
    assert Path("vague.txt").read_text(encoding="utf-8") == VAGUE


def test_an_encoding(run: Run) -> None:
    write("attrlint.toml", '[[override]]\npaths = "wire/"\nencoding = "cp1252"\n')
    write("wire/x.txt", "").write_bytes("“It stalled,” analysts note.\n".encode("cp1252"))
    assert run("check", "wire/x.txt").status == 1
    assert run("parse", "wire/x.txt").status == 0
    assert run("check", "--fix-with-tk", "wire/x.txt").status == 0
    assert Path("wire/x.txt").read_bytes().decode("cp1252").startswith("“It stalled,” TK [name]")


def test_options_and_severities_reach_the_rules(run: Run) -> None:
    write("q.txt", "The pool was full by noon. “It is very hot today.” The gates closed at one.\n")
    select = ("check", "--select", "orphan-quote", "--format", "concise", "q.txt")
    assert "warning orphan-quote" in run(*select).out
    write("attrlint.toml", '[severities]\nquotation = "note"\norphan-quote = "error"\n')
    assert "error orphan-quote" in run(*select).out, "a rule goes over its family"
    write("attrlint.toml", "[options.orphan-quote]\nwords = 9\n")
    assert run(*select).out == ""


HOUSE = """
[house]
bodies = ["Varnwatch"]
roles.expert = ["tidewatcher, tidewatchers"]
roles.spokesperson = ["desk voice, desk voices"]
cues.speech = ["kvell, kvells, kvelled, kvelling, kvelled"]
"""


def test_words_of_the_house(run: Run) -> None:
    write("a.txt", "Tidewatchers kvelled that the pool was full.\n")
    write("b.txt", "“The pool will stay open for a year,” kvelled Varnwatch. A desk voice said no.\n")
    assert run("parse", "a.txt").out.startswith("a.txt: 0 attributions")
    write("attrlint.toml", HOUSE)
    found = run("parse", "a.txt", "b.txt").out
    assert "source      “Tidewatchers” (expert, bare, plural)" in found
    assert "identified  Varnwatch (body)" in found
    assert "(spokesperson, indefinite, singular" in found
    assert found.count("cue         “kvelled” (speech)") == 2
    assert "“Tidewatchers kvelled” does not say which tidewatchers" in run("check", "a.txt").out.replace("\n    ", " ")


def test_changed_words_of_the_house_are_not_taken_from_the_cache(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write("a.txt", "Tidewatchers say the pool was full.\n")
    write("attrlint.toml", HOUSE)
    assert run("check", "a.txt").status == 1
    write("attrlint.toml", HOUSE.replace("tidewatch", "moonwatch"))
    assert run("check", "a.txt").status == 0
    assert len(list((tmp_path / "cache" / "attrlint").glob("en-*.pack"))) == 1, "the old version is not kept"
    assert attrlint.lint("Tidewatchers say the pool was full.").findings == ()


def test_the_functions_know_no_configuration(run: Run) -> None:
    write("attrlint.toml", 'select = ["rumour"]\n')
    assert run("check", "vague.txt").status == 0
    assert [finding.rule for finding in attrlint.lint(VAGUE).findings] == ["vague-collective"]
    assert [finding.rule for finding in attrlint.lint_file("vague.txt").findings] == ["vague-collective"]


def test_what_is_shown_is_toml(run: Run) -> None:
    write("attrlint.toml", HOUSE + "[options.orphan-quote]\nwords = 9\n")
    shown = tomli.loads(run("config", "x.txt").out)
    assert shown["options"]["orphan-quote"]["words"] == 9
    assert shown["house"]["roles"]["expert"] == ["tidewatcher, tidewatchers"]
    assert shown["min-confidence"] == "low"


def test_other_readers_of_the_configuration(run: Run, tmp_path: Path) -> None:
    write("attrlint.toml", 'require-reason = false\naccepted = "x.jsonl"\n')
    config = Settings().of("x.txt").config
    assert (config.get("require-reason"), config.get("accepted")) == (False, "x.jsonl")


def test_a_configuration_that_cannot_be_read(run: Run) -> None:
    write("attrlint.toml", "").write_bytes(b'preset = "\xff"\n')
    with pytest.raises(ConfigError, match=r"attrlint\.toml:1: is not UTF-8 text"):
        Settings().of("x.txt")


def test_every_key_has_a_default_and_the_schema_knows_them_all() -> None:
    names = [key.name for key in configfile.KEYS]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert list(DEFAULTS) == names
    assert list(schema["properties"]) == [*names, "severities", "options", "house", "override"]


def valid(text: str) -> bool:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    return bool(validator.is_valid(tomli.loads(text)))


def test_the_schema_allows_what_the_code_allows() -> None:
    Draft202012Validator.check_schema(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert valid(HOUSE)
    assert valid(uncommented(scaffold.template("attrlint.toml")))
    assert not valid('prest = "npr"')
    assert not valid("[house]\nroles.expert = ['quant']")
    assert not valid('[[override]]\npaths = "a"\npacks = []')


def uncommented(text: str) -> str:
    """A configuration with everything in it that is an example."""
    lines = text.splitlines()
    return "\n".join(line[2:] for line in lines if line.startswith("# ") and (" = " in line or line.startswith("# [")))


def test_init_writes_once_and_never_over(run: Run) -> None:
    ran = run("init")
    assert ran.out == "wrote attrlint.toml\nwrote .pre-commit-config.yaml\n"
    assert run("check", "vague.txt").status == 1, "a new configuration changes nothing"
    assert Path("attrlint.toml").read_text(encoding="utf-8").startswith(f"#:schema {DOCUMENTATION}/{SCHEMA.name}\n")
    write("attrlint.toml", "# mine\n")
    write(".pre-commit-config.yaml", "# mine\n")
    ran = run("init")
    assert ran.status == 0
    assert "attrlint.toml: configured already, left as it is\n" in ran.out
    assert "      - id: attrlint\n" in ran.out
    assert Path("attrlint.toml").read_text() == Path(".pre-commit-config.yaml").read_text() == "# mine\n"


def test_init_beside_a_pyproject_that_configures(run: Run) -> None:
    write("pyproject.toml", '[tool.attrlint]\npreset = "ap"\n')
    assert "wrote attrlint.toml" not in run("init").out
    assert not Path("attrlint.toml").exists()


def test_all_that_a_new_configuration_suggests_is_true(run: Run) -> None:
    text = uncommented(scaffold.template("attrlint.toml"))
    assert {key.name for key in configfile.KEYS} - set(tomli.loads(text)) == {"select"}
    write("newsroom.toml", "")
    write("desk/desk-pack/pack.toml", 'name = "x"\nabout = "x"\n')
    write("desk/attrlint.toml", text)
    assert run("config", "desk/x.txt").err == ""


def test_the_accepted_findings_stand_where_the_configuration_says(run: Run) -> None:
    write("desk/attrlint.toml", 'accepted = "lists/accepted"\n')
    write("desk/a.txt", VAGUE)
    write("desk/lists/README", "")
    assert run("check", "desk").status == 1, "the file need not be there yet"
    assert run("accept", "--quiet", "--reason", "old", "desk").status == 0
    assert "old" in Path("desk/lists/accepted").read_text(encoding="utf-8")
    assert run("check", "desk").status == 0
    assert run("check", "--accepted", "nowhere", "desk").status == 2, "the command line goes over it"
    write("desk/a.txt", "Nothing.\n")
    assert run("accept", "--prune", "desk").out.startswith("1 finding removed: desk/lists/accepted\n")


def test_what_is_excluded_is_not_accepted(run: Run) -> None:
    write("attrlint.toml", 'exclude = ["vague.txt"]\n')
    assert run("accept", "vague.txt").err == "vague.txt: left out, as attrlint.toml:1 says\n"
    assert not Path(".attrlint-accepted").exists()


def test_waivers_without_a_reason(run: Run) -> None:
    write("a.md", "The offensive has stalled, analysts note. <!-- attrlint: allow vague-collective -->\n")
    assert run("check", "a.md").status == 1
    write("attrlint.toml", "require-reason = false\n")
    assert run("check", "a.md").out == "no findings in 1 article; 1 waived\n"
