"""What schemathesis cannot know by itself: how lines of JSON are sent."""

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines_of_json(_, value):
    # What is no text cannot be sent as lines: nothing is.
    return value.encode() if isinstance(value, str) else b""
