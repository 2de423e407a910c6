// One form for one photo: policy, signature and the answer's JSON; what a guest's page asks for.
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
  std::string text;
  text.reserve(2048);
  base::append_json_text(text += "{\"url\":", form.url);
  text += ",\"fields\":{";
  for (const auto& [name, value] : form.fields) {
    base::append_json_text(text, name);
    base::append_json_text(text += ':', value);
    text += ',';
  }
  text.back() = '}';
  base::append_json_text(text += ",\"key\":", asked.name.path);
  base::append_json_text(text += ",\"expires_at\":", base::format_utc(form.expires_at));
  return text += '}';
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
