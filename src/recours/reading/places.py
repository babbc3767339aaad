"""Countries, provinces and states, postal codes, telephone numbers and postal addresses, as tables.

Comes in: text.  Goes out: places with their exact offsets.  A town alone tells nothing; a postal code, a
province, a state or a country written out does.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache

import msgspec

from recours.text import fold, same_length_fold

COUNTRIES = {
    "CA": "canada",
    "FR": "france",
    "BE": "belgique|belgium|belgie",
    "GB": "united kingdom|royaume-uni|great britain|grande-bretagne|england|angleterre|scotland|ecosse|wales|northern ireland",
    "US": "united states of america|united states|etats-unis|u.s.a.",
    "CH": "suisse|switzerland",
    "LU": "luxembourg",
    "DE": "germany|allemagne|deutschland",
    "NL": "netherlands|pays-bas|nederland",
    "ES": "spain|espagne",
    "IT": "italy|italie|italia",
    "IE": "ireland|irlande",
    "PT": "portugal",
    "PL": "poland|pologne",
    "AU": "australia|australie",
    "CN": "china|chine",
    "HK": "hong kong",
    "JP": "japan|japon",
}
_CA = {
    "AB": "alberta", "BC": "british columbia|colombie-britannique|c.-b.", "MB": "manitoba",
    "NB": "new brunswick|nouveau-brunswick|n.-b.", "NL": "newfoundland and labrador|terre-neuve-et-labrador",
    "NS": "nova scotia|nouvelle-ecosse|n.-e.", "NT": "northwest territories|territoires du nord-ouest",
    "NU": "nunavut", "ON": "ontario", "PE": "prince edward island|ile-du-prince-edouard|i.-p.-e.",
    "QC": "quebec|qc.|p.q.", "SK": "saskatchewan", "YT": "yukon",
}  # fmt: skip
_US = {
    "AL": "alabama", "AK": "alaska", "AZ": "arizona", "AR": "arkansas", "CA": "california", "CO": "colorado",
    "CT": "connecticut", "DE": "delaware", "DC": "district of columbia", "FL": "florida", "GA": "georgia", "HI": "hawaii",
    "ID": "idaho", "IL": "illinois", "IN": "indiana", "IA": "iowa", "KS": "kansas", "KY": "kentucky", "LA": "louisiana",
    "ME": "maine", "MD": "maryland", "MA": "massachusetts", "MI": "michigan", "MN": "minnesota", "MS": "mississippi",
    "MO": "missouri", "MT": "montana", "NE": "nebraska", "NV": "nevada", "NH": "new hampshire", "NJ": "new jersey",
    "NM": "new mexico", "NY": "new york", "NC": "north carolina", "ND": "north dakota", "OH": "ohio", "OK": "oklahoma",
    "OR": "oregon", "PA": "pennsylvania", "RI": "rhode island", "SC": "south carolina", "SD": "south dakota",
    "TN": "tennessee", "TX": "texas", "UT": "utah", "VT": "vermont", "VA": "virginia", "WA": "washington",
    "WV": "west virginia", "WI": "wisconsin", "WY": "wyoming",
}  # fmt: skip
_AU = {
    "ACT": "australian capital territory", "NSW": "new south wales", "NT": "northern territory", "QLD": "queensland",
    "SA": "south australia", "TAS": "tasmania", "VIC": "victoria", "WA": "western australia",
}  # fmt: skip
_PREFIX_REGION = {  # first letter of a Canadian postal code; X is shared by two territories
    "A": "NL", "B": "NS", "C": "PE", "E": "NB", "G": "QC", "H": "QC", "J": "QC", "K": "ON", "L": "ON", "M": "ON",
    "N": "ON", "P": "ON", "R": "MB", "S": "SK", "T": "AB", "V": "BC", "Y": "YT",
}  # fmt: skip
DIALLING = {
    "+33": "FR",
    "+32": "BE",
    "+44": "GB",
    "+41": "CH",
    "+352": "LU",
    "+49": "DE",
    "+31": "NL",
    "+353": "IE",
    "+61": "AU",
}
DOMAINS = {
    "ca": "CA",
    "fr": "FR",
    "be": "BE",
    "uk": "GB",
    "us": "US",
    "ch": "CH",
    "lu": "LU",
    "au": "AU",
    "quebec": "CA",
}
NUMERIC_ORDER = {
    "FR": "dmy",
    "BE": "dmy",
    "GB": "dmy",
    "CH": "dmy",
    "LU": "dmy",
    "IE": "dmy",
    "AU": "dmy",
    "US": "mdy",
}
DOLLARS = {"CA": "CAD", "US": "USD", "AU": "AUD", "NZ": "NZD", "HK": "HKD"}


def _names(table: dict[str, str]) -> dict[str, str]:
    return {name: code for code, names in table.items() for name in names.split("|")}


COUNTRY_OF = _names(COUNTRIES)
_CA_OF = _names(_CA) | {code.lower(): code for code in _CA}
_US_OF = _names(_US) | {code.lower(): code for code in _US}
_AU_OF = _names(_AU) | {code.lower(): code for code in _AU}


def _either(names: dict[str, str]) -> str:
    return "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))


_COUNTRY_TAIL = rf"(?:[,\s]{{1,3}}\(?(?P<country>(?i:{_either(COUNTRY_OF)}|usa|uk|us))\b\)?)?"
_CAPITAL = r"(?:(?:St|Ste)\.|[A-Z][\w'-]{0,30})"
_SMALL = r"(?:de|du|des|la|le|les|sur|sous|en|on|upon|of|the|lez|aux|[dl]'\w+)\b"
_TOWN = (
    rf"(?P<town>(?:{_CAPITAL}|{_SMALL})(?:[ \u00a0-](?:{_CAPITAL}|{_SMALL}|\d{{1,2}}(?:e|er|eme)?\b)){{0,5}})"
)
# The 124 postcode areas (Royal Mail, Postcode Address File).
_GB_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|BX|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU"
    "|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH"
    "|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
_TAILS = (
    (
        "CA",
        (
            rf"\(?\b(?P<region>(?:(?i:{_either({k: v for k, v in _CA_OF.items() if len(k) > 2})})|{'|'.join(_CA)}))\)?[,\s]{{1,4}}"
            rf"(?:Canada,?\s{{1,3}})?(?P<code>[ABCEGHJ-NPRSTVXY]\d[A-Z][ \u00a0-]?\d[A-Z]\d)\b{_COUNTRY_TAIL}"
        ),
    ),
    ("CA", rf"\b(?P<code>[ABCEGHJ-NPRSTVXY]\d[A-Z][ \u00a0]\d[A-Z]\d)\b{_COUNTRY_TAIL}"),
    (
        "US",
        (
            rf"\b(?P<region>(?:(?i:{_either({k: v for k, v in _US_OF.items() if len(k) > 2})})|{'|'.join(_US)})),?[ \u00a0]{{1,3}}"
            rf"(?P<code>\d{{5}}(?:-\d{{4}})?)(?!\d){_COUNTRY_TAIL}"
        ),
    ),
    # State or territory, then four digits (Australia Post, AMAS addressing standard).
    (
        "AU",
        (
            rf"\b(?P<region>(?:(?i:{_either({k: v for k, v in _AU_OF.items() if len(k) > 3})})|{'|'.join(_AU)})),?[ \u00a0]{{1,3}}"
            rf"(?P<code>\d{{4}})(?![\d.,/-]?\d){_COUNTRY_TAIL}"
        ),
    ),
    ("GB", rf"\b(?P<code>(?:{_GB_AREAS})\d[A-Z\d]?[ \u00a0]\d[ABD-HJLNP-UW-Z]{{2}})\b{_COUNTRY_TAIL}"),
    # An Eircode, with its blank: routing key and identifier.
    ("IE", rf"\b(?P<code>(?:[AC-FHKNPRTV-Y]\d\d|D6W)[ \u00a0][0-9AC-FHKNPRTV-Y]{{4}})\b{_COUNTRY_TAIL}"),
    ("FR", rf"(?<![\d/.-])(?:F-)?(?P<code>(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}})[ \u00a0]{_TOWN}{_COUNTRY_TAIL}"),
    ("BE", rf"(?<![\d/.,-])(?P<mark>B-|CH-)?(?P<code>[1-9]\d{{3}})[ \u00a0]{_TOWN}{_COUNTRY_TAIL}"),
)
_TAIL_RULES = tuple((country, re.compile(pattern)) for country, pattern in _TAILS)
_TOWN_REGION = re.compile(
    rf"\b[A-Z][\w'-]{{1,30}}(?:,[ ]|[ ]\(|,?[ ])(?P<region>{'|'.join((*_CA, 'Quebec', 'Ontario', 'Alberta', 'Colombie-Britannique', 'British Columbia'))})\b\)?"
)
_COUNTRY_WORD = re.compile(rf"(?<!\w)(?:{_either(COUNTRY_OF)})(?!\w)")
_STREET_WORD = (
    r"rue|avenue|av|ave|boulevard|boul|bd|blvd|chemin|ch|route|rte|rang|place|pl|allee|impasse|quai|quay|cours|square|"
    r"chaussee|chee|street|st|road|rd|lane|ln|drive|dr|way|court|ct|crescent|cres|close|terrace|highway|hwy|parkway|"
    r"pkwy|row|gardens|grove|mews|hill|park|parade|parc|zone|za|zi|zac|faubourg|montee|cote|esplanade|sentier|laan|"
    r"straat|estate|house|wharf|circle|cir|loop|trail|pike|plaza|walk|green|view|gate|yard|mill|lande|voie|passage|"
    r"villa|residence|croissant|autoroute|promenade|terrasse|crossing|ridge|landing|heights|alley|commons|ruelle|carre|rond-point"
)
# "Seestrasse 210", "Wetstraat 16": the word and its kind are one, the number follows.
_JOINED = (
    r"[a-z-]{2,30}(?:strasse|str\.|gasse|platz|steenweg|straat|laan|plein|dreef|kaai|weg) \d{1,4}[a-z]?\b"
)
_AREA = r"(?:zone|za|zi|zac|parc d'activites?|lieu-?dit|centre commercial|aeroport)"  # may have no number
_STREET = re.compile(
    rf"\d.*\b(?:{_STREET_WORD})\b|\b(?:{_STREET_WORD})\b.*\d|\b{_JOINED}|\b{_AREA} [a-z]", re.IGNORECASE
)
_NOT_A_TOWN = re.compile(
    rf"\b(?:{_STREET_WORD}|euros?|eur|dollars?|cad|usd|gbp|chf|jours?|days?|fois|times|am|pm|series|pro|max|plus)\b",
    re.IGNORECASE,
)
_START = re.compile(
    r"(?:^|(?<=[,;:|(–—·•]\s)|(?<=\s-\s)|(?<=\t)|(?<=inc\.\s)|(?<=ltd\.\s)|(?<=inc\s)|(?<=ltd\s)|(?<=llc\s)|(?<=sas\s)|(?<=sarl\s)|(?<=srl\s))(?:(?:(?:unit|suite|apt|app|appartement|bureau|local|flat|floor|ste|#)\.?\s*)"
    r"[\w-]+,?\s+)?(?:\d{1,5}[a-zA-Z]?(?:[-/]\d+)?(?:\s?(?:bis|ter|[A-Z]))?,?\s+\S|(?:unit|suite)\s+\w+|p\.?\s?o\.?\s?box|c\.\s?p\.|"
    r"case postale|bp\s\d|za\s|zi\s|zac\s|zone\s|parc\s|(?:rue|avenue|boulevard|chaussee|chemin|place|quai)\s"
    rf"|{_JOINED}|lieu-?dit\s|centre commercial\s)",
    re.IGNORECASE,
)


_BUILDING = re.compile(
    r"(?:^|[,|:·•]\s*)(?P<at>(?:the )?(?:[a-z][\w'-]* ){0,3}(?:\w*mill|house|barn|works|farm|hall|lodge|cottage|studios?|centre|buildings?|tower|chambers|stables)\b\s*,(?: [a-z][\w' -]+,?){1,3})\s*$"
)
"""A British address without a number: a building, the town (before the postcode)."""


class FoundPlace(msgspec.Struct, frozen=True):
    """text[start:end] says a place.  country: ISO 3166-1; region: ISO 3166-2 or ""; sure: False for a reading
    that another country's code shares (five digits and a town, four digits and a town, without country)."""

    start: int
    end: int
    country: str
    region: str = ""
    sure: bool = True


