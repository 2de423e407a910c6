#include "adapters/maildrop_mailer.h"

#include <utility>
#include <vector>

#include <unistd.h>

#include "base/crypto.h"
#include "base/text.h"

#include "adapters/durable_file.h"

namespace adapters {

using base::Result;

namespace {

// File systems take 255 bytes.
constexpr std::size_t name_bytes_max = 200;

}  // namespace

std::string maildrop_file_name(const std::string& id) {
  std::string name = base::percent_encoded(id);
  // A leading dot would hide the file from *.eml.
  if (name.starts_with('.')) name.replace(0, 1, "%2E");
  if (name.size() > name_bytes_max) {
    const std::string digest = base::hex(base::bytes_of(base::sha256(id)));
    name = name.substr(0, name_bytes_max - digest.size() - 1) + "%" + digest;
  }
  return name + ".eml";
}

MaildropMailer::MaildropMailer(std::filesystem::path folder) : folder_(std::move(folder)) {
  // Mails that a crash cut off; their jobs write them anew.
  std::error_code ignored;
  std::vector<std::filesystem::path> left;
  std::filesystem::directory_iterator entry(folder_, ignored);
  for (const std::filesystem::directory_iterator end; entry != end; entry.increment(ignored))
    if (entry->path().filename().string().starts_with(".new-")) left.push_back(entry->path());
  for (const std::filesystem::path& one : left) std::filesystem::remove(one, ignored);
}

Result<void> MaildropMailer::send(const ports::OutgoingMail& mail) {
  if (mail.id.empty()) return base::Error{base::Kind::invalid, "a mail without an id"};
  TRY(make_folder(folder_));
  return write_file(folder_ / maildrop_file_name(mail.id), mail.message, Existing::replace);
}

Result<void> MaildropMailer::probe() {
  TRY(make_folder(folder_));
  if (::access(folder_.c_str(), W_OK) != 0)
    return base::unavailable("mails cannot be written to " + folder_.string());
  return {};
}

}  // namespace adapters
