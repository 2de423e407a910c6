#include "metrics.h"

#include <fstream>

#include <unistd.h>

#include "base/log.h"
#include "base/prometheus.h"

#include "app/job_record.h"

namespace fairlead {

using base::MetricsText;
using enum base::MetricsText::Kind;

namespace {

// Of each of the due index's shards: a backlog is a backlog, however long it is.
constexpr std::size_t due_counted_max = 500;

constexpr double seconds(auto span) {
  return std::chrono::duration<double>(span).count();
}

std::uint64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t size_pages = 0;
  std::uint64_t resident_pages = 0;
  statm >> size_pages >> resident_pages;
  return statm ? resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

std::string class_of(std::size_t digit) {
  return std::to_string(digit) + "xx";
}

void write_process(MetricsText& text, const Watched& watched) {
  text.family("fairlead_build_info", gauge, "The version that runs.")
      .sample(1, {{"version", FAIRLEAD_VERSION}});
  text.family("fairlead_uptime_seconds", gauge, "Since the server started.")
      .sample_seconds(seconds(std::chrono::steady_clock::now() - watched.started));
  text.family("process_resident_memory_bytes", gauge, "Memory in use.").sample(resident_bytes());
}

void write_http(MetricsText& text, const transports::HttpFigures& http) {
  text.family("fairlead_http_connections", gauge, "Open connections.").sample(http.connections);
  text.family("fairlead_http_queue_depth", gauge, "Requests that wait for a worker.")
      .sample(http.queued);
  text.family("fairlead_http_shed_total", counter, "Requests answered 503 for want of room.")
      .sample(http.shed);
  auto answers = http.answers;
  answers[2] += http.pages.full + http.assets.full;
  answers[3] += http.pages.unchanged + http.assets.unchanged;
  text.family("fairlead_http_answers_total", counter,
              "All answers, those to what is no request among them.");
  for (std::size_t digit = 1; digit < answers.size(); ++digit)
    text.sample(answers[digit], {{"class", class_of(digit)}});
  std::array<double, transports::duration_buckets.size()> ends{};
  for (std::size_t i = 0; i < ends.size(); ++i) ends[i] = seconds(transports::duration_buckets[i]);
  text.family("fairlead_http_request_duration_seconds", histogram,
              "From the first byte of a request until its answer is ready to leave.")
      .histogram(ends, http.durations, static_cast<double>(http.nanoseconds) / 1e9);
}

// What is answered from memory is answered before there is a route: pages belong to the guest
// page's, assets to that of either site.
void write_routes(MetricsText& text, const web::Traffic& traffic,
                  const transports::HttpFigures& http) {
  constexpr std::string_view page_route = "GET /g/{name}";
  std::array<std::uint64_t, 6> from_memory{0, 0, http.pages.full, http.pages.unchanged, 0, 0};
  text.family("fairlead_requests_total", counter, "Requests by the route that answered.");
  for (const web::Traffic::Figure& figure : traffic.figures()) {
    std::uint64_t count = figure.count;
    const auto digit = static_cast<std::size_t>(figure.status_class);
    if (figure.route == page_route) count += std::exchange(from_memory.at(digit), 0);
    text.sample(count,
                {{"site", figure.site}, {"route", figure.route}, {"class", class_of(digit)}});
  }
  for (std::size_t digit = 0; digit < from_memory.size(); ++digit)
    if (from_memory[digit] > 0)
      text.sample(from_memory[digit],
                  {{"site", "guest"}, {"route", page_route}, {"class", class_of(digit)}});
  const std::array<std::uint64_t, 2> assets{http.assets.full, http.assets.unchanged};
  for (std::size_t i = 0; i < assets.size(); ++i)
    if (assets[i] > 0)
      text.sample(assets[i],
                  {{"site", ""}, {"route", "GET /assets/{name}"}, {"class", class_of(i + 2)}});
}

void write_pages(MetricsText& text, web::PageCache& pages, const transports::HttpFigures& http) {
  text.family("fairlead_page_cache_hits_total", counter, "Guest pages answered from memory.")
      .sample(http.pages.full + http.pages.unchanged);
  text.family("fairlead_page_cache_misses_total", counter, "Guest pages rendered anew.")
      .sample(pages.rendered());
  text.family("fairlead_page_cache_pages", gauge, "Guest pages and assets in memory.")
      .sample(pages.size());
}

void write_store(MetricsText& text, const adapters::SqliteCounters& store) {
  text.family("fairlead_store_commits_total", counter, "Commits made durable.")
      .sample(store.commits);
  text.family("fairlead_store_conflicts_total", counter, "Commits refused: a version had moved.")
      .sample(store.conflicts);
  text.family("fairlead_store_batches_total", counter, "Transactions that commits shared.")
      .sample(store.batches);
  text.family("fairlead_store_waiting", gauge, "Commits that wait to be written.")
      .sample(store.waiting);
}

void write_jobs(MetricsText& text, const Watched& watched) {
  const base::Instant now = watched.machine.world().now();
  const auto due = watched.machine.installation().due(now, due_counted_max);
  if (due) {
    base::Instant oldest = now;
    for (const ports::DueEntry& entry : *due) oldest = std::min(oldest, entry.due_at);
    text.family("fairlead_jobs_due", gauge, "Jobs whose time has come.").sample(due->size());
    text.family("fairlead_jobs_oldest_due_seconds", gauge, "How long the oldest has been due.")
        .sample_seconds(seconds(now - oldest));
  } else {
    base::log::error("cannot count due jobs", {{"reason", due.error().message}});
  }
  using domain::JobState;
  text.family("fairlead_jobs_total", counter, "How often a job came into each state.");
  for (const JobState state :
       {JobState::planned, JobState::done, JobState::failed, JobState::stale})
    text.sample(watched.jobs.of(state), {{"state", domain::name_of(state)}});
}

}  // namespace

void JobCounts::heed(const ports::Change& change) {
  if (const auto state = app::job_state_in(change))
    counts_.at(static_cast<std::size_t>(*state)).fetch_add(1, std::memory_order_relaxed);
}

std::string write_metrics(const Watched& watched) {
  MetricsText text;
  const transports::HttpFigures http = watched.server.figures();
  write_process(text, watched);
  write_http(text, http);
  write_routes(text, watched.router.traffic(), http);
  write_pages(text, watched.pages, http);
  if (const auto store = watched.machine.store_counters()) write_store(text, *store);
  write_jobs(text, watched);
  text.family("fairlead_bcrypt_checks_total", counter, "Service keys checked the long way.")
      .sample(watched.router.bcrypt_checks());
  return text.take();
}

}  // namespace fairlead
