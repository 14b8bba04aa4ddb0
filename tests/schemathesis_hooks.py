"""What schemathesis cannot know by itself: how lines of JSON are sent, and what is lost on the way to the server."""

import schemathesis

NOTHING = (None, [], {}, [None], [""], [[]], [{}])
"""What leaves nothing behind when it is written into a query."""

EMPTY = (("select", []), ("ignore", []))
"""What may be left empty."""


@schemathesis.serializer("application/x-ndjson")
def lines_of_json(_, value):
    # What is no text cannot be sent as lines: nothing is.
    return value.encode() if isinstance(value, str) else b""


@schemathesis.hook
def before_load_schema(_, description):
    del description["paths"]["/v1/annotate"]  # a Word file is nothing that could be made up
    for path in description["paths"].values():
        post = path.get("post", {})
        for media in list(post.get("requestBody", {}).get("content", {})):
            if media not in ("application/json", "text/plain", "application/x-ndjson"):
                del post["requestBody"]["content"][media]
        for parameter in post.get("parameters", []):
            if parameter["name"] == "format":
                parameter["schema"]["enum"] = ["", "text"]
    description["components"]["schemas"]["Request"]["properties"]["format"]["enum"] = ["", "text"]


@schemathesis.hook
def filter_case(_, case):
    """Leave out what breaks the description only before it is sent: on the wire it reads as something allowed."""
    made_text = case.media_type == "text/plain" and not isinstance(case.body, str)
    # Lists of nothing and no list at all are written like an empty one, `select=`; other options are not written then.
    lost = any(value in NOTHING and (name, value) not in EMPTY for name, value in (case.query or {}).items())
    return not made_text and not lost
