"""Reads a mail from stdin with Python's own parser and says in JSON what it saw."""
import email
import email.policy
import email.utils
import json
import sys
from email.header import decode_header, make_header


def seen(part):
    body = None
    if not part.is_multipart():
        body = part.get_payload(decode=True).decode("utf-8", "replace").replace("\r\n", "\n")
    return {
        "type": part.get_content_type(),
        "parameters": {name: str(value) for name, value in (part.get_params() or [])[1:]},
        "disposition": part.get_content_disposition() or "",
        "filename": part.get_filename() or "",
        "body": body or "",
        "defects": [repr(defect) for defect in part.defects],
    }


content = sys.stdin.buffer.read()
message = email.message_from_bytes(content, policy=email.policy.default)
headers = {}
defects = []
for name, value in message.items():
    headers.setdefault(name, []).append(str(value))
    defects += [f"{name}: {defect!r}" for defect in value.defects]
# The newer parser keeps the space between two encoded words of a name (RFC 2047 §6.2 drops it), so
# names are read by the older one.
raw = email.message_from_bytes(content, policy=email.policy.compat32)
addresses = {}
for name in ("From", "To", "Reply-To"):
    if raw[name] is not None:
        display, address = email.utils.parseaddr(raw[name])
        addresses[name] = [str(make_header(decode_header(display))), address]

json.dump(
    {
        "headers": headers,
        "addresses": addresses,
        "parts": [seen(part) for part in message.walk()],
        "defects": defects,
    },
    sys.stdout,
)