class FoundAddress(msgspec.Struct, frozen=True):
    """A postal address: text[start:end] from the street to the country; value: one line; name: who stands above or
    before it ("" when nobody), at name_start; label_end: where the words before the name end."""

    start: int
    end: int
    value: str
    place: FoundPlace
    name: str = ""
    name_start: int = 0


def find_places(text: str) -> tuple[FoundPlace, ...]:
    """Postal-code tails ("Richmond BC V6V 0A0", "44000 Nantes"), town and province, in reading order."""
    text = plain(text)
    found: list[FoundPlace] = []
    for country, rule in _TAIL_RULES:
        for match in rule.finditer(text):
            one = _place(match, country)
            if one and all(one.end <= f.start or one.start >= f.end for f in found):
                found.append(one)
    for match in _TOWN_REGION.finditer(text):
        if all(match.end() <= f.start or match.start() >= f.end for f in found):
            code = _CA_OF.get(fold(match["region"]), "")
            found.append(FoundPlace(match.start(), match.end(), "CA", f"CA-{code}"))
    return tuple(sorted(found, key=lambda f: f.start))


def _place(match: re.Match[str], country: str) -> FoundPlace | None:
    groups = match.groupdict()
    said = fold(groups.get("country") or "")
    written = COUNTRY_OF.get(said, {"usa": "US", "us": "US", "uk": "GB"}.get(said, ""))
    sure = country in ("CA", "US", "GB", "AU", "IE") or bool(written) or bool(groups.get("mark"))
    if written:
        if country in ("CA", "US", "AU") and written != country:
            return None
        country = written
    elif groups.get("mark") == "CH-":
        country = "CH"
    region = ""
    if country == "CA" and said_region(match, groups):
        region = "CA-" + _CA_OF[fold(groups["region"])]
    elif country == "CA" and groups["code"][0] in _PREFIX_REGION:
        region = "CA-" + _PREFIX_REGION[groups["code"][0]]
    elif country == "US" and groups.get("region"):
        region = "US-" + _US_OF[fold(groups["region"])]
    elif country == "AU":
        region = "AU-" + _AU_OF[fold(groups["region"])]
    if not sure and (
        re.fullmatch(r"(?:19|20)\d\d", groups["code"]) or _NOT_A_TOWN.search(groups.get("town") or "")
    ):
        return None  # a year, a street, a sum
    return FoundPlace(match.start(), match.end(), country, region, sure)


