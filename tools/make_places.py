#!/usr/bin/env python3
"""Makes the place tables of the codebook from GeoNames tables.

    tools/make_places.py GAZETTEER-FOLDER codebook/places

Reads cities5000.txt, admin1CodesASCII.txt, admin2Codes.txt, countryInfo.txt and
shapes_simplified_low.txt; writes places.tsv (towns), provinces.tsv and countries.tsv. Same input,
same output: rows are sorted by GeoNames id. regions.tsv in the same folder is written by hand.

What is decided here:
  alternates   Latin letters only, one to four words, no all-capitals (airport codes), none that
               folds to the name itself; at most MAX_ALT of a town, the more English-looking first
  provinces    GeoNames gives no coordinates: those of the seat (PPLA), else the mean of the towns,
               else of the country; "alternates" are the name without its suffix, the ASCII name
  countries    the middle of the outline's largest part when it lies inside, else the capital
"""
import json
import os
import re
import sys
import unicodedata

COLUMNS = ("# columns: name\talternates(;)\tlat\tlon\tclass\tcode\tcountry alpha-3\tprovince name\t"
           "district name\tpopulation\tgeonameid")
MAX_ALT = 5

# GeoNames codes that the ontology writes otherwise.
CODE3 = {"XKX": "KOS"}
# Not states of today: no rows.
DEAD = {"CS", "AN"}

SUFFIX = re.compile(
    r"^(?:Provincia (?:de|del|di)|Departamento (?:de|del)|Departement (?:de|du)|Estado (?:de|do)|"
    r"Region (?:de|du|des)|Region|Muhafazat|Governorate of|Province of|State of|Wilaya de|"
    r"Republic of|Respublika|Autonomous Republic of)\s+|"
    r"\s+(?:Province|Governorate|District|Region|State|Oblast'?|Oblast’|Krai|Kray|Republic|"
    r"Prefecture|Department|County|Municipality|Division|Voivodeship|Canton|Parish|Territory|"
    r"Autonomous Region|Autonomous Oblast|Autonomous Okrug|Shi|Sheng|Zizhiqu|Viloyati|Velayat|"
    r"Special Region|Capital Region|Wilayat|Muhafazah|Emirate)$", re.I)

