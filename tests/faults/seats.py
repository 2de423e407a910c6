"""What a checker asks about open seats: who was asked, what they said, what became of the seat, and
that the owner heard of it.
"""

from reading import Reading


class Seats(Reading):
    def joined(self, charter):
        """The deeds by which somebody said yes to a seat, and had it."""
        return [deed for _, deed in self.audits(charter, "answer_ask")
                if deed["facts"]["answer"] == "yes"]

    def asks(self, charter):
        return {sort.removeprefix("ask/"): ask
                for _, sort, ask in self.under(f"charter/{charter}") if sort.startswith("ask/")}

    def jobs_of(self, charter, kind):
        return {name: job for name, job in self.jobs.items()
                if (job["charter"], job["kind"]) == (charter, kind)}

    def check_seats(self, charter, body):
        asks, looks = self.asks(charter), self.audits(charter, "fill_seats")
        for member, ask in asks.items():
            held = self.get(f"pass/{ask['pass']}", "pass")
            self.expect(held and (held["charter"], held["member"]) == (charter, member),
                        f"{charter}: the pass of {member}, who was asked, is {held}")
            self.check_ask(charter, member, ask, looks)
        for about, noted in (("waiting", "asked"), ("taken", "taken")):
            mails = sorted(job["member"] for job in self.jobs_of(charter, "seat_ask").values()
                           if job["about"] == about)
            said = sorted(one for _, look in looks for one in look["facts"].get(noted, []))
            self.expect(mails == said, f"{charter}: {noted} {said}, mails {mails}")
        said = {deed["facts"]["member"] for _, deed in self.audits(charter, "answer_ask")}
        asked = {one for _, look in looks for one in look["facts"].get("asked", [])}
        self.expect(said <= asks.keys() == asked, f"{charter}: {asks.keys()} asked, {said} said")
        self.check_taken(charter, body, asks)
        self.check_looks(charter, body, looks)
        self.check_owner_mails(charter, looks)

    def check_ask(self, charter, member, ask, looks):
        deeds = [deed["facts"] for _, deed in self.audits(charter, "answer_ask")
                 if deed["actor"] == f"crew {member}"]
        if ask["state"] in ("yes", "no"):
            self.expect([deed["answer"] for deed in deeds] == [ask["state"]],
                        f"{charter}: the audit of {member}, who said {ask['state']}: {deeds}")
            return
        self.expect(not deeds, f"{charter}: {member} is {ask['state']} and said {deeds}")
        named = [look for _, look in looks if member in look["facts"].get(ask["state"], [])]
        self.expect(ask["state"] == "waiting" or len(named) == 1,
                    f"{charter}: {member} is {ask['state']} by {named}")

    def check_taken(self, charter, body, asks):
        """A seat is one person's: aboard, called with the link of their ask, their time taken."""
        for deed in self.joined(charter):
            member, role = deed["facts"]["member"], deed["facts"]["role"]
            aboard = [slot["role"] for slot in body["crew"] if slot["member"] == member]
            called = self.get(f"charter/{charter}", f"called/{member}")
            self.expect(aboard == [role], f"{charter}: {member} took {role} and is {aboard}")
            self.expect(called and called["pass"] == asks.get(member, {}).get("pass"),
                        f"{charter}: {member} is called with another link than they were asked")
        crew = {slot["member"] for slot in body["crew"]}
        busy = {partition for partition, _, spans in self.busy_months("person/")
                if any(one["holder"] == charter for one in spans)}
        self.expect(busy == crew, f"{charter}: {crew} aboard, {busy} have no time")

    def check_looks(self, charter, body, looks):
        """While a seat is open the look of the call's round is planned; earlier ones see nothing."""
        call = self.get(f"charter/{charter}", "call")
        planned = {name for name, job in self.jobs_of(charter, "fill_seats").items()
                   if job["state"] == "planned"}
        rounds = {int(name.rsplit(".", 1)[1]) for name in planned}
        if call is None:
            self.expect(not (looks or planned or body.get("open")), f"{charter}: its call is lost")
        else:
            self.expect(max(rounds, default=0) <= call["round"], f"{charter}: looks of {rounds}")
            self.expect(call["round"] in rounds or not body.get("open"),
                        f"{charter}: an open seat, and nobody will look after it: {planned}")
        # One that died between what it saw and its own end finds nothing to see, and is not kept.
        if not self.remains.deaths:
            kept = {f"job {name}" for name in self.jobs_of(charter, "fill_seats").keys() - planned}
            self.expect(kept == {look["actor"] for _, look in looks}, f"{charter}: looks {kept}")

    def check_owner_mails(self, charter, looks):
        """One of each answer, and of each look that found nobody left or too little time."""
        told = [look for look in looks if look[1]["facts"].keys() & {"nobody_left", "at_risk"}]
        said = [*self.audits(charter, "answer_call"), *self.audits(charter, "answer_ask")]
        deeds = sorted(sort.removeprefix("audit/").replace("/", "_") for sort, _ in [*said, *told])
        mails = self.jobs_of(charter, "owner_mail")
        self.expect(sorted(mail["about"] for mail in mails.values()) == deeds,
                    f"{charter}: the owner hears of {list(mails)}, not of {deeds}")
        for name, mail in mails.items():
            self.expect(name.rsplit(".", 1)[1] == mail["about"].rsplit("_", 1)[1],
                        f"{name} is about {mail['about']}")

    def check_seat(self, asked):
        member, answer = asked.wanted["member"], asked.wanted["answer"]
        kept = self.asks(asked.wanted["charter"]).get(member)
        if asked.acknowledged:
            self.expect(kept and kept["state"] == answer, f"the {answer} of {member} is lost")