def plain(text: str) -> str:
    """Text without accents, case kept, character for character."""
    return "".join(_plain_char(c) for c in text)


@cache
def _plain_char(c: str) -> str:
    if c < "\x80":
        return c
    base = unicodedata.normalize("NFKD", c)[0]
    return base if base.isalpha() or base.isdigit() else "'" if c in "’‘" else c


def said_region(match: re.Match[str], groups: dict[str, str | None]) -> bool:
    """Whether a Canadian match names its province (and not only its postal code)."""
    return bool(groups.get("region")) and fold(match["region"]) in _CA_OF


def find_countries(text: str) -> tuple[FoundPlace, ...]:
    """Names of countries in French and English, in reading order."""
    folded = same_length_fold(text)
    return tuple(FoundPlace(m.start(), m.end(), COUNTRY_OF[m[0]]) for m in _COUNTRY_WORD.finditer(folded))


def find_addresses(text: str) -> tuple[FoundAddress, ...]:
    """Postal addresses on one line or several, in reading order."""
    found: list[FoundAddress] = []
    lines = _lines(text)
    for place in find_places(text):
        n = bisect_right(lines, place.start, key=lambda line: line[0]) - 1
        one = _address(text, lines, n, place)
        if one and found and found[-1].start == one.start:  # "Québec" and "Québec (Québec) G1V 0A0"
            found.pop()
        if one:
            found.append(one)
    return tuple(found)


