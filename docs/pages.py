"""The pages of the documentation site that are not files in docs/: a hook of ProperDocs, see properdocs.yml.

They are made from the README, the rule files, the presets, the commands and the docstrings, so nothing is said twice.
"""

from __future__ import annotations

import inspect
import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import api
import manpage
from properdocs.config.defaults import ProperDocsConfig
from properdocs.exceptions import PluginError
from properdocs.structure.files import File, Files
from properdocs.structure.pages import Page

from attrlint import engine, pack
from attrlint.explain import markdown

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "attrlint" / "schema" / "attrlint-config.schema.json"

PAGES = {
    "index.md": ("attrlint", "Install", "One minute", "Licence"),
    "rules/index.md": ("Rules",),
    "commands.md": ("Command line", "In the shell", "Exit codes"),
    "formats.md": ("Formats",),
    "word.md": ("In Word and LibreOffice",),
    "remedies.md": ("Sentences with a TK",),
    "reports.md": ("Reports", "JSON"),
    "browser.md": ("In the browser", "Who speaks, as a page", "As a page, and as a service", "In a CMS"),
    "presets.md": ("Presets",),
    "configuration.md": ("Configuration", "Packs"),
    "waivers.md": ("Findings that stay", "Only what changed"),
    "measuring.md": ("Measuring it on your own copy", "Figures"),
    "python.md": ("Python",),
}
"""The title of each page that is made of sections of the README, and these; one may be called as the page is."""

_LINK = re.compile(r"```.*?```|`[^`\n]*`|\[(?P<words>[^\]]+)\]\((?P<target>[^)\s]+)\)", re.DOTALL)
_RULE = re.compile(r"rules/en/[^/]+/(?P<name>[^/]+)\.toml")


_PAGE_OF = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "rules/presets": "presets.md",
}


def on_files(files: Files, *, config: ProperDocsConfig) -> Files:
    """Add the pages that are made."""
    for path, text in build().items():
        if files.get_file_from_path(path):
            raise PluginError(f"docs/{path} is a file, and docs/pages.py makes a page of that name")
        files.append(File.generated(config, path, content=text))
    # Editors fetch it from here: the first line of a configuration that `attrlint init` writes says so.
    files.append(File.generated(config, SCHEMA.name, content=SCHEMA.read_text(encoding="utf-8")))
    return files


def on_page_read_source(*, page: Page, config: ProperDocsConfig) -> str | None:
    """Return the text of a page that is a file in docs/, its links leading to pages."""
    if page.file.generated_by:
        return None
    return _linked(page.file.content_string, page.file.src_uri, Path(config.docs_dir).name)


def build() -> dict[str, str]:
    """Return the Markdown of every page that is made, by its path in the site's sources."""
    english = pack.load(engine.built_in())
    pages = of_the_readme((ROOT / "README.md").read_text(encoding="utf-8"))
    pages |= {f"rules/{rule.name}.md": f"{markdown(rule)}\n[All rules](index.md)\n" for rule in english.rules}
    pages["presets.md"] += "\n".join(_presets(english))
    pages["commands.md"] += "\n".join(_commands())
    pages["python.md"] += "\n".join(api.page())
    for name in ("contributing", "changelog"):
        pages[f"{name}.md"] = _linked((ROOT / f"{name.upper()}.md").read_text(encoding="utf-8"), f"{name}.md")
    return pages


def of_the_readme(readme: str) -> dict[str, str]:
    """Return the pages made of the README's sections. Raises PluginError where one is on no page."""
    parts = readme.removeprefix("# ").split("\n## ")
    sections = {name: body for name, _, body in (part.partition("\n") for part in parts)}
    if len(sections) < len(parts):
        raise PluginError("README.md has two sections of one name")
    taken = {name for names in PAGES.values() for name in names}
    if lost := [name for name in sections if name not in taken]:
        raise PluginError(f"sections of README.md that are on no page, to be named in PAGES of docs/pages.py: {lost}")
    return {path: _linked("".join(_page(names, sections)), path) for path, names in PAGES.items()}


def _page(names: Sequence[str], sections: dict[str, str]) -> Iterator[str]:
    title, *others = names
    yield f"# {title}\n"
    yield re.sub("^###(?=#* )", "##", sections.get(title, ""), flags=re.MULTILINE)
    for name in others:
        yield f"\n## {name}\n{sections[name]}"


def _linked(text: str, here: str, folder: str = "") -> str:
    """Return the text of a file in a folder of the repository with links for `here`, the page that it has become."""
    return _LINK.sub(
        lambda link: _link(link["words"], link["target"], here, folder) if link["target"] else link[0], text
    )


def _link(words: str, target: str, here: str, folder: str) -> str:
    """Return a link to the page that a file has become, or the mere name of a file that is not on the site."""
    path, mark, anchor = target.partition("#")
    if ":" in path or (not path and here not in PAGES):
        return f"[{words}]({target})"
    file = posixpath.normpath(posixpath.join(folder, path))
    if not (ROOT / file).exists():
        raise PluginError(f"the link [{words}]({target}) on {here} leads nowhere")
    page = _page_of(file) if path else next(page for page, names in PAGES.items() if anchor in map(_slug, names))
    if page and (page != here or anchor):
        title = _title(file) if words == target else words
        return f"[{title}]({posixpath.relpath(page, posixpath.dirname(here))}{mark}{anchor})"
    return f"`{file}`" if words.strip("`") in path else f"{words} (`{file}`)"


def _page_of(file: str) -> str | None:
    if rule := _RULE.fullmatch(file):
        return f"rules/{rule['name']}.md"
    return file.removeprefix("docs/") if re.fullmatch(r"docs/[^/]+\.md", file) else _PAGE_OF.get(file)


def _title(file: str) -> str:
    first, *_ = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return first.removeprefix("# ")


def _slug(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def _presets(english: pack.Pack) -> Iterator[str]:
    """Yield every preset with its lines and what asks for them."""
    pages = {rule.name: f"[`{rule.name}`](rules/{rule.name}.md)" for rule in english.rules}
    for each in engine.preset_names(english):
        chosen = engine.load_preset(each, english)
        yield f"\n## {each}\n\n{chosen.about}\n\n| rules | level | why |\n|---|---|---|"
        for line in chosen.lines:
            names = ", ".join(pages.get(name, f"`{name}`") for name in line.rules)
            yield f"| {names} | {line.level} | {_cell(line.why)} |"
        if chosen.quoted:
            yield f"| inside quotations | note | {_cell(chosen.quoted_why)} |"


def _commands() -> Iterator[str]:
    """Yield every command with its options."""
    for command, context in manpage.commands():
        usage = " ".join(command.collect_usage_pieces(context))
        yield f"\n## attrlint {context.info_name}\n\n```text\nattrlint {context.info_name} {usage}\n```\n"
        yield inspect.cleandoc(command.help or "")
        for names, meaning in manpage.options(command, context):
            yield f"\n`{names}`\n:   {' '.join(meaning.split())}"


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")
