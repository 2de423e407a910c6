#include "adapters/ses_notices.h"

#include "base/foreign_json.h"
#include "base/text.h"

namespace adapters {

namespace json = base::json;
using base::list_in;
using base::object_in;
using base::text_in;
using ports::DeliveryNotice;

namespace {

std::string our_id(const json::object& mail) {
  const json::array* headers = list_in(mail, "headers");
  if (!headers) return {};
  for (const json::value& header : *headers)
    if (header.is_object() &&
        base::equal_ignoring_case(text_in(header.get_object(), "name"), "X-Fairlead-Id"))
      return text_in(header.get_object(), "value");
  return {};
}

// "Permanent, General: smtp; 550 5.1.1 user unknown"
std::string bounce_reason(const json::object& bounce, const json::object& recipient) {
  std::string reason = text_in(bounce, "bounceType");
  if (const std::string more = text_in(bounce, "bounceSubType"); !more.empty())
    reason += ", " + more;
  if (const std::string said = text_in(recipient, "diagnosticCode"); !said.empty())
    reason += ": " + said;
  return reason;
}

void add_recipients(std::vector<DeliveryNotice>& notices, const DeliveryNotice& about,
                    const json::object& event, const char* list) {
  const json::array* recipients = list_in(event, list);
  if (!recipients) return;
  for (const json::value& recipient : *recipients) {
    if (!recipient.is_object()) continue;
    DeliveryNotice notice = about;
    notice.recipient = text_in(recipient.get_object(), "emailAddress");
    notice.reason = about.kind == DeliveryNotice::Kind::complained
                        ? text_in(event, "complaintFeedbackType")
                        : bounce_reason(event, recipient.get_object());
    notices.push_back(std::move(notice));
  }
}

void add_rejected(std::vector<DeliveryNotice>& notices, DeliveryNotice about,
                  const json::object& mail, const json::object& reject) {
  const json::array* destination = list_in(mail, "destination");
  if (!destination) return;
  about.reason = "SES refused it: " + text_in(reject, "reason");
  for (const json::value& address : *destination) {
    if (!address.is_string()) continue;
    about.recipient = std::string(address.get_string());
    notices.push_back(about);
  }
}

}  // namespace

std::vector<DeliveryNotice> ses_notices_from(const std::string& message) {
  std::vector<DeliveryNotice> notices;
  const auto event = base::parse_json_object(message);
  const json::object* mail = event ? object_in(*event, "mail") : nullptr;
  if (!mail) return notices;
  DeliveryNotice about;
  about.mail = our_id(*mail);
  if (about.mail.empty()) return notices;
  if (const json::object* bounce = object_in(*event, "bounce")) {
    DeliveryNotice came_back = about;
    if (text_in(*bounce, "bounceType") != "Permanent")
      came_back.kind = DeliveryNotice::Kind::doubtful;
    add_recipients(notices, came_back, *bounce, "bouncedRecipients");
  }
  if (const json::object* reject = object_in(*event, "reject"))
    add_rejected(notices, about, *mail, *reject);
  about.kind = DeliveryNotice::Kind::complained;
  if (const json::object* complaint = object_in(*event, "complaint"))
    add_recipients(notices, about, *complaint, "complainedRecipients");
  return notices;
}

}  // namespace adapters
