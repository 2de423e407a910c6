"""What a person knows of a trip who has read every mail about it, in the order in which they came.

A note of changes says "old → new", so one whose old is not what its reader knew tells of something
that they never heard; that is found here too.
"""

import re

from received import CalendarFile

FACTS = ("When", "Where", "Boat", "Your role", "Guests", "Party", "Crew", "Notes",
         "Notes for the crew")
LINE = re.compile(r"^(" + "|".join(FACTS) + r"): (.*)$", re.M)


class Reader:
    def __init__(self):
        self.knows = None  # facts by label; None: of no trip that they are part of
        self.mails, self.faults = [], []

    def read(self, name, mail):
        self.mails.append(name)
        file = CalendarFile(mail.part("text/calendar"))
        self.event, self.method = file.events[0], file.lines[4].removeprefix("METHOD:")
        if self.method == "CANCEL":
            self.knows = None
        elif "What changed" in mail.text:
            self.read_changes(name, mail.text)
        else:
            self.knows = facts_of_invitation(mail.text)
        if self.knows is not None:
            self.knows["Boat"] = re.sub(r"^Crew: | \(\w+\)$| – .*$", "", self.event["SUMMARY"])

    def read_changes(self, name, text):
        changes = dict(LINE.findall(text.split("What changed")[1].split("\n\n")[0]))
        if not changes or self.knows is None:
            self.faults.append(f"{name} tells {changes} to one who knows {self.knows}")
        self.knows = self.knows or {}
        for label, change in changes.items():
            old, new = ("" if one == "none" else one for one in change.split(" → "))
            if self.knows.get(label, "") != old:
                self.faults.append(f"{name} says {label} was {old}; known: {self.knows.get(label)}")
            self.knows[label] = new
            if not new:
                del self.knows[label]


def facts_of_invitation(text):
    facts = dict(LINE.findall(text))
    paragraphs = text.split("\n\n")
    for paragraph in paragraphs:
        heading, _, rest = paragraph.partition("\n")
        if heading == "Crew":
            seats = [line.removeprefix("- ").removesuffix(" (you)") for line in rest.splitlines()]
            facts["Crew"] = ", ".join("{} ({})".format(*seat.split(", ")) for seat in seats)
        elif heading in ("Notes", "Notes for the crew"):
            facts[heading] = rest
    return facts
