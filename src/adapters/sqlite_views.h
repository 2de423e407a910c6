// Step 2 of the schema: views over the JSON of the records, for people with sqlite3 or a BI tool.
// Always: a row for each charter, each slot of a charter's crew, each settlement and each job; the
// server itself never reads them. Times are the dock's clock ("2027-05-30T16:30") and, with the
// ending _utc, UTC; amounts are the settlement's own text. settlements holds money: whoever may
// open the file sees it.
#pragma once

namespace adapters {

// A record's partition is "{tenant}/charter/{charter}"; the tenant is what stands before the first
// slash.
inline constexpr const char* sqlite_views = R"(
  CREATE VIEW charters AS SELECT
    body ->> '$.id' AS charter,
    substr(partition, 1, instr(partition, '/') - 1) AS tenant,
    body ->> '$.status' AS status,
    body ->> '$.revision' AS revision,
    body ->> '$.channel' AS channel,
    body ->> '$.reference' AS reference,
    body ->> '$.title' AS title,
    body ->> '$.vessel' AS vessel,
    body ->> '$.dock' AS dock,
    body ->> '$.starts.wall' AS starts_at,
    body ->> '$.ends.wall' AS ends_at,
    body ->> '$.starts.zone' AS timezone,
    body ->> '$.starts.utc' AS starts_at_utc,
    body ->> '$.ends.utc' AS ends_at_utc,
    body ->> '$.guest.name' AS guest_name,
    body ->> '$.guest.email' AS guest_email,
    body ->> '$.guest.phone' AS guest_phone,
    body ->> '$.guest.party_size' AS party_size,
    body ->> '$.slug' AS slug,
    body ->> '$.booked_at' AS booked_at_utc
  FROM operations WHERE sort = 'charter' AND partition LIKE '%/charter/%';

  CREATE VIEW assignments AS SELECT
    charter.body ->> '$.id' AS charter,
    substr(charter.partition, 1, instr(charter.partition, '/') - 1) AS tenant,
    charter.body ->> '$.status' AS status,
    charter.body ->> '$.vessel' AS vessel,
    charter.body ->> '$.starts.wall' AS starts_at,
    charter.body ->> '$.ends.wall' AS ends_at,
    charter.body ->> '$.starts.zone' AS timezone,
    charter.body ->> '$.starts.utc' AS starts_at_utc,
    charter.body ->> '$.ends.utc' AS ends_at_utc,
    slot.value ->> '$.member' AS member,
    slot.value ->> '$.role' AS role,
    coalesce(answer.body ->> '$.answer', 'none') AS answer,
    answer.body ->> '$.at' AS answered_at_utc
  FROM operations AS charter, json_each(charter.body, '$.crew') AS slot
  LEFT JOIN operations AS answer ON answer.partition = charter.partition
    AND answer.sort = 'answer/' || (slot.value ->> '$.member')
  WHERE charter.sort = 'charter' AND charter.partition LIKE '%/charter/%';

  CREATE VIEW settlements AS SELECT
    substr(partition, instr(partition, '/charter/') + 9) AS charter,
    substr(partition, 1, instr(partition, '/') - 1) AS tenant,
    body ->> '$.currency' AS currency,
    body ->> '$.gross' AS gross,
    body ->> '$.net' AS net,
    body ->> '$.net_if_channel_pays' AS net_if_channel_pays,
    body -> '$.lines' AS lines
  FROM owner_only WHERE sort = 'settlement' AND partition LIKE '%/charter/%';

  CREATE VIEW jobs AS SELECT
    body ->> '$.id' AS job,
    body ->> '$.charter' AS charter,
    substr(partition, 1, instr(partition, '/') - 1) AS tenant,
    body ->> '$.kind' AS kind,
    body ->> '$.state' AS state,
    body ->> '$.to' AS recipient,
    body ->> '$.revision' AS revision,
    body ->> '$.planned_at' AS planned_at_utc,
    body ->> '$.due_at' AS due_at_utc,
    body ->> '$.finished_at' AS finished_at_utc,
    body ->> '$.attempts' AS attempts,
    body ->> '$.last_error' AS last_error
  FROM operations WHERE sort LIKE 'job/%' AND partition LIKE '%/charter/%';
)";

}  // namespace adapters
