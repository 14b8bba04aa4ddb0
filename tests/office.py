"""What the tests of office files share: small files made by hand, and a LibreOffice where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from pathlib import Path

from attrlint.readers import docx, odt

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
_TYPES = {"document": "main", "footnotes": "footnotes", "styles": "styles", "comments": "comments"}

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/>{more}</w:style>'
    for ident, name, more in [
        ("Normal", "Normal", ""),
        ("Berschrift1", "heading 1", '<w:basedOn w:val="Normal"/>'),
        ("Titel", "Title", ""),
        ("Unterzeile", "Standfirst", ""),
        ("House", "House", '<w:basedOn w:val="Berschrift1"/>'),
        ("Zitat", "Quote", ""),
        ("Code", "Source Code", ""),
        ("Level", "Level", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        ("A", "A", '<w:basedOn w:val="B"/>'),
        ("B", "B", '<w:basedOn w:val="A"/>'),
    ]
)


def part(root: str, inside: str, namespace: str = W) -> bytes:
    """A part of a Word file in UTF-8."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:{root} xmlns:w="{namespace}" {_MORE}>{inside}</w:{root}>'.encode()


def word_file(body: str, namespace: str = W, other: Mapping[str, bytes] | None = None, **parts: str) -> bytes:
    """A Word file with this body; `parts` are the insides of footnotes, comments and styles, `other` whole parts."""
    inside = {"document": f"<w:body>{body}</w:body>", "styles": STYLES, **parts}
    roots = {"commentsExtended": "w15"}
    files = {f"word/{name}.xml": part(name, xml, namespace) for name, xml in inside.items() if name not in roots}
    if "commentsExtended" in parts:
        extended = f"<w15:commentsEx {_MORE}>{parts['commentsExtended']}</w15:commentsEx>"
        files["word/commentsExtended.xml"] = extended.encode()
    bound = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(inside)
        if name != "document"
    )
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{content}.{_TYPES.get(name, name)}+xml"/>'.replace(
            ".main+xml", ".document.main+xml"
        )
        for name in inside
    )
    space = "http://schemas.openxmlformats.org/package/2006"
    return zipped(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{space}/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{space}/relationships">'
                f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
            ).encode(),
            **files,
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{space}/relationships">{bound}</Relationships>'
            ).encode(),
            **(other or {}),
        }
    )


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a zip, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def run(words: str, properties: str = "") -> str:
    """A run with words that are XML already."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of runs, or of words that become one run."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
    "<wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
"""A run with a text box around {0}, as Word writes it: once for itself, once for older programs."""


SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    ]
)
MIMETYPE = b"application/vnd.oasis.opendocument.text"


def content(body: str, styles: str = "") -> bytes:
    """The part of an OpenDocument text with this body and these styles."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:automatic-styles>'
        f"{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    ).encode()


def odt_file(body: str, styles: str = "", **other: bytes) -> bytes:
    """An OpenDocument text with this body; `other` are more parts, an underscore in their names for the dot."""
    manifest = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": MIMETYPE, "content.xml": content(body, styles), "META-INF/manifest.xml": manifest}
    return zipped({**parts, **{name.replace("_", "."): data for name, data in other.items()}})


NOTE = (
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    "<text:note-body><text:p>the note</text:p></text:note-body></text:note>"
)


def kept(reading: docx.Reading | odt.Reading, start: int, end: int) -> str:
    """The words that the file itself has for a stretch of the text, white space as one space, signs as they read."""
    found = []
    for begun, place in zip(reading.starts, reading.places, strict=True):
        low, high = max(start - begun, 0), min(end - begun, len(place.text))
        if low >= high:
            continue
        part = reading.content if isinstance(reading, odt.Reading) else reading.parts[place.leaf.run.part]
        source = part[place.start : place.end]
        if source.startswith(b"<") or source.isspace():
            found.append(place.text[low:high])
        elif source.startswith(b"&"):
            found.append(unescape(source.decode()))
        else:
            at = place.start + len(place.text[:low].encode())
            found.append(part[at : at + len(place.text[low:high].encode())].decode())
    return "".join(found)


SOFFICE = os.environ.get("SOFFICE") or shutil.which("soffice") or ""


def convert(path: Path, form: str, folder: Path) -> Path:
    """Let LibreOffice open a file and save it in another form; the suffix is what stands before a colon in `form`."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, "--headless", profile, "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, timeout=180, check=True, start_new_session=True
    )
    made = folder / f"{path.stem}.{form.partition(':')[0]}"
    assert made.exists(), f"LibreOffice cannot open {path}"
    return made
