"""Makes names.tsv from the Unicode CLDR: countries, regions, cities of time zones, languages, months, weekdays, currencies.

    npm install cldr-localenames-full@48 cldr-dates-full@48 cldr-numbers-full@48
    python3 db/lexicon/names.py node_modules > db/lexicon/names.tsv

Where a language separates words by spaces a text is read word by word, so a name of several words gives those of them
that are in no other name of its kind. A meaning is the English name, reduced in the same way.
"""

import collections
import json
import re
import sys

ROOT = sys.argv[1]
LANGUAGES = "en de fr es it pt nl da sv nb is fi pl cs sk hu ro bg hr el ru uk tr ar fa he hi id vi ko ja zh".split()
LOCALES = {"nb": ["no"], "zh": ["zh", "zh-Hant"]}
UNSPACED = {"ja", "zh"}
WITH_CAPITALS = set("en de fr es it pt nl da sv nb is fi pl cs sk hu ro bg hr el ru uk tr id vi".split())
# Its names are of several one-syllable words, none of which stands for the name.
SYLLABLES = {"vi"}
NOUN_FIRST = set("fr es it pt ro pl el ar fa he id vi".split())
MOST = 4
# Words of long names that are no name.
GENERIC = re.compile("demo[kc]rat|d[eé]mocrat|rep[uú]bli|vereinig|verenigd|f[öo]renade|обедин|об.єднан|ujedinj|الديمقراطية|متحد|איחוד|जनवादी")

REGIONS = "002 003 005 013 019 029 142 150 419 009".split()
TONGUES = """ar hy az eu be bn bs bg my ca zh hr cs da nl en et fi fr ka de el he hi hu is id ga it ja kk km ko ku lo lv lt mk
ms mt mn ne nb fa pl pt pa ro ru sr sk sl es sw sv tg ta th tr tk uk ur uz vi cy yi sq am""".split()
# One name stands for several currencies: the word that these have in common.
SHARED = {"dollar": "USD AUD CAD NZD", "pound": "GBP EGP LBP", "franc": "CHF XAF RWF", "peso": "MXN ARS COP", "rupee": "INR PKR LKR",
          "krone": "NOK DKK", "dinar": "IQD KWD RSD", "lira": "TRY ITL"}
SINGLE = {"euro": "EUR", "yen": "JPY", "yuan": "CNY", "ruble": "RUB", "zloty": "PLN", "koruna": "CZK", "forint": "HUF",
          "hryvnia": "UAH", "shekel": "ILS", "riyal": "SAR", "rial": "IRR", "rand": "ZAR", "baht": "THB", "rupiah": "IDR",
          "ringgit": "MYR", "krona": "SEK", "leu": "RON", "lev": "BGN", "naira": "NGN", "dong": "VND"}
# What English calls a country in the news, where CLDR's name is longer or other.
MEANINGS = {"US": "america", "GB": "britain", "CD": "congo", "CG": "congo", "KR": "korea", "KP": "korea", "RU": "russia",
            "AE": "emirates", "CZ": "czechia", "MM": "myanmar", "TR": "turkey", "SZ": "eswatini", "HK": "hong kong", "MO": "macao",
            "PS": "palestine", "ZA": "south africa", "SS": "south sudan", "CI": "ivory coast", "MK": "macedonia", "SA": "saudi arabia",
            "NZ": "zealand", "LK": "lanka", "CF": "central african", "VA": "vatican", "DO": "dominican", "PG": "papua",
            "EH": "sahara", "TL": "timor", "BA": "bosnia", "XK": "kosovo", "419": "latin america", "UN": "united nations", "EU": "european union"}
# Other English words for the same.
ENGLISH = {"america": "usa|american", "britain": "british|uk", "czechia": "czech", "myanmar": "burma|burmese", "turkey": "türkiye|turkish",
           "kyiv": "kiev", "eswatini": "swaziland", "macao": "macau", "beijing": "peking", "mumbai": "bombay", "ivory coast": "ivorian",
           "macedonia": "macedonian", "emirates": "emirati|uae"}
