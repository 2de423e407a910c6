#include "app/mail_artefacts.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "app/crew_page.h"
#include "app/facts.h"
#include "app/tell.h"

namespace app {

using base::Result;
using domain::Artefact;
using domain::ArtefactKind;
using domain::ArtefactState;
using domain::Job;
using domain::JobKind;
using domain::JobState;

namespace {

struct Reader {
  ArtefactKind kind;
  std::string to;
  std::vector<Job> mails;
  Facts should_know;          // empty: that it is off, or off for them
  const Job* call = nullptr;  // that plans their mails; nullptr: the charter's changes do
};

bool is_planned(const Job& job) {
  return job.state == JobState::planned;
}

// What is on its way has told nothing yet, and what may have been sent is not counted as told.
const Job* last_sent(const std::vector<Job>& mails) {
  const Job* last = nullptr;
  for (const Job& mail : mails) {
    const bool was_sent = mail.state == JobState::done || !mail.told.empty();
    if (!was_sent || is_planned(mail) || mail.told == told_something) continue;
    if (!last || last->revision < mail.revision) last = &mail;
  }
  return last;
}

// By the last mail that was sent. Whoever heard of the newest facts knows them, whatever the
// operator's own words have become since; whoever did not may know them from before.
Result<bool> knows_all(const Subject& subject, const Reader& reader, const Job* sent) {
  if (!sent) return reader.should_know.empty();
  if (sent->state == JobState::failed) return false;  // it came back
  const Facts told = TRY(facts_told_in(*sent));
  if (told.empty() || reader.should_know.empty()) return told.empty() == reader.should_know.empty();
  if (sent->revision >= subject.charter.facts_revision) return true;
  return changes_between(told, reader.should_know).empty();
}

// The mail that failed, or else whatever would plan one.
const Job* to_replay(const Reader& reader) {
  const auto failed =
      std::ranges::find(reader.mails.rbegin(), reader.mails.rend(), JobState::failed, &Job::state);
  return failed == reader.mails.rend() ? reader.call : &*failed;
}

Result<std::optional<Artefact>> judged(const Subject& subject, const Reader& reader) {
  const Job* sent = last_sent(reader.mails);
  Artefact artefact{reader.kind, reader.to, sent ? sent->rendered : 0};
  if (subject.is_over() || TRY(knows_all(subject, reader, sent)))
    return sent ? std::optional(std::move(artefact)) : std::nullopt;
  const Job* replay = to_replay(reader);
  if (replay) artefact.job = replay->id;
  artefact.reason = replay && !replay->last_error.empty() ? replay->last_error
                    : sent                                ? "was told something else"
                                                          : "was told nothing";
  const bool waits =
      std::ranges::any_of(reader.mails, is_planned) || (reader.call && is_planned(*reader.call));
  artefact.state = waits ? ArtefactState::due : ArtefactState::stale;
  return std::optional(std::move(artefact));
}

const Job* last_call(const std::vector<Job>& jobs) {
  const Job* last = nullptr;
  for (const Job& job : jobs)
    if (job.kind == JobKind::crew_call && (!last || last->revision < job.revision)) last = &job;
  return last;
}

Result<Reader> crew_reader(const Subject& subject, const domain::MemberId& id) {
  Reader reader{
      ArtefactKind::crew_mail, id.text(), mails_of(subject.jobs, id), {}, last_call(subject.jobs)};
  const domain::Member* member = subject.tenant.member(id);
  if (member) reader.to = member->email;
  const domain::Charter& charter = subject.charter;
  const bool is_aboard =
      std::ranges::find(charter.crew, id, &domain::Slot::member) != charter.crew.end();
  if (!is_aboard || !member || charter.is_cancelled()) return reader;
  reader.should_know = facts_of(TRY(crew_page(subject.store, charter, subject.tenant, id)));
  return reader;
}

Reader guest_reader(const Subject& subject, const std::string& address) {
  const domain::Charter& charter = subject.charter;
  Reader reader{ArtefactKind::guest_mail, address, {}, {}};
  std::ranges::copy_if(subject.jobs, std::back_inserter(reader.mails), [&](const Job& job) {
    return job.kind == JobKind::guest_mail && job.to == address;
  });
  if (!charter.is_cancelled() && address == charter.guest.email)
    reader.should_know = facts_of(domain::guest_mail_view(charter, subject.tenant, {}));
  return reader;
}

}  // namespace

Result<Artefacts> mail_artefacts(const Subject& subject) {
  std::set<domain::MemberId> people;
  std::set<std::string> guests;  // the addresses that were theirs
  for (const domain::Slot& slot : subject.charter.crew) people.insert(slot.member);
  for (const Job& job : subject.jobs)
    if (job.kind == JobKind::crew_mail)
      people.insert(job.member);
    else if (job.kind == JobKind::guest_mail)
      guests.insert(job.to);
  const std::string& address = subject.charter.guest.email;
  if (subject.charter.has_guest_page() && !address.empty()) guests.insert(address);
  std::vector<Reader> readers;
  readers.reserve(people.size() + guests.size());
  for (const domain::MemberId& member : people)
    readers.push_back(TRY(crew_reader(subject, member)));
  for (const std::string& guest : guests) readers.push_back(guest_reader(subject, guest));
  Artefacts artefacts;
  for (const Reader& reader : readers)
    if (auto artefact = TRY(judged(subject, reader))) artefacts.push_back(*std::move(artefact));
  return artefacts;
}

}  // namespace app
