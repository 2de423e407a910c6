#include "web/page_cache.h"

#include <mutex>

#include "base/crypto.h"

namespace web {

using base::Instant;

namespace {

std::string key_of(std::string_view host, std::string_view path) {
  std::string key;
  key.reserve(host.size() + path.size() + 1);
  return key.append(host).append(" ").append(path);
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

std::shared_ptr<const ReadyAnswer> PageCache::find(std::string_view host, std::string_view path,
                                                   Instant now) {
  const std::string key = key_of(host, path);
  {
    std::shared_lock lock(mutex_);
    auto found = pages_.find(key);
    if (found == pages_.end() || found->second.gone_at <= now) return nullptr;
    if (found->second.stamped == second_of(now)) return found->second.answer;
  }
  // The Date header is of another second: stamped anew at most once a second and page.
  std::unique_lock lock(mutex_);
  auto found = pages_.find(key);
  if (found == pages_.end()) return nullptr;
  if (found->second.stamped != second_of(now)) stamp(found->second, now);
  return found->second.answer;
}

void PageCache::stamp(Entry& entry, Instant now) const {
  const std::string date = http_date(now);
  auto answer = std::make_shared<ReadyAnswer>();
  answer->etag = std::string(entry.response.header("ETag").value_or(""));
  answer->full = base::serialised(entry.response, date);
  answer->head = base::serialised(entry.response, date, base::AnswerTo::head);
  base::Response unchanged = entry.response;
  unchanged.status = 304;
  unchanged.body.clear();
  answer->not_modified = base::serialised(unchanged, date);
  entry.answer = std::move(answer);
  entry.stamped = second_of(now);
}

void PageCache::put(CachedPage page, std::uint64_t generation, Instant now) {
  Entry entry{page.charter, page.gone_at, std::move(page.response), {}, nullptr};
  stamp(entry, now);
  std::unique_lock lock(mutex_);
  if (generation != generation_.load(std::memory_order_relaxed)) return;
  if (pages_.size() >= pages_max_) pages_.erase(pages_.begin());
  pages_.insert_or_assign(key_of(page.host, page.path), std::move(entry));
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