# Short names that the news uses and CLDR has no word for.
SHORT = {"america": {"de": "USA|Amerika", "fr": "Amérique|USA", "es": "EEUU", "it": "Usa|America", "pt": "EUA", "nl": "VS|Amerika", "da": "USA",
                     "sv": "USA", "nb": "USA", "is": "Bandaríkin|Bandaríkjunum|Bandaríkjanna", "fi": "Yhdysvallat|Yhdysvaltain|Yhdysvalloissa",
                     "pl": "USA", "cs": "USA", "sk": "USA", "hu": "USA|Amerika", "ro": "SUA|America", "bg": "САЩ", "hr": "SAD", "el": "ΗΠΑ",
                     "ru": "США|Америка", "uk": "США|Америка", "tr": "ABD", "ar": "أمريكا|الأميركية", "fa": "آمریکا|امریکا", "he": "ארה״ב|אמריקה",
                     "hi": "अमेरिका", "id": "AS|Amerika", "ko": "미국", "ja": "米国|アメリカ|米", "zh": "美国|美國|美方"},
         "britain": {"de": "Großbritannien", "fr": "Bretagne|Royaume", "es": "Bretaña", "it": "Bretagna", "pt": "Bretanha", "nl": "Brittannië",
                     "da": "Storbritannien", "sv": "Storbritannien", "nb": "Storbritannia", "is": "Bretland|Bretlands|Bretlandi",
                     "fi": "Britannia|Britannian|Britanniassa", "pl": "Brytania|Brytanii", "cs": "Británie|Británii", "sk": "Británia|Británii",
                     "hu": "Britannia", "ro": "Britanie|Britania", "bg": "Великобритания|Британия", "hr": "Britanija|Britanije|Britaniji",
                     "el": "Βρετανία", "ru": "Великобритания|Британия", "uk": "Британія|Великобританія", "tr": "Britanya|İngiltere",
                     "ar": "بريطانيا|البريطانية", "fa": "بریتانیا|انگلیس", "he": "בריטניה", "hi": "ब्रिटेन", "id": "Inggris|Britania",
                     "ko": "영국", "ja": "英国|イギリス", "zh": "英国|英國|英方"},
         "dollar": {"zh": "美元", "is": "dalur|dalir|dala|dollarar"}}


# Names of the south of something share its name; only those in one word are taken. The last two are no places.
WHOLE_ONLY = {"ZA", "SS", "419", "003", "005", "013", "TF", "GQ", "GS"}
NO_PLACE = {"XA", "XB", "ZZ", "QO"}
SMALL = re.compile("America/(Indiana|Kentucky|North_Dakota|Argentina)/|Pacific/(Wake|Midway|Easter|Kanton)|America/St_")
# English names that are words as well.
AMBIGUOUS = set("christmas cook heard isle southern sandwich equatorial marshall martin vincent thomas jersey mayo center salem norfolk turks helena branco creston darwin glace goose nera nome oral prince resolute stanley turk velho vista novo dawson".split())
AMBIGUOUS |= {"swift current", "broken hill", "grand turk", "saint pierre", "dawson creek", "fort nelson", "campo grande", "kwajalein atoll"}


def load(package, locale, file):
    try:
        with open(f"{ROOT}/{package}/main/{locale}/{file}.json", encoding="utf-8") as f:
            return json.load(f)["main"][locale]
    except FileNotFoundError:
        return {}


def names(language):
    """(kind, code) -> names, every locale's and variant's."""
    found = collections.defaultdict(list)
    for locale in LOCALES.get(language, [language]):
        def take(kind, items):
            for code, name in items.items():
                found[kind, code.split("-alt")[0]].append(name)
        display = lambda file: load("cldr-localenames-full", locale, file).get("localeDisplayNames", {})
        take("territory", {k: v for k, v in display("territories").get("territories", {}).items() if (re.fullmatch("[A-Z]{2}(-alt-.*)?", k) or k in REGIONS) and k not in NO_PLACE})
        take("tongue", {k: v for k, v in display("languages").get("languages", {}).items() if k in TONGUES})
        calendar = load("cldr-dates-full", locale, "ca-gregorian").get("dates", {}).get("calendars", {}).get("gregorian", {})
        for kind in "months", "days":
            for form in "format", "stand-alone":
                take(kind, calendar.get(kind, {}).get(form, {}).get("wide", {}))
        zones = load("cldr-dates-full", locale, "timeZoneNames").get("dates", {}).get("timeZoneNames", {}).get("zone", {})
        def cities(path, tree):
            for key, value in tree.items():
                if isinstance(value, dict): cities(path + [key], value)
                elif key.startswith("exemplarCity") and path[0] not in ("Etc", "Antarctica", "Arctic") and not SMALL.match("/".join(path)): found["city", "/".join(path)].append(value)
        for area, tree in zones.items():
            cities([area], tree)
        money = load("cldr-numbers-full", locale, "currencies").get("numbers", {}).get("currencies", {})
        for code in " ".join(list(SHARED.values()) + list(SINGLE.values())).split():
            found["money", code] += [name for key, name in money.get(code, {}).items() if key.startswith("displayName")]
    return found


def words(name):
    return [w for w in re.split(r"[\s\-‑–,・/]+", plain(name).replace("&", " ")) if w]