def _lines(text: str) -> list[tuple[int, int]]:
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        lines.append((at, at + len(line.rstrip("\r\n"))))
        at += len(line)
    return lines or [(0, 0)]


def _address(text: str, lines: list[tuple[int, int]], n: int, place: FoundPlace) -> FoundAddress | None:
    """The street stands before the tail: on its line, or within the two lines above."""
    for up in range(3):
        if n - up < 0:
            return None
        line_start, line_end = lines[n - up]
        end = place.start if up == 0 else line_end
        line_start = max(line_start, end - _LONGEST)
        part = text[line_start:end]
        if up and len(part) > 90:
            return None
        if not part.strip():
            if up == 0:
                continue
            return None
        folded = same_length_fold(part)
        starts = [m for m in _START.finditer(folded) if _STREET.search(folded[m.start() :]) or up]
        if starts and (up == 0 or _STREET.search(folded) or re.search(r"\d", part)):
            start = line_start + starts[0].start()
            start += len(text[start:]) - len(text[start:].lstrip(" \t,;:|"))
            return _named(text, lines, n - up, start, place)
        building = _BUILDING.search(folded) if up == 0 and place.country == "GB" else None
        if building:
            return _named(text, lines, n, line_start + building.start("at"), place)
    return None


def _named(
    text: str, lines: list[tuple[int, int]], n: int, start: int, place: FoundPlace
) -> FoundAddress | None:
    end = _with_country(text, place)
    value = ", ".join(p.strip(" ,\t") for p in re.split(r"[\r\n|·•]+", text[start:end]) if p.strip(" ,\t"))
    name_at = max(lines[n][0], start - _LONGEST)
    before = text[name_at:start]
    if not before.strip(" ,;:|-–—\t") and n > 0:
        name_at = lines[n - 1][0]
        before = text[name_at : lines[n - 1][1]]
    for match in re.finditer(r":\s+|\t|\s[|·•–—-]\s", before.rstrip(" ,;:|-–—\t")):
        name_at += match.end() if name_at < start else 0
        before = before[match.end() :]
        break
    name = before.strip(" ,;:|-–—\t")
    name_at += before.find(name) if name else 0
    if len(name) > 70 or (name and text[name_at : name_at + len(name)] != name):
        name, name_at = "", start
    return FoundAddress(start, end, value, place, name, name_at)