# Provinces that the news calls otherwise than GeoNames: (country, ASCII name) -> alternates.
PROVINCE_ALT = {
    ("PAK", "Khyber Pakhtunkhwa"): ["KP", "KPK", "North-West Frontier Province", "NWFP", "Khyber-Pakhtunkhwa"],
    ("PAK", "Balochistan"): ["Baluchistan"],
    ("PAK", "Sindh"): ["Sind"],
    ("PAK", "Gilgit-Baltistan"): ["Northern Areas"],
    ("PAK", "Azad Kashmir"): ["Azad Jammu and Kashmir", "Pakistan-administered Kashmir", "AJK"],
    ("IND", "Kashmir"): ["Jammu and Kashmir", "Indian-administered Kashmir", "Indian Kashmir", "J&K"],
    ("IND", "Jammu and Kashmir"): ["Indian-administered Kashmir", "Indian Kashmir", "J&K"],
    ("IND", "Odisha"): ["Orissa"],
    ("AFG", "Helmand"): ["Hilmand"],
    ("AFG", "Nangarhar"): ["Nangrahar", "Ningarhar"],
    ("AFG", "Kandahar"): ["Qandahar"],
    ("AFG", "Kunar"): ["Konar", "Kunarha"],
    ("AFG", "Khowst"): ["Khost"],
    ("AFG", "Ghowr"): ["Ghor"],
    ("AFG", "Paktika"): ["Paktia and Paktika"],
    ("AFG", "Oruzgan"): ["Uruzgan", "Urozgan"],
    ("AFG", "Wardak"): ["Maidan Wardak"],
    ("IRQ", "Al Anbar"): ["Anbar"],
    ("IRQ", "Nineveh"): ["Ninewa", "Ninawa"],
    ("IRQ", "Diyala"): ["Diyala"],
    ("IRQ", "Salah ad Din"): ["Salahuddin", "Salahaddin", "Salah al-Din"],
    ("IRQ", "Basra"): ["Al Basrah"],
    ("SYR", "Idlib"): ["Idleb"],
    ("SYR", "Al-Hasakah"): ["Hasakah", "Hasaka", "Hassakeh"],
    ("SYR", "Daraa"): ["Deraa", "Dara"],
    ("SYR", "Deir ez-Zor"): ["Deir al-Zor", "Deir Ezzor", "Deir al-Zour"],
    ("SYR", "Rif-dimashq"): ["Rural Damascus", "Rif Dimashq", "Reef Dimashq"],
    ("SYR", "As-Suwayda"): ["Sweida", "Suwayda"],
    ("IRN", "Sistan and Baluchestan"): ["Sistan-Baluchestan", "Sistan-Baluchistan", "Sistan and Baluchistan"],
    ("IRN", "Hormozgan"): ["Hormuzgan"],
    ("SAU", "Minṭaqat ‘Asir"): ["Asir"],
    ("TUR", "Sirnak"): ["Sirnak"],
    ("UKR", "Kiev"): ["Kyiv", "Kyiv region"],
    ("UKR", "Luhansk"): ["Lugansk", "Luhansk region"],
    ("UKR", "Donetsk"): ["Donetsk region"],
    ("UKR", "Zaporizhzhya"): ["Zaporizhzhia", "Zaporozhye"],
    ("UKR", "Odessa"): ["Odesa"],
    ("UKR", "Crimea"): ["Crimean peninsula"],
    ("EGY", "North Sinai"): ["Northern Sinai"],
    ("RUS", "Chechnya"): ["Chechen Republic"],
    ("RUS", "Dagestan"): ["Daghestan"],
    ("RUS", "Kursk Oblast"): ["Kursk region"],
    ("RUS", "Belgorod Oblast"): ["Belgorod region"],
    ("CHN", "Xinjiang"): ["Xinjiang Uygur Autonomous Region", "Xinjiang region"],
    ("CHN", "Tibet"): ["Tibet Autonomous Region", "Xizang"],
    ("CHN", "Inner Mongolia"): ["Nei Mongol"],
    ("MMR", "Rakhine"): ["Arakan", "Rakhine state"],
    ("MMR", "Kachin"): ["Kachin state"],
    ("MMR", "Shan"): ["Shan state"],
    ("MMR", "Kayin"): ["Karen state"],
    ("COD", "Nord Kivu"): ["North Kivu"],
    ("COD", "South Kivu"): ["Sud-Kivu"],
    ("COD", "Haut-Katanga"): ["Upper Katanga"],
    ("ETH", "Tigray"): ["Tigray region"],
    ("ETH", "Oromiya"): ["Oromia"],
    ("ETH", "Amhara"): ["Amhara region"],
    ("ETH", "Somali"): ["Somali region", "Ogaden"],
    ("SDN", "Northern Darfur"): ["North Darfur"],
    ("SDN", "Southern Darfur"): ["South Darfur"],
    ("SDN", "Western Darfur"): ["West Darfur"],
    ("SDN", "Southern Kordofan"): ["South Kordofan"],
    ("SDN", "Northern Kordofan"): ["North Kordofan"],
    ("SDN", "Al Jazirah"): ["Gezira", "Al-Jazira state", "Al Jazeera state"],
    ("YEM", "Sanaa"): ["Sana'a", "Sana'a Governorate"],
    ("YEM", "Al Hudaydah"): ["Hodeidah", "Hudaydah", "Hodeida", "Al Hudaydah"],
    ("YEM", "Muhafazat Hadramaout"): ["Hadramaut", "Hadramawt"],
    ("YEM", "Al Jawf"): ["Jawf"],
    ("YEM", "Ma'rib"): ["Marib"],
    ("YEM", "Ta'izz"): ["Taiz", "Taez"],
    ("YEM", "Muhafazat Saada"): ["Saada", "Sa'ada", "Saadah"],
}


def code3_table(folder):
    iso = {}
    with open(os.path.join(folder, "countryInfo.txt"), encoding="utf-8") as f:
        for line in f:
            if line.startswith("#") or line.startswith("ISO\t"):
                continue
            c = line.rstrip("\n").split("\t")
            if len(c) < 17 or c[0] in DEAD:
                continue
            iso[c[0]] = {"code": CODE3.get(c[1], c[1]), "name": c[4], "capital": c[5],
                         "population": c[7], "id": c[16]}
    return iso