def plain(name):
    name = name.replace("\u02bc", "'")
    return re.sub(r"\(.*?\)|（.*?）|\[.*?\]", "", name).strip(" \u200e\u200f")


def fits(word, language):
    least = 2 if language in UNSPACED | {"ko", "he"} else 3
    return len(word) >= least and not any(c.isdigit() or c == "." for c in word) and not GENERIC.search(word.lower())


class Kind:
    """Names of one kind in one language, with the words that only one of them has."""

    def __init__(self, language, named, calendar):
        self.language, self.named, self.calendar = language, named, calendar
        owners = collections.defaultdict(set)
        for code, all_names in named.items():
            for name in all_names:
                for w in words(name): owners[w.lower()].add(MEANINGS.get(code, code))
        self.own = {w for w, codes in owners.items() if len(codes) == 1}

    def cell(self, code):
        found = []
        for name in self.named.get(code, []):
            parts = words(name)
            if self.language in UNSPACED: keep = [plain(name)] if not re.search(r"[A-Za-z]", name) else []
            elif len(parts) == 1: keep = [plain(name)]
            elif self.language in SYLLABLES or code in WHOLE_ONLY: keep = []
            else: keep = [w for w in parts if w.lower() in self.own and len(w) > 3 and (w[0].isupper() or self.calendar or self.language not in WITH_CAPITALS)]
            found += [w for w in keep if fits(w, self.language)]
        return unique(found)


def unique(items):
    seen = {}
    for item in items: seen.setdefault(item.lower().replace("’", "'"), item)
    return list(seen.values())[:MOST]


def noun(name, language):
    parts = words(name)
    if language in UNSPACED: return plain(name).split(" ")[-1]
    return parts[0] if parts and language in NOUN_FIRST else parts[-1] if parts else ""


def currency(named, code_or_codes, language):
    codes = code_or_codes.split()
    if len(codes) > 1:
        sets = [{w.lower() for name in named["money", code] for w in words(name)} for code in codes if named["money", code]]
        if language in UNSPACED:
            texts = [plain(name) for code in codes for name in named["money", code][:1]]
            ends = [texts[0][-n:] for n in range(4, 1, -1) if texts and all(t.endswith(texts[0][-n:]) for t in texts)]
            return [end.strip() for end in ends[:1]]
        return unique(w for w in sorted(set.intersection(*sets)) if fits(w, language)) if sets else []
    return unique(w for w in (noun(name, language).lower() for name in named["money", codes[0]]) if fits(w, language) and not re.search("[A-Z]{3}", w))


def main():
    named = {language: names(language) for language in LANGUAGES}
    for kind, code in named["ja"]:
        # A language has CLDR names only of those cities whose zone is not called like them.
        if kind == "city": named["en"].setdefault((kind, code), [code.split("/")[-1].replace("_", " ")])
    kinds = {}
    for language in LANGUAGES:
        for kind in "territory", "tongue", "months", "days", "city":
            kinds[language, kind] = Kind(language, {code: v for (k, code), v in named[language].items() if k == kind}, kind in ("months", "days"))
    rows = {}

    def row(meaning, cells):
        """Rows of one meaning are one row; the English column has what is not the meaning itself."""
        held = rows.setdefault(meaning, {})
        for language, cell in cells.items():
            held[language] = unique(held.get(language, []) + cell)

    for kind in "territory", "tongue", "months", "days", "city":
        for code in kinds["en", kind].named:
            english = [w.lower() for w in kinds["en", kind].cell(code)]
            meaning = MEANINGS.get(code) or (english[0] if len(english) == 1 or len(words(named["en"][kind, code][0])) == 1 else " ".join(english[:2])) if english else MEANINGS.get(code)
            if meaning in AMBIGUOUS: continue
            if not meaning or not re.fullmatch("[a-z ]{3,}", meaning): continue
            if kind == "city" and meaning in rows: continue
            row(meaning, {language: kinds[language, kind].cell(code) for language in LANGUAGES[1:]})
    for table in SHARED, SINGLE:
        for meaning, codes in table.items():
            row(meaning, {language: currency(named[language], codes, language) for language in LANGUAGES[1:]})
    for meaning, cells in SHORT.items():
        held = rows.setdefault(meaning, {})
        for language, cell in cells.items():
            held[language] = unique(cell.split("|"))
    for meaning, cell in ENGLISH.items():
        rows.setdefault(meaning, {})["en"] = cell.split("|")
    print("\t".join(["meaning"] + LANGUAGES))
    for meaning, cells in rows.items():
        line = ["|".join(cells.get(language, [])) for language in LANGUAGES]
        if any(line): print("\t".join([meaning] + line))


main()
