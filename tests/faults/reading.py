"""What the checker reads a data folder with: its records by where they stand, its newest objects, its
mails; and the list of faults that it fills.
"""

import json

from remains import TENANT


class Reading:
    def __init__(self, remains, records):
        self.remains, self.records, self.faults = remains, records, []
        self.charters = {partition.removeprefix("charter/"): body
                         for (table, partition, sort), body in self.records.items()
                         if table == "operations" and sort == "charter"}
        self.jobs = {sort.removeprefix("job/"): body for (_, _, sort), body in
                     self.records.items() if sort.startswith("job/")}

    def expect(self, holds, what):
        if not holds:
            self.faults.append(what)

    def get(self, partition, sort, table="operations"):
        return self.records.get((table, partition, sort))

    def under(self, prefix, table="operations"):
        """(partition without the prefix, sort, body) of each such record."""
        return [(partition.removeprefix(prefix), sort, body)
                for (where, partition, sort), body in self.records.items()
                if where == table and partition.startswith(prefix)]

    def audits(self, charter, verb, table="operations"):
        return [(sort, body) for (where, partition, sort), body in sorted(self.records.items())
                if where == table and partition == f"charter/{charter}"
                and sort.startswith("audit/") and body["verb"] == verb]

    def kept_answers(self, path):
        return [json.loads(body["answer"]) for table in ("operations", "owner_only")
                for _, sort, body in self.under("idempotency/", table)
                if sort.startswith(f"POST {path}/")]

    def busy_months(self, who):
        """(partition, month, intervals), without the record of the latest end."""
        return [(partition, sort, body["busy"]) for partition, sort, body in self.under(who)
                if sort != "latest"]

    def replays(self, job):
        charter = self.jobs[job]["charter"]
        return sum(deed["facts"]["job"] == job for _, deed in self.audits(charter, "replay_job"))

    def newest_object(self, name):
        """Its bytes; None: there is none."""
        folder = self.remains.data / "objects" / TENANT / name
        versions = sorted((int(path.name), path) for path in
                          (folder.parent / f"@{folder.name}").glob("*") if path.name.isdigit())
        for _, path in versions:
            self.expect(b"\n" in path.read_bytes(), f"{name} version {path.name} is torn")
        if not versions:
            return None
        return versions[-1][1].read_bytes().partition(b"\n")[2]

    def maildrop(self):
        from received import Mail
        folder = self.remains.data / "maildrop"
        return [(None, Mail(path.read_bytes())) for path in sorted(folder.glob("*.eml"))]
