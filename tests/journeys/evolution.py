"""What Evolution's calendar service makes of our mails' calendar parts, when its mail program hands
them on as it does at the push of its button: the same call, with the same rules of RFC 5546.

The service runs on a message bus and in a home of its own. Not among the tests of `./dev test`,
because its packages are large: `./dev prove evolution` installs them.
"""

import os
import subprocess
import sys
import tempfile

from fairlead import run_suite
from moving_trip import DAY, READERS, MovingTrip

HOME = "FAIRLEAD_EVOLUTION_HOME"


class Calendar:
    """The calendar that every user has."""

    def __init__(self):
        import gi
        for name, version in (("EDataServer", "1.2"), ("ECal", "2.0"), ("ICalGLib", "3.0")):
            gi.require_version(name, version)
        from gi.repository import ECal, EDataServer, ICalGLib
        self.ecal, self.ical = ECal, ICalGLib
        registry = EDataServer.SourceRegistry.new_sync(None)
        self.client = ECal.Client.connect_sync(
            registry.ref_builtin_calendar(), ECal.ClientSourceType.EVENTS, 10, None)

    def take(self, part):
        calendar = self.ical.Component.new_from_string(part.decode())
        self.client.receive_objects_sync(calendar, self.ecal.OperationFlags.NONE, None)

    def shows(self):
        _, events = self.client.get_object_list_sync("#t", None)
        return [(event.get_summary(), event.get_dtstart().as_ical_string(),
                 event.get_dtend().as_ical_string()) for event in events]


class Evolution(MovingTrip):
    def setUp(self):
        super().setUp()
        self.calendar = Calendar()

    def test_mails_move_the_entry_and_take_it_out(self):
        self.tell_all()
        for mails, title in READERS.items():
            invited, moved, off = (self.part(mails.format(revision)) for revision in (1, 2, 3))
            before = (title, f"{DAY:%Y%m%d}T163000", f"{DAY:%Y%m%d}T193000")
            after = (title, f"{DAY:%Y%m%d}T153000", f"{DAY:%Y%m%d}T183000")
            for part, shown in ((invited, [before]), (moved, [after]), (moved, [after]), (off, []),
                                (invited, [before]), (off, [])):
                self.calendar.take(part)
                self.assertEqual(self.calendar.shows(), shown)


def in_a_home_of_its_own():
    with tempfile.TemporaryDirectory(
            prefix="fairlead-evolution-", ignore_cleanup_errors=True) as home:
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(("XDG_", "DBUS_"))}
        environment |= {"HOME": home, HOME: home, "XDG_RUNTIME_DIR": home}
        # Services go with their bus; what they still write, they write into a folder that is going.
        done = subprocess.run(["dbus-run-session", "--", sys.executable, "-B", *sys.argv],
                              env=environment, timeout=300)
        return done.returncode


if __name__ == "__main__":
    if HOME not in os.environ:
        sys.exit(in_a_home_of_its_own())
    run_suite()
