#include "adapters/smtp_mailer.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <string_view>
#include <utility>

#include <curl/curl.h>

#include "base/crash_point.h"
#include "base/text.h"

namespace adapters {

using base::Error;
using base::Kind;
using base::Result;
using ports::OutgoingMail;

namespace {

constexpr std::size_t words_bytes_max = 200;

Error refused(std::string message) {
  return {Kind::invalid, std::move(message)};
}

// RFC 5321 §2.3.8: CR and LF only as a pair. A server that also takes a lone one would read other
// mails into ours.
bool has_only_whole_line_ends(std::string_view message) {
  for (std::size_t i = 0; i < message.size(); ++i) {
    const char c = message[i];
    if (c == '\0' || c == '\n') return false;
    if (c != '\r') continue;
    if (i + 1 == message.size() || message[i + 1] != '\n') return false;
    ++i;
  }
  return true;
}

Result<void> check(const OutgoingMail& mail) {
  if (!base::is_mail_address(mail.sender)) return refused("the sender is no mail address");
  if (!base::is_mail_address(mail.recipient)) return refused("the recipient is no mail address");
  if (mail.message.empty()) return refused("an empty mail");
  if (mail.message.size() > smtp_message_bytes_max) return refused("a mail over 16 MiB");
  if (!has_only_whole_line_ends(mail.message))
    return refused("a mail with a bare CR, a bare LF or a NUL");
  return {};
}

// What the server said, for a person to read: printable ASCII, bounded.
std::string cleaned(std::string_view words) {
  std::string answer;
  for (const char c : words.substr(0, words_bytes_max)) {
    if (c >= ' ' && c <= '~')
      answer.push_back(c);
    else if (static_cast<unsigned char>(c) >= 0x80)
      answer.push_back('?');
  }
  return answer;
}

// One mail on its way: what curl's callbacks read and write.
struct Transfer {
  std::string_view unsent;
  bool asked_for_message =
      false;                 // the server said 354: what it says from here on is about the mail
  std::string last_refusal;  // the server's last line with 4xx or 5xx
};

std::size_t give_message(char* buffer, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  transfer.asked_for_message = true;
  const std::size_t bytes = std::min(size * count, transfer.unsent.size());
  std::memcpy(buffer, transfer.unsent.data(), bytes);
  transfer.unsent.remove_prefix(bytes);
  return bytes;
}

std::size_t take_reply(char* line, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  const std::size_t bytes = size * count;
  if (bytes > 0 && (line[0] == '4' || line[0] == '5'))
    transfer.last_refusal.assign(line, std::min(bytes, words_bytes_max));
  return bytes;
}

std::size_t drop(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

// For a single option curl only fails when it was built without the feature.
class Options {
 public:
  explicit Options(CURL* handle) : handle_(handle) {}
  template <class Value>
  Options& set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(handle_, option, value);
    if (code != CURLE_OK) worst_ = code;
    return *this;
  }
  Result<void> result() const {
    if (worst_ == CURLE_OK) return {};
    return base::internal(std::string("libcurl refuses a setting: ") + curl_easy_strerror(worst_));
  }

 private:
  CURL* handle_;
  CURLcode worst_ = CURLE_OK;
};

long tls_policy(SmtpSettings::Starttls starttls) {
  switch (starttls) {
    case SmtpSettings::Starttls::required:
      return CURLUSESSL_ALL;
    case SmtpSettings::Starttls::if_offered:
      return CURLUSESSL_TRY;
    case SmtpSettings::Starttls::none:
      return CURLUSESSL_NONE;
  }
  return CURLUSESSL_ALL;
}

Result<void> check(const SmtpSettings& settings) {
  const bool known = settings.url.starts_with("smtp://") || settings.url.starts_with("smtps://");
  if (!known) return base::invalid("mail.smtp", "must begin with smtp:// or smtps://");
  const std::string_view host = std::string_view(settings.url).substr(settings.url.find("//") + 2);
  if (host.empty() || host.find_first_of("/@?# \r\n") != std::string_view::npos)
    return base::invalid("mail.smtp", "must be a host, with or without a port: smtp://host:587");
  if (settings.user.empty() && !settings.password.empty())
    return base::invalid("mail.user", "is missing beside a password");
  return {};
}

}  // namespace

class SmtpMailer::Connection {
 public:
  Connection() : handle_(curl_easy_init()) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { curl_easy_cleanup(handle_); }

  Result<void> configure(const SmtpSettings& settings);
  Result<void> send(const OutgoingMail& mail);
  Result<void> probe();

 private:
  Result<void> perform(const OutgoingMail& mail, curl_slist* recipients);
  Error error_from(CURLcode code, const Transfer& transfer) const;