def fold(s):
    s = s.replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("Ł", "L").replace("ı", "i")
    s = s.replace("đ", "d").replace("Đ", "D").replace("ß", "ss").replace("æ", "ae").replace("ð", "d")
    s = re.sub("[‘’ʻʼʿʾ`´]", "'", s).replace("–", "-")
    s = unicodedata.normalize("NFD", s)
    return "".join(ch for ch in s if not unicodedata.combining(ch)).lower()


def key(s):
    return re.sub(r"[^a-z0-9]+", " ", fold(s).replace("'", "")).strip()


LATIN = re.compile(r"^[A-Za-zÀ-ɏ'’‘`´\- .]+$")


def good_alternate(a):
    """Could an English-language newspaper print this?"""
    if not LATIN.match(a) or not 3 <= len(a) <= 40 or a.isupper():
        return False
    if not a[0].isupper() or len(a.split()) > 4:
        return False
    if re.search(r"[A-Z]{2,}", a) or re.search(r"[a-z][A-Z]", a.replace("Mc", "").replace("Mac", "")):
        return False
    return True


def alternates(name, ascii_name, alts, limit):
    """Distinct spellings, the plain ones first; marks and apostrophes cost."""
    seen, out = {key(name)}, []
    cand = [ascii_name] + [a.strip() for a in alts]
    scored = []
    for i, a in enumerate(cand):
        if not a or not good_alternate(a):
            continue
        folded = fold(a)
        marks = sum(1 for x, y in zip(a.lower(), folded) if x != y) + a.count("'") + a.count("`")
        odd = len(re.findall(r"(?:kh'|sj|tj|zj|ij[aou]|dž|shch|aa|uu|ii|(.)\1\1)", folded))
        scored.append((marks * 2 + odd + (3 if len(a.split()) > len(name.split()) + 1 else 0),
                       0 if i == 0 else 1, abs(len(a) - len(name)), i, a))
    scored.sort()
    for _, _, _, _, a in scored:
        k = key(a)
        if not k or k in seen:
            continue
        seen.add(k)
        out.append(a.replace("‘", "'").replace("’", "'").replace("`", "'"))
        if len(out) == limit:
            break
    return out


def clean(s):
    return s.replace("\t", " ").replace(";", ",").strip()


def row(name, alts, lat, lon, fclass, fcode, country, province, district, population, gid):
    return "\t".join([clean(name), ";".join(clean(a) for a in alts), "%.4g" % lat if abs(lat) < 0.001
                      else ("%.4f" % lat).rstrip("0").rstrip("."), ("%.4f" % lon).rstrip("0").rstrip("."),
                      fclass, fcode, country, clean(province), clean(district), str(population), str(gid)])


def bare(name):
    """Without its suffix: "Kunar Province" -> "Kunar"."""
    prev = None
    while prev != name:
        prev, name = name, SUFFIX.sub("", name).strip()
    return name or prev


def largest_ring(geometry):
    polys = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]

    def area(ring):
        return abs(sum(ring[i][0] * ring[(i + 1) % len(ring)][1] - ring[(i + 1) % len(ring)][0] * ring[i][1]
                       for i in range(len(ring)))) / 2
    return max((p[0] for p in polys), key=area)


def centroid(ring):
    a = cx = cy = 0.0
    for i in range(len(ring)):
        x0, y0 = ring[i][:2]
        x1, y1 = ring[(i + 1) % len(ring)][:2]
        cross = x0 * y1 - x1 * y0
        a += cross
        cx += (x0 + x1) * cross
        cy += (y0 + y1) * cross
    if abs(a) < 1e-9:
        return None
    return cx / (3 * a), cy / (3 * a)


