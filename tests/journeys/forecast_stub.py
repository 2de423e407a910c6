"""Stands in for the weather service and the tide service: answers of their public formats, and what
such services do on a bad day. Forecasts are made for the hours from now on."""

import datetime
import http.server
import json
import sys
import threading
import time
import urllib.parse

HUGE = 6 * 1024 * 1024


def utc_hour(hours=0):
    now = datetime.datetime.now(datetime.timezone.utc)
    return now.replace(minute=0, second=0, microsecond=0) + datetime.timedelta(hours=hours)


def layer(unit, figure, hours=7 * 24):
    """One value for a week, as the service merges what is equal."""
    valid = f"{utc_hour().isoformat()}/P{hours // 24}D"
    return {"uom": f"wmoUnit:{unit}", "values": [{"validTime": valid, "value": figure}]}


class ForecastStub:
    """mood: fine, down (500), slow (answers after `slow_seconds`), nonsense, huge, wrong_units or
    moved (a redirect). For each service its own."""

    def __init__(self):
        self.mood = {"weather": "fine", "tides": "fine"}
        self.wind_kmh, self.gust_kmh = 18.52, 25.928  # 10 and 14 knots
        self.slow_seconds = 30
        self.asked = []  # path and User-Agent
        stub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                stub.asked.append((self.path, self.headers.get("User-Agent")))
                stub.answer(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def settings(self):
        return (f'[forecasts]\ncontact = "ops@sailjada.example"\nweather_url = "{self.url}"\n'
                f'tides_url = "{self.url}"\n')

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        path = urllib.parse.urlsplit(request.path).path
        is_weather = path.startswith(("/points/", "/gridpoints/"))
        mood = self.mood["weather" if is_weather else "tides"]
        if mood == "slow":
            time.sleep(self.slow_seconds)
        if mood == "down":
            return self.send(request, 500, {"title": "Unexpected Problem", "status": 500})
        if mood == "nonsense":
            return self.send(request, 200, b"<html>Under maintenance</html>")
        if mood == "huge":
            return self.send(request, 200, b" " * HUGE)
        if mood == "moved":
            return self.send(request, 301, b"", Location=f"{self.url}/elsewhere")
        return self.send(request, *self.right_answer(path, request.path, mood))

    def right_answer(self, path, target, mood):
        if path.startswith("/points/"):
            place = path.removeprefix("/points/")
            if place.startswith(("38.", "-")):
                kind = "https://api.weather.gov/problems/InvalidPoint"
                return 404, {"title": "Data Unavailable For Requested Point", "type": kind}
            square = {"gridId": "SGX", "gridX": 55, "gridY": 13}
            data = "https://api.weather.gov/gridpoints/SGX/55,13"
            return 200, {"type": "Feature", "properties": {**square, "forecastGridData": data}}
        if path.startswith("/gridpoints/"):
            return 200, {"type": "Feature", "properties": self.grid(mood)}
        if path == "/api/prod/datagetter":
            return 200, self.predictions(urllib.parse.parse_qs(urllib.parse.urlsplit(target).query))
        if path.startswith("/mdapi/prod/webapi/stations/"):
            return 200, {"count": 1, "stations": [{"id": "9410170", "name": "San Diego"}]}
        return 404, {"title": "Not Found", "status": 404}

    def grid(self, mood):
        speed = "degC" if mood == "wrong_units" else "km_h-1"
        height = "percent" if mood == "wrong_units" else "m"
        made = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=20)
        return {"updateTime": made.isoformat(timespec="seconds"),
                "temperature": layer("degC", 18.3),
                "windDirection": layer("degree_(angle)", 270),
                "windSpeed": layer(speed, self.wind_kmh),
                "windGust": layer(speed, self.gust_kmh),
                "waveHeight": layer(height, 0.6096),
                "primarySwellHeight": {"values": []},
                "visibility": layer("m", 16093.44),
                "probabilityOfPrecipitation": layer("percent", 5)}

    @staticmethod
    def predictions(query):
        if query["station"] != ["9410170"]:
            return {"error": {"message": "No Predictions data was found."}}
        day = datetime.datetime.strptime(query["begin_date"][0], "%Y%m%d")
        last = datetime.datetime.strptime(query["end_date"][0], "%Y%m%d")
        turns, high = [], True
        while day < last + datetime.timedelta(days=1):
            turns.append({"t": f"{day:%Y-%m-%d %H:%M}", "v": "1.672" if high else "-0.215",
                          "type": "H" if high else "L"})
            day, high = day + datetime.timedelta(hours=6, minutes=12), not high
        return {"predictions": turns}

    @staticmethod
    def send(request, status, body, **headers):
        payload = body if isinstance(body, bytes) else json.dumps(body).encode()
        try:
            request.send_response(status)
            request.send_header("Content-Type", "application/geo+json")
            request.send_header("Content-Length", str(len(payload)))
            for name, value in headers.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(payload)
        except OSError:
            pass  # whoever asked had waited long enough


def main():
    """Says where it listens, gusts as it is told in km/h, and ends with its standard input."""
    stub = ForecastStub()
    stub.gust_kmh = float(sys.argv[1])
    print(stub.url, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