  CURL* handle_;
  std::mutex mutex_;
};

Result<void> SmtpMailer::Connection::configure(const SmtpSettings& settings) {
  if (!handle_) return base::unavailable("libcurl cannot start");
  // curl says EHLO with the path of the url.
  const std::string url = settings.url + "/" + base::percent_encoded(settings.own_name);
  Options options(handle_);
  options.set(CURLOPT_URL, url.c_str())
      .set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
      .set(CURLOPT_PROXY, "")
      .set(CURLOPT_NOSIGNAL, 1L)
      .set(CURLOPT_USE_SSL, tls_policy(settings.starttls))
      .set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2))
      .set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()))
      .set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings.total_timeout.count()))
      .set(CURLOPT_UPLOAD, 1L)
      .set(CURLOPT_READFUNCTION, give_message)
      .set(CURLOPT_HEADERFUNCTION, take_reply)
      .set(CURLOPT_WRITEFUNCTION, drop);
  if (!settings.user.empty())
    options.set(CURLOPT_USERNAME, settings.user.c_str())
        .set(CURLOPT_PASSWORD, settings.password.c_str());
  if (!settings.certificates_file.empty())
    options.set(CURLOPT_CAINFO, settings.certificates_file.c_str());
  return options.result();
}

Result<void> SmtpMailer::Connection::send(const OutgoingMail& mail) {
  const std::lock_guard lock(mutex_);
  // One recipient: of several, a refused one would hide behind those taken.
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(
      curl_slist_append(nullptr, ("<" + mail.recipient + ">").c_str()), curl_slist_free_all);
  if (!recipients) return base::unavailable("no memory for a mail");
  auto sent = perform(mail, recipients.get());
  // The list and the message end here; the handle must not remember them.
  Options(handle_)
      .set(CURLOPT_MAIL_RCPT, static_cast<curl_slist*>(nullptr))
      .set(CURLOPT_READDATA, static_cast<void*>(nullptr))
      .set(CURLOPT_HEADERDATA, static_cast<void*>(nullptr));
  return sent;
}

Result<void> SmtpMailer::Connection::probe() {
  const std::lock_guard lock(mutex_);
  // Greeting, EHLO, STARTTLS and login as for a mail, then NOOP.
  Transfer transfer;
  TRY(Options(handle_)
          .set(CURLOPT_UPLOAD, 0L)
          .set(CURLOPT_CUSTOMREQUEST, "NOOP")
          .set(CURLOPT_HEADERDATA, &transfer)
          .result());
  const CURLcode code = curl_easy_perform(handle_);
  auto probed = code == CURLE_OK ? base::ok() : Result<void>(error_from(code, transfer));
  TRY(Options(handle_)
          .set(CURLOPT_CUSTOMREQUEST, static_cast<const char*>(nullptr))
          .set(CURLOPT_UPLOAD, 1L)
          .set(CURLOPT_HEADERDATA, static_cast<void*>(nullptr))
          .result());
  return probed;
}

Result<void> SmtpMailer::Connection::perform(const OutgoingMail& mail, curl_slist* recipients) {
  Transfer transfer{mail.message, false, {}};
  const std::string sender = "<" + mail.sender + ">";
  TRY(Options(handle_)
          .set(CURLOPT_MAIL_FROM, sender.c_str())
          .set(CURLOPT_MAIL_RCPT, recipients)
          .set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.message.size()))
          .set(CURLOPT_READDATA, &transfer)
          .set(CURLOPT_HEADERDATA, &transfer)
          .result());
  base::crash_point("mail.send.before");
  const CURLcode code = curl_easy_perform(handle_);
  base::crash_point("mail.send.after");
  if (code != CURLE_OK) return error_from(code, transfer);
  return {};
}

Error SmtpMailer::Connection::error_from(CURLcode code, const Transfer& transfer) const {
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  const std::string words =
      status >= 400 ? cleaned(transfer.last_refusal) : std::string(curl_easy_strerror(code));
  if (code == CURLE_LOGIN_DENIED)
    return base::unavailable("the mail server refuses our user and password: " + words);
  // A greeting or an EHLO with 5xx is about the server; from MAIL on it is about this mail.
  const bool about_this_mail = code == CURLE_SEND_ERROR || transfer.asked_for_message;
  if (about_this_mail && status >= 500 && status <= 599)
    return refused("the mail server refuses the mail: " + words);
  if (status >= 400 && status <= 599)
    return base::unavailable("the mail server does not take the mail now: " + words);
  return base::unavailable("the mail server cannot be used: " + words);
}

SmtpMailer::SmtpMailer(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)) {}
SmtpMailer::~SmtpMailer() = default;

Result<std::unique_ptr<SmtpMailer>> SmtpMailer::open(const SmtpSettings& settings) {
  TRY(check(settings));
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) return base::unavailable("libcurl cannot start");
  auto connection = std::make_unique<Connection>();
  TRY(connection->configure(settings));
  return std::unique_ptr<SmtpMailer>(new SmtpMailer(std::move(connection)));
}

Result<void> SmtpMailer::send(const OutgoingMail& mail) {
  TRY(check(mail));
  return connection_->send(mail);
}

Result<void> SmtpMailer::probe() {
  return connection_->probe();
}

}  // namespace adapters
