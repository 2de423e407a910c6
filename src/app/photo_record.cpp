#include "app/photo_record.h"

#include <algorithm>

#include "app/charter_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::CharterId;
using domain::Photo;
using domain::PhotoId;

namespace {

constexpr const char* photo_prefix = "photo/";
// Records of removed ones stay.
constexpr std::size_t photo_records_max = 4 * domain::charter_photos_max;

Photo photo_from(const json::object& body) {
  Photo photo;
  photo.id = PhotoId(text_at(body, "id"));
  photo.charter = CharterId(text_at(body, "charter"));
  photo.filename = text_at(body, "filename");
  photo.type =
      domain::photo_type_from(text_at(body, "content_type")).value_or(domain::PhotoType::jpeg);
  photo.bytes = number_at(body, "bytes");
  photo.state =
      domain::photo_state_from(text_at(body, "state")).value_or(domain::PhotoState::pending);
  photo.asked_at = instant_at(body, "asked_at");
  photo.form_expires_at = instant_at(body, "form_expires_at");
  photo.received_at = optional_instant_at(body, "received_at");
  photo.deed = domain::DeedId(text_at(body, "deed"));
  return photo;
}

PhotoLedger ledger_from(const json::object& body) {
  PhotoLedger ledger;
  for (const json::value& entry : list_at(body, "photos")) {
    const json::object& one = entry.get_object();
    ledger.entries.push_back({PhotoId(text_at(one, "id")), number_at(one, "bytes")});
  }
  return ledger;
}

}  // namespace

ports::Place photo_place(const CharterId& charter, const PhotoId& photo) {
  return {charter_partition(charter), photo_prefix + photo.text()};
}

std::string encoded(const Photo& photo) {
  json::object body{{"id", photo.id.text()},
                    {"charter", photo.charter.text()},
                    {"filename", photo.filename},
                    {"content_type", domain::content_type_of(photo.type)},
                    {"bytes", photo.bytes},
                    {"state", domain::name_of(photo.state)},
                    {"asked_at", base::format_utc(photo.asked_at)},
                    {"form_expires_at", base::format_utc(photo.form_expires_at)}};
  if (photo.received_at) body["received_at"] = base::format_utc(*photo.received_at);
  if (!photo.deed.empty()) body["deed"] = photo.deed.text();
  return base::to_text(body);
}

Result<std::optional<Loaded<Photo>>> load_photo(const ports::TenantStore& store,
                                                const CharterId& charter, const PhotoId& photo) {
  return load<Photo>(store, photo_place(charter, photo), photo_from);
}

Result<std::vector<Photo>> photos_of(const ports::TenantStore& store, const CharterId& charter) {
  std::vector<Photo> photos;
  for (const ports::Stored& stored : TRY(store.scan(
           charter_partition(charter), ports::starting_with(photo_prefix), photo_records_max))) {
    Photo photo = photo_from(TRY(body_of(stored)));
    if (photo.state != domain::PhotoState::removed) photos.push_back(std::move(photo));
  }
  std::stable_sort(photos.begin(), photos.end(),
                   [](const Photo& a, const Photo& b) { return a.asked_at < b.asked_at; });
  return photos;
}

domain::PhotoTally PhotoLedger::tally() const {
  domain::PhotoTally tally;
  for (const Entry& entry : entries) {
    tally.count += 1;
    tally.bytes += entry.bytes;
  }
  return tally;
}

std::int64_t PhotoLedger::remove(const PhotoId& photo) {
  const auto found = std::ranges::find(entries, photo, &Entry::photo);
  if (found == entries.end()) return 0;
  const std::int64_t bytes = found->bytes;
  entries.erase(found);
  return bytes;
}

ports::Place ledger_place(const CharterId& charter) {
  return {charter_partition(charter), "photos"};
}

std::string encoded(const PhotoLedger& ledger) {
  json::array photos;
  for (const PhotoLedger::Entry& entry : ledger.entries)
    photos.push_back(json::object{{"id", entry.photo.text()}, {"bytes", entry.bytes}});
  return base::to_text(json::object{{"photos", std::move(photos)}});
}

Result<Loaded<PhotoLedger>> load_ledger(const ports::TenantStore& store, const CharterId& charter) {
  const auto loaded = TRY(load<PhotoLedger>(store, ledger_place(charter), ledger_from));
  return loaded ? *loaded : Loaded<PhotoLedger>{};
}

}  // namespace app