def inside(x, y, ring):
    hit = False
    for i in range(len(ring)):
        x0, y0 = ring[i][:2]
        x1, y1 = ring[(i + 1) % len(ring)][:2]
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            hit = not hit
    return hit


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    src, out = sys.argv[1:]
    iso = code3_table(src)

    admin1, admin2 = {}, {}
    with open(os.path.join(src, "admin1CodesASCII.txt"), encoding="utf-8") as f:
        for line in f:
            c, name, ascii_name, gid = line.rstrip("\n").split("\t")
            admin1[c] = (name, ascii_name, int(gid))
    with open(os.path.join(src, "admin2Codes.txt"), encoding="utf-8") as f:
        for line in f:
            c, name, ascii_name, gid = line.rstrip("\n").split("\t")
            admin2[c] = name

    towns, by_admin1, by_country = [], {}, {}
    with open(os.path.join(src, "cities5000.txt"), encoding="utf-8") as f:
        for line in f:
            c = line.rstrip("\n").split("\t")
            if c[8] not in iso:
                continue
            t = {"id": int(c[0]), "name": c[1], "ascii": c[2], "alt": c[3].split(",") if c[3] else [],
                 "lat": float(c[4]), "lon": float(c[5]), "class": c[6], "code": c[7], "cc": c[8],
                 "a1": c[8] + "." + c[10], "a2": c[8] + "." + c[10] + "." + c[11],
                 "pop": int(c[14] or 0)}
            towns.append(t)
            by_admin1.setdefault(t["a1"], []).append(t)
            by_country.setdefault(t["cc"], []).append(t)
    towns.sort(key=lambda t: t["id"])

    # GeoNames names some provinces differently by year: towns take today's name.
    def province(t):
        return bare(admin1[t["a1"]][0]) if t["a1"] in admin1 else ""

    with open(os.path.join(out, "places.tsv"), "w", encoding="utf-8") as f:
        f.write(COLUMNS + "\n")
        for t in towns:
            limit = MAX_ALT if t["pop"] >= 15000 or t["code"] in ("PPLC", "PPLA") else 3
            f.write(row(t["name"], alternates(t["name"], t["ascii"], t["alt"], limit), t["lat"], t["lon"],
                        t["class"], t["code"], iso[t["cc"]]["code"], province(t), admin2.get(t["a2"], ""),
                        t["pop"], t["id"]) + "\n")

    rows = []
    for c, (name, ascii_name, gid) in admin1.items():
        cc = c.split(".")[0]
        if cc not in iso:
            continue
        here = by_admin1.get(c, [])
        seats = [t for t in here if t["code"] in ("PPLA", "PPLC")]
        if seats:
            best = max(seats, key=lambda t: t["pop"])
            lat, lon = best["lat"], best["lon"]
        elif here:
            lat = sum(t["lat"] for t in here) / len(here)
            lon = sum(t["lon"] for t in here) / len(here)
        elif by_country.get(cc):
            best = max(by_country[cc], key=lambda t: (t["code"] == "PPLC", t["pop"]))
            lat, lon = best["lat"], best["lon"]
        else:
            continue
        code = iso[cc]["code"]
        extra = PROVINCE_ALT.get((code, ascii_name)) or PROVINCE_ALT.get((code, bare(ascii_name))) or []
        alts, seen = [], {key(name)}
        for a in [bare(name), ascii_name, bare(ascii_name)] + extra:
            if a and key(a) not in seen:
                seen.add(key(a))
                alts.append(a)
        rows.append((gid, row(name, alts, lat, lon, "A", "ADM1", code, bare(name), "",
                              sum(t["pop"] for t in here), gid)))
    with open(os.path.join(out, "provinces.tsv"), "w", encoding="utf-8") as f:
        f.write(COLUMNS + "\n")
        for _, r in sorted(rows):
            f.write(r + "\n")

    outline = {}
    with open(os.path.join(src, "shapes_simplified_low.txt"), encoding="utf-8") as f:
        next(f)
        for line in f:
            gid, geo = line.rstrip("\n").split("\t", 1)
            outline[gid] = json.loads(geo)
    rows = []
    for cc, c in iso.items():
        if not c["id"] or c["id"] == "0":
            continue
        place = None
        if c["id"] in outline:
            ring = largest_ring(outline[c["id"]])
            mid = centroid(ring)
            if mid and inside(mid[0], mid[1], ring):
                place = mid[1], mid[0]
        if not place:
            caps = [t for t in by_country.get(cc, []) if t["code"] == "PPLC"] or by_country.get(cc, [])
            if caps:
                best = max(caps, key=lambda t: t["pop"])
                place = best["lat"], best["lon"]
        if not place:
            continue
        rows.append((int(c["id"]), row(c["name"], [], place[0], place[1], "A", "PCLI", c["code"], "", "",
                                       c["population"] or 0, c["id"])))
    with open(os.path.join(out, "countries.tsv"), "w", encoding="utf-8") as f:
        f.write(COLUMNS + "\n")
        for _, r in sorted(rows):
            f.write(r + "\n")


if __name__ == "__main__":
    main()
