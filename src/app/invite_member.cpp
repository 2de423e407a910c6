#include "app/invite_member.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/pass_record.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Job;

namespace {

constexpr std::size_t pass_id_bytes = 10;
constexpr domain::Revision invitations_max = 100;

Result<Job> mail_for(const ports::TenantStore& store, const domain::Member& member,
                     base::Instant now) {
  Job job;
  job.kind = domain::JobKind::crew_mail;
  job.charter = domain::roster_of(store.tenant());
  job.to = member.email;
  job.member = member.id;
  job.planned_at = now;
  job.due_at = now;
  for (job.revision = 1; job.revision <= invitations_max; ++job.revision) {
    job.id = domain::crew_mail_id_for(job.charter, job.revision, member.id);
    auto known = TRY(load_job(store, job.id));
    if (!known) return job;
    if (known->value.state == domain::JobState::planned) return std::move(known->value);
  }
  return base::conflict(member.name + " was invited a hundred times");
}

Result<void> put_pass(const ports::TenantStore& store, ports::Changes& changes, const World& world,
                      const Job& mail) {
  if (TRY(find_called(store, mail.charter, mail.member))) return {};
  const domain::Pass pass{domain::PassId(world.random_text(pass_id_bytes)), mail.charter,
                          mail.member};
  changes.put(pass_place(pass.id), ports::absent, encoded(pass));
  changes.put(called_place(pass.charter, pass.member), ports::absent, encoded_called(pass.id));
  return {};
}

Result<Job> invite_once(const ports::TenantStore& store, const World& world, const Invite& invite) {
  const auto tenant = TRY(load_tenant(store));
  const domain::Member* member = tenant.value.member(invite.member);
  if (!member) return base::not_found("There is no such crew member");
  Job mail = TRY(mail_for(store, *member, world.now()));
  if (TRY(load_job(store, mail.id))) return mail;
  auto changes = store.changes();
  changes.check(tenant_place(), tenant.version);
  TRY(put_pass(store, changes, world, mail));
  plan(changes, mail);
  audit(changes, world,
        {invite.actor,
         "invite_member",
         charter_partition(mail.charter),
         {{"member", invite.member.text()}, {"job", mail.id.text()}}});
  TRY(store.commit(changes));
  return mail;
}

}  // namespace

Result<Job> invite_member(const ports::TenantStore& store, const World& world,
                          const Invite& invite) {
  return decide([&] { return invite_once(store, world, invite); });
}

}  // namespace app