def _with_country(text: str, place: FoundPlace) -> int:
    return len(text[: place.end].rstrip(" ,(\n"))


_LONGEST = 240  # characters of a line in which a street and a name are looked for

PHONES = (
    re.compile(r"(?<![\w+.-])(?:\+?1[ .-]?)?(?:\(\d{3}\)[ .-]?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\d|-\d)"),
    re.compile(
        r"(?<![\w.-])(?:\+|00)(?:33|32|44|41|352|49|31|353|61)[ .]?(?:\(0\)[ .]?)?\d(?:[ .\u00a0/-]?\d){6,9}(?!\d)"
    ),
    re.compile(r"(?<![\w+.-])0[1-9](?:[ .\u00a0]\d{2}){4}(?!\d)"),  # France
    re.compile(r"(?<![\w+.-])0\d{1,3}[ ./]\d{2,3}(?:[ .]\d{2}){2}(?!\d)"),  # Belgium
    re.compile(r"(?<![\w+.-])0\d{2,4}[ ]\d{3,4}[ ]\d{3,4}(?!\d)"),  # United Kingdom
    re.compile(r"(?<![\w+.-])0\d{4}[ ]\d{6}(?!\d)"),
    re.compile(r"(?<![\w+.-])\(0[2378]\) ?\d{4} ?\d{4}(?!\d)"),  # Australia
    re.compile(r"(?<![\w+.-])1[38]00[ ]\d{3}[ ]\d{3}(?!\d)"),
)


def find_phones(text: str) -> tuple[tuple[int, int], ...]:
    """Telephone numbers of the countries of PHONES: (start, end), none overlapping, in reading order."""
    found: list[tuple[int, int]] = []
    for rule in PHONES:
        for match in rule.finditer(text):
            if all(match.end() <= s or match.start() >= e for s, e in found):
                found.append(match.span())
    return tuple(sorted(found))
