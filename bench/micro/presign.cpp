// One form for one photo: policy, signature and the answer's JSON; what a guest's page asks for.
#include <array>

#include <benchmark/benchmark.h>

#include "base/json.h"

#include "adapters/folder_objects.h"
#include "adapters/system_clock.h"

namespace {

ports::FormRequest form_for(base::Instant now) {
  ports::FormRequest request;
  request.name = {domain::TenantId("jada"),
                  "quarantine/jada.k3v9q2m7xw4t8zpa/b7n2c5d8f3g6h9j4.jpg"};
  request.content_type = "image/jpeg";
  request.bytes_max = 4'194'304;
  request.now = now;
  request.expires_at = now + std::chrono::hours(24);
  request.own_site = "https://queenofsandiego.example";
  return request;
}

std::string answer_of(const ports::FormRequest& asked, const ports::PostForm& form) {
  std::array<unsigned char, 4096> room;
  base::json::monotonic_resource arena(room.data(), room.size());
  base::json::object fields(&arena);
  fields.reserve(form.fields.size());
  for (const auto& [name, value] : form.fields) fields.emplace(name, value);
  base::json::object body(&arena);
  body.reserve(4);
  body.emplace("url", form.url);
  body.emplace("fields", std::move(fields));
  body.emplace("key", asked.name.path);
  body.emplace("expires_at", base::format_utc(form.expires_at));
  return base::to_text(base::json::value(std::move(body)));
}

void presign(benchmark::State& state) {
  adapters::SystemClock clock;
  adapters::FolderObjects objects("objects", domain::ServerKey(32, 'k'));
  for ([[maybe_unused]] auto _ : state) {
    const ports::FormRequest asked = form_for(clock.now());
    const auto form = objects.presign(asked);
    if (!form) return state.SkipWithError(form.error().message.c_str());
    benchmark::DoNotOptimize(answer_of(asked, *form));
  }
}

}  // namespace

BENCHMARK(presign)->Name("presign");
