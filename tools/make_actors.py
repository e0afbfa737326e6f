#!/usr/bin/env python3
"""Makes the actor files of the codebook that come from data sets.

    tools/make_actors.py DATA-FOLDER codebook/actors

Reads the hand-written files of codebook/actors first; whoever is in them is left out here.

  people_history.txt  heads of state and government and ministers with an office after 1990, from
                      CountryInfo (dates of office to January 2012) and the spellings of Phoenix
  groups_ucdp.txt     parties to organized violence, from the UCDP Actor Dataset

What is decided here:
  names      title case from capitals, particles in lower case; one-word names and titles left out
  dates      the 31st of a short month is its last day; who was in office at the end of the data
             (">2011") is given until END, since nothing says how long
  sectors    GOV; JUD for courts and prosecutors, LEG for speakers, MIL for commanders
  groups     the English name is the name, the form in capitals the acronym unless somebody else
             has it; the first country is the code, IMG beyond six; "forces of ..." and factions
             that only a data set calls by that name are left out
"""
import calendar
import csv
import os
import re
import sys
import unicodedata

SINCE = 19900101
END = "2013-12-31"
HAND = ["countries.txt", "regions.txt", "people.txt", "groups.txt", "groups_asia_mena.txt", "groups_africa_europe_americas.txt", "organizations.txt", "institutions.txt", "media.txt",
        "peoples.txt", "roles.txt"]


