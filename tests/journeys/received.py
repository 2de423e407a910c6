"""What people receive: mails and calendar files, read by nobody's code of ours."""

import email
import email.policy
import re


class Mail:
    """The bytes of one mail, as Python's email package reads them."""

    def __init__(self, raw):
        self.raw = raw
        self.message = email.message_from_bytes(raw, policy=email.policy.SMTP)

    def __getitem__(self, header):
        """As it is meant: a long one stands on a line below its name."""
        return str(self.message[header]).strip()

    def parts(self, content_type):
        return [part for part in self.message.walk() if part.get_content_type() == content_type]

    def part(self, content_type):
        """The content of the one part of this type: str for text, bytes for anything else."""
        found = self.parts(content_type)
        if len(found) != 1:
            raise AssertionError(f"{len(found)} parts of type {content_type}")
        return found[0].get_content()

    @property
    def text(self):
        return self.part("text/plain").replace("\r\n", "\n")

    @property
    def html(self):
        return self.part("text/html")

    def links(self, pattern):
        """Every such address of the text and of the HTML, in order."""
        markup = self.html.replace("&amp;", "&")
        return re.findall(pattern, self.text), re.findall(pattern, markup)

    @property
    def magic_link(self):
        return self.links(r"https://\S+/c/[a-z0-9]+")[0][0]


class CalendarFile:
    """The lines of an iCalendar file, unfolded. Refuses what RFC 5545 does: bare LF, long lines."""

    def __init__(self, raw):
        raw = raw.encode() if isinstance(raw, str) else raw
        if not raw.endswith(b"\r\n") or raw.count(b"\n") != raw.count(b"\r\n"):
            raise AssertionError("a line that does not end in CR LF")
        for line in raw.split(b"\r\n"):
            if len(line) > 75:
                raise AssertionError(f"more than 75 octets: {line!r}")
        self.lines = raw.replace(b"\r\n ", b"").decode().rstrip().split("\r\n")

    def components(self, name):
        found, inside = [], None
        for line in self.lines:
            if line == f"BEGIN:{name}":
                inside = {}
            elif line == f"END:{name}":
                found.append(inside)
                inside = None
            elif inside is not None:
                head, value = line.split(":", 1)
                inside[head] = value
        return found

    @property
    def events(self):
        return self.components("VEVENT")
