#include "app/page_artefacts.h"

#include <algorithm>

#include "app/charter_record.h"
#include "app/guest_files.h"

namespace app {

using base::Result;
using domain::Artefact;
using domain::ArtefactKind;
using domain::ArtefactState;

namespace {

domain::Revision last_rendered(const std::vector<domain::Job>& jobs) {
  domain::Revision last = 0;
  for (const domain::Job& job : jobs)
    if (job.kind == domain::JobKind::guest_page) last = std::max(last, job.rendered);
  return last;
}

// Finds fault with what a publication will see to.
class Judge {
 public:
  explicit Judge(const Subject& subject)
      : job_(domain::job_id_for(subject.charter.id, domain::JobKind::guest_page,
                                subject.charter.facts_revision)) {
    is_planned_ = std::ranges::any_of(subject.jobs, [](const domain::Job& job) {
      return job.kind == domain::JobKind::guest_page && job.state == domain::JobState::planned;
    });
  }
  Artefact found_wrong(Artefact artefact, std::string reason) const {
    artefact.state = is_planned_ ? ArtefactState::due : ArtefactState::stale;
    artefact.reason = std::move(reason);
    artefact.job = job_;
    return artefact;
  }

 private:
  domain::JobId job_;
  bool is_planned_ = false;
};

Result<Artefact> published(const Subject& subject, const Judge& judge, ArtefactKind kind,
                           const ports::Object& wanted) {
  const bool is_page = kind == ArtefactKind::guest_page;
  const std::string object = subject.charter.slug.text() + (is_page ? ".html" : ".ics");
  Artefact artefact{kind, object, last_rendered(subject.jobs)};
  const auto found = subject.world.objects->get({subject.store.tenant(), object});
  if (!found && found.error().code == ports::damaged_object)
    return judge.found_wrong(std::move(artefact), "cannot be read");
  TRY(found);
  if (!*found) return judge.found_wrong(std::move(artefact), "is not published");
  const bool is_right =
      (*found)->bytes == wanted.bytes && (*found)->content_type == wanted.content_type;
  if (is_right) return artefact;
  return judge.found_wrong(std::move(artefact), "does not say what the charter says");
}

Result<Artefact> former_address(const Subject& subject, const Judge& judge,
                                const domain::Slug& name) {
  const ports::ObjectName object{subject.store.tenant(), name.text() + ".html"};
  Artefact artefact{ArtefactKind::former_address, object.path, subject.charter.revision};
  const auto facts = subject.world.objects->facts(object);
  if (!facts && facts.error().code != ports::damaged_object) return facts.error();
  if (!facts || *facts) return judge.found_wrong(std::move(artefact), "an old page stands there");
  if (TRY(find_page_name(subject.store, name.text())) == subject.charter.id) return artefact;
  artefact.state = ArtefactState::stale;
  artefact.reason = "does not lead to the page";
  return artefact;
}

}  // namespace

Result<Artefacts> page_artefacts(const Subject& subject) {
  Artefacts artefacts;
  const domain::Charter& charter = subject.charter;
  const bool is_read = charter.ends.utc + domain::page_lives_after_end > subject.world.now();
  if (!charter.has_guest_page() || !is_read) return artefacts;
  const Judge judge(subject);
  const GuestPage page{subject.tenant, charter, charter.slug, {}};
  const ports::Object html{guest_html(page), html_type};
  ports::Object events;
  events.bytes = TRY(guest_calendar(subject.world, page));
  events.content_type = calendar_type;
  artefacts.push_back(TRY(published(subject, judge, ArtefactKind::guest_page, html)));
  artefacts.push_back(TRY(published(subject, judge, ArtefactKind::guest_calendar, events)));
  for (const domain::Slug& name : charter.former_slugs)
    artefacts.push_back(TRY(former_address(subject, judge, name)));
  return artefacts;
}

}  // namespace app