def fold(s):
    s = s.replace("ø", "o").replace("ł", "l").replace("ı", "i").replace("ß", "ss").replace("’", "'")
    s = unicodedata.normalize("NFD", s)
    s = "".join(c for c in s if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", " ", s.replace("'", "")).strip()


def slug(s):
    return re.sub(r"[^a-z0-9]+", "_", fold(s)).strip("_")


def hand_written(folder):
    """Folded names and aliases, acronyms, ids and Wikidata-free keys of the files kept by hand."""
    names, acronyms, ids = set(), set(), set()
    for f in HAND:
        path = os.path.join(folder, f)
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as fh:
            for line in fh:
                line = re.sub(r"(^|  )#.*", "", line).rstrip()
                if line.startswith("actor "):
                    ids.add(line.split()[1])
                m = re.match(r"\s+(name|alias|acronym|noun|adj|people|capital)\s+(.*)", line)
                if m:
                    for item in m.group(2).split(";"):
                        item = item.strip()
                        if m.group(1) == "acronym":
                            acronyms.add(item.upper())
                        names.add(fold(item))
    return names, acronyms, ids


# ---- people --------------------------------------------------------------------------------------

PARTICLES = {"AL", "BIN", "BINT", "IBN", "DE", "DA", "DO", "DOS", "DAS", "DEL", "DI", "DU", "VAN", "DER", "DEN",
             "VON", "ZU", "Y", "E", "LA", "LE", "EL", "UL", "UD", "UR", "UZ", "AD", "OULD", "OF", "AS", "AN", "AR"}
TITLES = re.compile(
    r"^(?:GEN|GENERAL|COL|COLONEL|MAJ|MAJOR|LT|LIEUTENANT|BRIG|BRIGADIER|CAPT|CAPTAIN|ADM|ADMIRAL|DR|PROF|SIR|LORD|"
    r"LADY|DAME|SHEIKH|SHAYKH|SHAIKH|PRINCE|PRINCESS|KING|QUEEN|SULTAN|EMIR|AMIR|HIS|HER|MULLAH|MAWLAWI|ACTING|"
    r"MINISTER|PRESIDENT|PRIME|FOREIGN|CHIEF|JUSTICE|REV|HON|MAJ\.|GEN\.|COL\.|LT\.|BRIG\.|DR\.|ADM\.|CAPT\.|AIR|"
    r"VICE|MARSHAL|FIELD|SGT|SERGEANT|CDR|CMDR|COMMODORE|RET\.|\(RET\.?\))$")
ROYAL = {"SHEIKH", "SHAYKH", "SHAIKH", "PRINCE", "PRINCESS", "KING", "QUEEN", "SULTAN", "EMIR", "AMIR"}
KEEP = re.compile(
    r"(?i)\b(prime minister|premier|president|foreign|external|interior|internal affairs|home affairs|defen[cs]e|"
    r"national security|security adviser|secretary of state|chancellor|king|emir|sultan|attorney general|"
    r"armed forces|chief of staff|united nations|un\b|intelligence|security council|state security|crown prince)")
DROP = re.compile(r"(?i)foreign (trade|economic|investment|debt)|president,? (of )?(the )?(central|reserve|national|state)? ?bank|"
                  r"internal trade|court|bank\b|in the office|minister in|office of the (prime|vice)|without portfolio|"
                  r"secretary of state for (?!foreign|defen|home|external|international|the colonies|war|northern ireland)|"
                  r"under-?\s?secretar|deputy minister|parliamentary secretary|adjunct|assistant minister|president of the (court|council of (culture|health))")


def title(words):
    out = []
    for i, w in enumerate(words):
        if w in PARTICLES and i > 0:
            out.append(w.lower())
            continue

        def one(p):
            if re.fullmatch(r"(?:[A-Z]\.)+", p):
                return p
            if len(p) == 1:
                return p
            if p.startswith("MC") and len(p) > 3:
                return "Mc" + p[2:].capitalize()
            if re.match(r"[OD]'[A-Z]", p):
                return p[:2] + p[2:].capitalize()
            return p.capitalize()
        parts = w.split("-")
        done = []
        for j, p in enumerate(parts):
            if p in ("AL", "EL", "UL", "UD", "UR", "AD", "AS", "AN", "AR") and j < len(parts) - 1 and (i > 0 or j > 0):
                done.append(p.lower())
            elif j > 0 and len(p) <= 3 and re.fullmatch(r"(JU|IL|UN|HO|HEE|HYUN|KYU|WOO|SOO|HWA|MI|UK|JIN|MIN|MOON)", p):
                done.append(p.lower())
            else:
                done.append(one(p))
        out.append("-".join(done))
    return " ".join(out)


def person_name(raw):
    """"HAMID_KARZAI_" -> "Hamid Karzai"; None for what is no full name."""
    raw = raw.split("#")[0].strip().strip("_").replace("_", " ").replace("`", "'").replace('"', "")
    raw = re.sub(r"\s+", " ", re.sub(r"\(.*?\)", "", raw)).strip(" ,;")
    if not raw or re.search(r"[^A-Z'. \-]", raw):
        return None
    words = raw.split()
    while words and TITLES.match(words[0]):
        words.pop(0)
    while words and words[-1].strip(".") in ("JR", "SR", "II", "III", "IV", "RET"):
        words.pop()
    if len(words) < 2 or len(words) > 6 or any(TITLES.match(w) and w not in ROYAL for w in words[1:]):
        return None
    if len(words[-1].strip(".")) < 2 or words[-1] in PARTICLES or words[0] in PARTICLES:
        return None
    if all(len(w.strip(".")) <= 2 for w in words[:-1]) and len(words[-1]) < 4:
        return None
    return title(words)


def day(s):
    y, m, d = int(s[:4]), max(1, min(12, int(s[4:6]))), int(s[6:8])
    return "%04d-%02d-%02d" % (y, m, max(1, min(d, calendar.monthrange(y, m)[1])))


def spans(text):
    """Date spans of a leader line: [19891018 - 19930517] or [>19930517]."""
    out = []
    for m in re.finditer(r"\[\s*(?:([<>])\s*)?(\d{8})\s*(?:-\s*(\d{8})\s*)?\]", text):
        sign, a, b = m.groups()
        if sign == ">":
            out.append((day(a), END, True))
        elif sign == "<":
            out.append(("", day(a), False))
        elif b:
            out.append((day(a), day(b), False))
    return [s for s in out if s[1] >= "1990"]


def sector(role):
    r = role.lower()
    if re.search(r"chief justice|supreme court|prosecutor|judge", r):
        return "JUD"
    if re.search(r"speaker|parliament", r):
        return "LEG"
    if re.search(r"commander|chief of (the )?(general |defen[cs]e )?staff|armed forces(?!.*minister)", r) and "minister" not in r:
        return "MIL"
    if re.search(r"intelligence", r) and "minister" not in r:
        return "SPY"
    return "GOV"


def role_words(s):
    s = re.sub(r"\"[^\"]*\"", "", s).strip(" ,.;")
    s = re.split(r"\s+&\s+", s)[0]
    low = s.lower()
    for pat, to in [(r"foreign|external", "foreign minister"), (r"defen[cs]e", "defense minister"),
                    (r"interior|home affairs|internal affairs", "interior minister"), (r"finance", "finance minister"),
                    (r"justice$", "justice minister")]:
        if re.match(r"minister of .*(%s)|%s min" % (pat, pat), low):
            return to
    if re.search(r"permanent representative|representative to the un", low):
        return "ambassador to the United Nations"
    s = re.sub(r"[^A-Za-z ,\-]", "", s)
    s = re.sub(r"\s+", " ", s).strip().lower()
    s = re.sub(r"\bchairmen\b", "chairman", s)
    s = re.sub(r"^((?:\w+ )?)(president|prime minister|king|emir|sultan|queen|chancellor|head|chief|governor|minister|"
               r"administrator|leader|secretary|high commissioner|co-?prince|captain)s\b", r"\1\2", s)
    s = re.sub(r"governors-general", "governor-general", s)
    return s if len(s) <= 50 else " ".join(s.split()[:5])


def read_countryinfo(path, folder):
    """name -> (country, [(from, until, role, open)])"""
    people = {}
    with open(os.path.join(folder, "countries.txt"), encoding="utf-8") as f:
        states = set(re.findall(r"^actor (\w{3})$", f.read(), re.M))
    with open(path, encoding="utf-8", errors="replace") as f:
        text = f.read()
    text = text[text.index("-->"):]
    for block in re.findall(r"<Country>(.*?)</Country>", text, re.S):
        m = re.search(r"<CountryCode>(\w+)</CountryCode>", block)
        if not m:
            continue
        code = {"KSV": "KOS", "XKX": "KOS", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "SER": "SRB"}.get(m.group(1), m.group(1))
        if code not in states:  # dependencies: their governors are not in the news
            continue
        m_code = m.group(1)
        leaders = re.search(r"<Leaders>(.*?)</Leaders>", block, re.S)
        if leaders:
            office = ""
            for line in leaders.group(1).splitlines():
                line = line.strip()
                m = re.match(r"<(/?)([^>]+)>$", line)
                if m:
                    office = "" if m.group(1) else m.group(2)
                    continue
                m = re.match(r"([A-Z][A-Z_'.\-`() ]+?)\s*(\[.*)", line)
                if m:
                    name, when = person_name(m.group(1)), spans(m.group(2))
                    if name and when:
                        for a, b, still in when:
                            people.setdefault((name, code), []).append((a, b, role_words(office), "GOV"))
        gov = re.search(r"<Government>(.*?)</Government>", block, re.S)
        if gov:
            for line in gov.group(1).splitlines():
                m = re.match(r"\s*([A-Z][A-Z_'.\-`() ]+?)\s*(\[[^#]*)#\s*(.*)", line)
                if not m or not KEEP.search(m.group(3)):
                    continue
                name = person_name(m.group(1))
                roles = [r.strip() for r in m.group(3).split("&")]
                terms = re.findall(r"\[(\w{3})\w*\s+([<>]?\d{8}(?:\s*-\s*\d{8})?)\s*\]", m.group(2))
                if not name:
                    continue
                for i, (c, when) in enumerate(terms):
                    if c != m_code:
                        continue
                    role = roles[i] if i < len(roles) else roles[-1]
                    if not KEEP.search(role) or DROP.search(role):
                        continue
                    for a, b, still in spans("[" + when + "]"):
                        people.setdefault((name, code), []).append((a, b, role_words(role), sector(role)))
    return people


def read_phoenix(path):
    """folded full name -> other spellings"""
    other, cur = {}, []
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f:
            line = line.split(";")[0].split("#")[0].rstrip()
            if not line.strip() or line.startswith(("\t", " ")):
                continue
            line = re.sub(r"\[.*", "", line).strip()
            if line.startswith("+"):
                name = person_name(line[1:])
                if name and cur:
                    cur.append(name)
            else:
                name = person_name(line)
                cur = [name] if name else []
                if name:
                    other.setdefault(fold(name), cur)
    return other


def merge(terms):
    """Sorted, joined where the office goes on, without what is inside another."""
    terms = sorted(set(terms), key=lambda t: (t[0] or "0", t[1]))
    out = []
    for t in terms:
        if out and t[2] == out[-1][2] and t[3] == out[-1][3] and t[0] and out[-1][1] and t[0] <= out[-1][1][:4] + "-12-31":
            out[-1] = (out[-1][0], max(out[-1][1], t[1]), t[2], t[3])
        else:
            out.append(t)
    return out


def write_people(data, folder):
    names, _, ids = hand_written(folder)
    people = read_countryinfo(os.path.join(data, "actors_countryinfo", "CountryInfo.120116.txt"), folder)
    spell = read_phoenix(os.path.join(data, "actors_oeda", "Phoenix.Countries.actors.txt"))
    hand_pairs = set()
    for n in names:
        w = n.split()
        if len(w) >= 2:
            hand_pairs.add((w[0], w[-1]))
    rows, used = [], {}
    for (name, code), terms in people.items():
        w = fold(name).split()
        if fold(name) in names or (w[0], w[-1]) in hand_pairs:
            continue
        terms = merge(terms)
        if not terms:
            continue
        alias = []
        for a in spell.get(fold(name), []):
            k = fold(a)
            if k != fold(name) and k not in names and len(k.split()) >= 2 and len(alias) < 4 and a not in alias:
                alias.append(a)
        rows.append([code, name, alias, terms])
    # The same spelling for two people: neither keeps it.
    count = {}
    for code, name, alias, terms in rows:
        for k in {fold(x) for x in [name] + alias}:
            count[k] = count.get(k, 0) + 1
    rows.sort(key=lambda r: (r[0], slug(r[1])))
    n = 0
    with open(os.path.join(folder, "people_history.txt"), "w", encoding="utf-8") as f:
        f.write("# Made by tools/make_actors.py from CountryInfo (Philip A. Schrodt, CC BY-SA 3.0) and the Phoenix dictionaries:\n"
                "# heads of state and government and ministers with an office after 1990, as known in January 2012. Who was in\n"
                "# office then is given until %s. Do not edit: people.txt is the file kept by hand, and wins.\n\n" % END)
        last = ""
        for code, name, alias, terms in rows:
            if count[fold(name)] > 1:
                continue
            pid = "person." + slug(name)
            if pid in ids or pid in used:
                continue
            used[pid] = True
            if code != last:
                f.write("# ---- %s\n\n" % code)
                last = code
            f.write("actor %s\n  kind     person\n  name     %s\n" % (pid, name))
            alias = [a for a in alias if count[fold(a)] == 1]
            if alias:
                f.write("  alias    %s\n" % "; ".join(alias))
            for a, b, role, sec in terms:
                f.write("  code     %s %s %s..%s%s\n" % (code, sec, a, b, " " + role if role else ""))
            f.write("\n")
            n += 1
    return n


# ---- groups --------------------------------------------------------------------------------------

COUNTRY = {
    "Bosnia-Herzegovina": "BIH", "Cambodia (Kampuchea)": "KHM", "DR Congo (Zaire)": "COD", "Madagascar (Malagasy)": "MDG",
    "Myanmar (Burma)": "MMR", "Russia (Soviet Union)": "RUS", "Serbia (Yugoslavia)": "SRB", "Yemen (North Yemen)": "YEM",
    "South Yemen": "YEM", "Vietnam (North Vietnam)": "VNM", "South Vietnam": "VNM", "Zimbabwe (Rhodesia)": "ZWE",
    "United States of America": "USA", "United Kingdom": "GBR", "Ivory Coast": "CIV", "Congo": "COG", "Israel": "PSE",
    "Macedonia, FYR": "MKD", "North Macedonia": "MKD", "Kingdom of eSwatini (Swaziland)": "SWZ", "Hyderabad": "IND",
    "Tanzania": "TZA", "Germany": "DEU", "Trinidad and Tobago": "TTO", "Papua New Guinea": "PNG", "Guinea-Bissau": "GNB",
    "Central African Republic": "CAF", "Dominican Republic": "DOM", "El Salvador": "SLV", "Sri Lanka": "LKA",
    "Saudi Arabia": "SAU", "Sierra Leone": "SLE", "Burkina Faso": "BFA", "South Sudan": "SSD", "South Africa": "ZAF",
    "North Korea": "PRK", "South Korea": "KOR", "Costa Rica": "CRI", "Equatorial Guinea": "GNQ", "United Arab Emirates": "ARE",
    "New Zealand": "NZL", "Solomon Islands": "SLB", "East Timor": "TLS", "Comoros": "COM", "Gambia": "GMB",
}
VAGUE = re.compile(
    r"(?i)^(military faction|forces of|opposition|non |supporters|royalists|government|insurgents|residents|"
    r"popular front$|various|demonstrators|republic of|state of|neutralists|constitutionalist|provisional|colonel|"
    r"revolutionary council|free officers|people'?s army$|national resistance$|patriotic front$|military|army of|"
    r"democratic forces$|national front$|national union$|united front$)|faction of|forces of|\bvs\b")
PRO_GOV = re.compile(r"(?i)militia|self-defen[cs]e|self defen[cs]e|vigilan|civil defen[cs]e|home guard|paramilitar")
CRIME = re.compile(r"(?i)cartel|gang\b|mafia|cartel|comando|bonde|bala na cara|primeiro|crime|fam[ií]lia|yare |delmas|nan |los ")
CRIME_STATES = {"MEX", "BRA", "HTI", "ECU", "SLV", "HND", "GTM", "JAM", "VEN"}
COMMON = {"hunters", "eagles", "black", "the", "anti", "bills", "vampires", "klansmen", "icelanders", "tension", "debam", "elements",
          "outlaws", "edu", "sura", "pdf", "fat", "ask", "arm", "act", "all", "add", "era", "map", "sum", "cup", "fan", "lip",
          "pen", "rap", "rip", "aid", "web", "car", "mad"}


def state_codes(folder):
    codes = {}
    cur = ""
    with open(os.path.join(folder, "countries.txt"), encoding="utf-8") as f:
        for line in f:
            if line.startswith("actor "):
                cur = line.split()[1]
            m = re.match(r"\s+(name|alias)\s+(.*)", line)
            if m:
                for a in m.group(2).split(";"):
                    codes.setdefault(fold(a), cur)
    return codes


def tidy(s):
    s = re.sub(r"\s*\([^)]*\)|\s*\[[^\]]*\]", "", s or "").replace("’", "'").replace("´", "'").replace("–", "-")
    s = re.sub(r"\s*-\s*", "-", s) if re.search(r"\S - \S", s) and len(s) < 40 and False else s
    s = re.sub(r"\s+", " ", s).strip(" ,;.\"'")
    return "" if s.lower() in ("n/a", "na", "spanish") else s


def write_groups(data, folder):
    names, acronyms, ids = hand_written(folder)
    codes = state_codes(folder)
    with open(os.path.join(data, "actors_ucdp", "ucdp-actor-221.csv"), encoding="utf-8-sig") as f:
        rows = [r for r in csv.DictReader(f) if r["Org"] == "1"]
    out = []
    for r in rows:
        short, orig, full = tidy(r["NameData"]), tidy(r["NameOrigFull"]), tidy(r["NameOrigFullEng"])
        if re.search(r"[/,]", full) and "/" in full:
            full = full.split("/")[0].strip()
        if "/" in short:
            short = short.split("/")[0].strip()
        forms = [x for x in (full, short, orig) if x]
        if not forms or any(VAGUE.search(x) for x in (short, full) if x):
            continue
        acro = short if re.fullmatch(r"[A-Z0-9][A-Za-z0-9]*(?:[- ]{1,3}[A-Z0-9]+)*", short) and sum(
            c.isupper() for c in short) >= 3 and len(short.split()[0]) <= 8 and short.upper() == short else ""
        acro = acro.replace(" - ", "-") if acro else ""
        name = full or short
        if acro and full == short:
            name = orig or short
        alias = []
        for x in (short, orig):
            if x and x != acro and fold(x) != fold(name) and not re.search(r"[^\x00-\x7fÀ-ɏ]", x) and " - " not in x:
                if not (short == x and acro):
                    alias.append(x)
        for x in re.split(r",\s*", r["NewNameFullEng"] or "") + re.split(r",\s*", r["NewName"] or ""):
            x = tidy(x)
            if x and len(x.split()) > 1 and fold(x) not in {fold(y) for y in [name] + alias} and len(alias) < 4:
                alias.append(x)
        # Only what is written like a name.
        def fit(x):
            return (len(x) > 3 and x[0].isupper() or x.startswith("al-")) and len(re.findall(r"\w+|[^\w\s]", x)) <= 11 and \
                "faction" not in x.lower() and fold(x) not in COMMON and fold(x) not in codes
        if not fit(name):
            alias2 = [a for a in alias if fit(a)]
            if not alias2:
                continue
            name, alias = alias2[0], alias2[1:]
        alias = [a for a in alias if fit(a) and (len(a.split()) > 1 or len(a) > 5)]
        if len(name.split()) == 1 and len(name) < 5:
            continue
        if any(fold(x) in names for x in [name] + alias) or (acro and acro.upper() in acronyms):
            continue
        places = [p.strip() for p in (r["Location"] or "").split(",") if p.strip()]
        if not places:
            continue
        first = places[0]
        code = COUNTRY.get(first) or codes.get(fold(first)) or ""
        if not code:
            continue
        if len(places) > 6:
            code = "IMG"
        sec = "REB"
        if code in CRIME_STATES and (CRIME.search(name) or code in ("MEX", "BRA", "HTI", "ECU") and int(r["ActorId"]) > 1500):
            sec = "CRM"
        elif PRO_GOV.search(name):
            sec = "PRM"
        out.append([code, name, alias, acro, sec, int(r["ActorId"])])
    n_acro, n_name = {}, {}
    for code, name, alias, acro, sec, uid in out:
        if acro:
            n_acro[acro.upper()] = n_acro.get(acro.upper(), 0) + 1
        for k in {fold(x) for x in [name] + alias}:
            n_name[k] = n_name.get(k, 0) + 1
    out.sort(key=lambda g: (g[0], slug(g[1]), g[5]))
    n, seen, last = 0, set(), ""
    with open(os.path.join(folder, "groups_ucdp.txt"), "w", encoding="utf-8") as f:
        f.write("# Made by tools/make_actors.py from the UCDP Actor Dataset 22.1 (CC BY 4.0; Davies, Pettersson and Oeberg 2022).\n"
                "# Do not edit: groups.txt is the file kept by hand, and wins.\n\n")
        for code, name, alias, acro, sec, uid in out:
            if n_name[fold(name)] > 1 and fold(name) in seen:
                continue
            seen.add(fold(name))
            if code != last:
                f.write("# ---- %s\n\n" % code)
                last = code
            f.write("actor ucdp.%d\n  kind     group\n  name     %s\n" % (uid, name))
            alias = [a for a in dict.fromkeys(alias) if n_name[fold(a)] == 1]
            if alias:
                f.write("  alias    %s\n" % "; ".join(alias))
            if acro and n_acro[acro.upper()] == 1 and len(acro) >= 3 and acro.lower() not in COMMON:
                f.write("  acronym  %s\n" % acro)
            f.write("  code     %s %s\n\n" % (code, sec))
            n += 1
    return n


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    data, folder = sys.argv[1:]
    print("people_history.txt: %d persons" % write_people(data, folder))
    print("groups_ucdp.txt: %d groups" % write_groups(data, folder))


if __name__ == "__main__":
    main()
