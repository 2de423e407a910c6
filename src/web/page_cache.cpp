#include "web/page_cache.h"

#include <mutex>

#include "base/crypto.h"

namespace web {

using base::Instant;

namespace {

// Half a millisecond for a page; 11 would save a tenth of its bytes for sixty times that.
constexpr int pack_quality = 5;

std::string key_of(std::string_view host, std::string_view path) {
  std::string key;
  key.reserve(host.size() + path.size() + 1);
  return key.append(host).append(" ").append(path);
}

// The same answer in one encoding, with an entity tag of its own. Source: RFC 9110 §8.8.3.3.
base::Response packed(base::Response response, base::Encoding encoding) {
  if (encoding == base::Encoding::identity) return response;
  response.body = base::encoded(response.body, encoding, pack_quality);
  response.set("Content-Encoding", base::name_of(encoding));
  std::string etag(response.header("ETag").value_or("\"\""));
  etag.insert(etag.size() - 1, "-" + std::string(base::name_of(encoding)));
  response.set("ETag", etag);
  return response;
}

std::chrono::sys_seconds second_of(Instant now) {
  return std::chrono::floor<std::chrono::seconds>(now);
}

}  // namespace

std::string etag_of(std::string_view body) {
  constexpr std::size_t digits = 24;
  return "\"" + base::hex(base::bytes_of(base::sha256(body))).substr(0, digits) + "\"";
}

std::string http_date(Instant now) {
  // RFC 9110 wants GMT where RFC 5322 has +0000; the rest is alike.
  std::string date = base::format_mail_date(now);
  date.replace(date.size() - 5, 5, "GMT");
  // IMF-fixdate has two digits for the day.
  if (date[6] == ' ') date.insert(5, "0");
  return date;
}

std::size_t PageCache::AddressHash::operator()(const Address& address) const {
  const std::hash<std::string_view> hash;
  return hash(address.host) * 31 + hash(address.path);
}

std::size_t PageCache::AddressHash::operator()(const std::string& key) const {
  const std::string_view text = key;
  const std::size_t space = text.find(' ');
  return (*this)(Address{text.substr(0, space), text.substr(space + 1)});
}

bool PageCache::AddressEqual::operator()(const Address& address, const std::string& key) const {
  return key.size() == address.host.size() + 1 + address.path.size() &&
         key.starts_with(address.host) && key.ends_with(address.path) &&
         key[address.host.size()] == ' ';
}

std::shared_ptr<const ReadyAnswer> PageCache::find(const ReadyQuestion& question, Instant now) {
  const Address address{question.host, question.path};
  const auto variant = static_cast<std::size_t>(base::best_encoding(question.accept_encoding));
  {
    std::shared_lock lock(mutex_);
    auto found = pages_.find(address);
    if (found == pages_.end() || found->second.gone_at <= now) return nullptr;
    if (found->second.stamped == second_of(now)) return found->second.variants.at(variant).answer;
  }
  // The Date header is of another second: stamped anew at most once a second and page.
  std::unique_lock lock(mutex_);
  auto found = pages_.find(address);
  if (found == pages_.end()) return nullptr;
  if (found->second.stamped != second_of(now)) stamp(found->second, now);
  return found->second.variants.at(variant).answer;
}

void PageCache::stamp(Entry& entry, Instant now) {
  const std::string date = http_date(now);
  for (Variant& variant : entry.variants) {
    auto answer = std::make_shared<ReadyAnswer>();
    answer->kind = entry.charter.empty() ? ReadyAnswer::Kind::asset : ReadyAnswer::Kind::page;
    answer->etag = std::string(variant.response.header("ETag").value_or(""));
    answer->full = base::serialised(variant.response, date);
    answer->head = base::serialised(variant.response, date, base::AnswerTo::head);
    base::Response unchanged = variant.response;
    unchanged.status = 304;
    unchanged.body.clear();
    answer->not_modified = base::serialised(unchanged, date);
    variant.answer = std::move(answer);
  }
  entry.stamped = second_of(now);
}

void PageCache::put(const CachedPage& page, std::uint64_t generation, Instant now) {
  const bool ages = age_max_ != no_age_max && !page.charter.empty();
  Entry entry{page.charter, ages ? std::min(page.gone_at, now + age_max_) : page.gone_at, {}, {}};
  for (const base::Encoding encoding : base::encodings)
    entry.variants.at(static_cast<std::size_t>(encoding)).response =
        packed(page.response, encoding);
  stamp(entry, now);
  if (!page.charter.empty()) rendered_.fetch_add(1, std::memory_order_relaxed);
  std::unique_lock lock(mutex_);
  if (generation != generation_.load(std::memory_order_relaxed)) return;
  if (pages_.size() >= pages_max_) pages_.erase(pages_.begin());
  pages_.insert_or_assign(key_of(page.host, page.path), std::move(entry));
}

std::size_t PageCache::size() {
  std::shared_lock lock(mutex_);
  return pages_.size();
}

void PageCache::drop(const domain::CharterId& charter) {
  std::unique_lock lock(mutex_);
  generation_.fetch_add(1, std::memory_order_acq_rel);
  std::erase_if(pages_, [&](const auto& page) { return page.second.charter == charter; });
}

void PageCache::drop_all() {
  std::unique_lock lock(mutex_);
  generation_.fetch_add(1, std::memory_order_acq_rel);
  pages_.clear();
}

}  // namespace web
