#include "app/mail_frame.h"

#include <algorithm>

#include "app/write_calendar.h"

namespace app {

namespace {

// A mailbox whose name may hold anything: in quotes, with quotes and backslashes escaped.
std::string default_sender(const domain::Tenant& tenant) {
  std::string quoted = "\"";
  for (char c : tenant.name) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + "\" <no-reply@" + tenant.sites.guest + ">";
}

std::string message_id(const domain::JobId& job, const domain::Tenant& tenant) {
  return "<" + job.text() + "@" + tenant.sites.ops + ">";
}

}  // namespace

MailFrame mail_frame(const domain::Job& job, const domain::Charter& charter,
                     const domain::Tenant& tenant, const Recipient& to, const Told& told) {
  MailFrame frame;
  frame.message_id = message_id(job.id, tenant);
  if (!told.facts.empty()) frame.replies_to = message_id(told.mail, tenant);
  frame.fairlead_id = job.id.text();
  // The time it was planned, not of this try: a repeat has the same bytes.
  frame.date = job.planned_at;
  frame.from = tenant.mail_from.empty() ? default_sender(tenant) : tenant.mail_from;
  frame.reply_to = tenant.owner_email;
  frame.to_name = to.name;
  frame.to_address = to.address;
  frame.uid = event_uid(charter.id.text(), tenant);
  // An answer or an undo takes or opens a seat without new facts; its mail is newer all the same
  // (RFC 5546, 2.1.4).
  frame.sequence = std::max(job.revision, charter.facts_revision) - 1;
  return frame;
}

ports::OutgoingMail outgoing(const domain::Job& job, const Mail& mail) {
  return {job.id.text(), mail.sender, mail.recipient, mail.message};
}

}  // namespace app
