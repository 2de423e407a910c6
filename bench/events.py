"""Events to post: a fleet big enough that 64 clients never want one boat, month or person at once."""

import json
import secrets

VESSELS, MEMBERS, MONTHS, SLOTS_A_DAY = 8, 16, 36, 4
FIRST_YEAR = 2031
SITE = "crew.fleet.localhost"


def fleet_toml():
    lines = ['tenant = "fleet"', 'name = "Fleet Charters"', 'timezone = "Europe/Lisbon"',
             'currency = "EUR"', "[sites]", 'ops = "ops.fleet.localhost"', f'crew = "{SITE}"',
             'guest = "guest.fleet.localhost"', "[owner]", 'email = "owner@fleet.example"',
             "[pay.captain]", 'rate = "32.50"', "[pay.mate]", 'rate = "18.00"', "[checklists]",
             'departure = ["Life jackets counted", "Engine and bilge"]',
             'return = ["Sails covered"]']
    for number in range(VESSELS):
        lines += ["[[vessels]]", f'id = "boat-{number}"', f'name = "Boat {number}"',
                  f'dock = "Pontoon {number}"', "passengers_max = 8", "turnaround_minutes = 45",
                  "latitude = 38.6936", "longitude = -9.1967"]
    for number in range(MEMBERS):
        role = "captain" if number % 2 == 0 else "mate"
        lines += ["[[crew]]", f'id = "crew-{number}"', f'name = "Crew Member {number}"',
                  f'email = "crew-{number}@fleet.example"', f'roles = ["{role}"]']
    return "\n".join(lines) + "\n"


def fleet_json(key_id, bcrypt_hash):
    """The same fleet for bench/compare/events_app.py."""
    return json.dumps({
        "tenant": "fleet", "name": "Fleet Charters", "rates": {"captain": "32.50", "mate": "18.00"},
        "timezone": "Europe/Lisbon", "site": SITE, "keys": {key_id: bcrypt_hash},
        "checklist": ["Life jackets counted", "Engine and bilge", "Sails covered"],
        "vessels": {f"boat-{n}": {"dock": f"Pontoon {n}", "turnaround_minutes": 45}
                    for n in range(VESSELS)},
        "crew": {f"crew-{n}": {"name": f"Crew Member {n}", "email": f"crew-{n}@fleet.example",
                               "roles": ["captain" if n % 2 == 0 else "mate"]}
                 for n in range(MEMBERS)}})


def event(number):
    """Neighbours differ in boat and people, and in month once every boat had its turn."""
    turn, boat = divmod(number, VESSELS)
    place, month = divmod(turn, MONTHS)
    day, slot = divmod(place, SLOTS_A_DAY)
    date = f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02}-{day % 28 + 1:02}"
    return {"vessel": f"boat-{boat}", "title": f"Sunset sail {number}",
            "starts_at": f"{date}T{6 + 4 * slot:02}:00", "ends_at": f"{date}T{9 + 4 * slot:02}:00",
            "crew": [{"member": f"crew-{2 * boat}", "role": "captain"},
                     {"member": f"crew-{2 * boat + 1}", "role": "mate"}],
            "notes": "Meet at the pontoon gate; the guests bring their own food."}


def requests(count, key):
    """Whole HTTP requests, made before the clock runs."""
    made = []
    for number in range(count):
        body = json.dumps(event(number)).encode()
        head = (f"POST /events HTTP/1.1\r\nHost: {SITE}\r\nX-Service-Key: {key}\r\n"
                f"Idempotency-Key: {secrets.token_hex(16)}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n")
        made.append(head.encode() + body)
    return made
