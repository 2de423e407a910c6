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
                           const char* ending, const std::string& wanted) {
  const std::string object = subject.charter.slug.text() + ending;
  Artefact artefact{kind, object, last_rendered(subject.jobs)};
  const auto found = TRY(subject.world.objects->get({subject.store.tenant(), object}));
  if (!found) return judge.found_wrong(std::move(artefact), "is not published");
  if (found->bytes == wanted) return artefact;
  return judge.found_wrong(std::move(artefact), "does not say what the charter says");
}

Result<Artefact> former_address(const Subject& subject, const Judge& judge,
                                const domain::Slug& name) {
  const ports::ObjectName object{subject.store.tenant(), name.text() + ".html"};
  Artefact artefact{ArtefactKind::former_address, object.path, subject.charter.revision};
  if (TRY(subject.world.objects->facts(object)))
    return judge.found_wrong(std::move(artefact), "an old page stands there");
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
  artefacts.push_back(
      TRY(published(subject, judge, ArtefactKind::guest_page, ".html", guest_html(page))));
  const std::string events = TRY(guest_calendar(subject.world, page));
  artefacts.push_back(TRY(published(subject, judge, ArtefactKind::guest_calendar, ".ics", events)));
  for (const domain::Slug& name : charter.former_slugs)
    artefacts.push_back(TRY(former_address(subject, judge, name)));
  return artefacts;
}

}  // namespace app
