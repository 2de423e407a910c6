// ports::Mailer without a mail server: each mail becomes a file DIR/<id>.eml, for a person to open
// or a program to fetch. Always: a file named *.eml is complete and mode 0600 (it carries personal
// links); the same id again replaces the same file; two ids never share one. Refuses: an empty id.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

#include "ports/mailer.h"

namespace adapters {

class MaildropMailer : public ports::Mailer {
 public:
  // folder: DIR/maildrop; made, mode 0700, with the first mail.
  explicit MaildropMailer(std::filesystem::path folder);
  base::Result<void> send(const ports::OutgoingMail& mail) override;
  base::Result<void> probe() override;

 private:
  std::filesystem::path folder_;
};

// The id with everything but unreserved characters (RFC 3986 §2.3) escaped; a long one ends in its
// digest.
std::string maildrop_file_name(const std::string& id);

}  // namespace adapters
