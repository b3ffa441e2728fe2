"""Time of a post from the words of its site, such as "3 weeks ago" or "on 8 April 2016".

The words of twelve languages are a table; a test compares them with those of the CLDR. See decision 0016.
"""

# ruff: noqa: E501  (the tables read best with one unit, one month, a line)

import re
import unicodedata
from datetime import UTC, datetime, timedelta

LONGEST = 200
AHEAD = timedelta(days=2)
"""How far a date without a year may lie ahead of our clock, for the zones of this world, and still be near."""

UNITS: dict[str, timedelta] = {
    "s sec secs second seconds seconde secondes sekunde sekunden sek segundo segundos secondo secondi seg "
    "seconden sekundę sekundy sekund sekunder sekunti sekuntia sekundou sekundami 秒前 秒钟前 초": timedelta(seconds=1),
    "min mins minute minutes minuten minuto minutos minuti minuut minutę minuty minut minuter minutter minutt "
    "minuutti minuuttia minutou minutami 分前 分钟前 분": timedelta(minutes=1),
    "h hr hrs hour hours heure heures stunde stunden std hora horas ora ore uur u godzinę godziny godzin godz "
    "timme timmar tim time timer tunti tuntia hodinou hodinami 時間前 小时前 시간": timedelta(hours=1),
    "d day days j jour jours tag tagen tage día días giorno giorni g gg dia dias dag dagen dgn dzień dni dagar "
    "dage døgn päivä päivää pv dnem dny 日前 天前 일": timedelta(days=1),
    "w wk wks week weeks semaine semaines sem woche wochen wo semana semanas settimana settimane sett weken "
    "tydzień tygodnie tygodni tydz tyg vecka veckor uge uger uke uker viikko viikkoa vk týdnem týdny týd "
    "週間前 周前 주": timedelta(weeks=1),
    "mo mos mon month months mois monat monaten monate mes meses mese mesi mês maand maanden mnd miesiąc "
    "miesiące miesięcy mies månad månader mån måned måneder md mdr kuukausi kuukautta kk měsícem měsíci měs "
    "か月前 ヶ月前 个月前 개월": timedelta(days=30),
    "y yr yrs year years an ans jahr jahren jahre año años anno anni ano anos jaar rok lata lat år vuosi vuotta "
    "rokem lety 年前 년": timedelta(days=365),
}  # fmt: skip

MONTHS = (
    "january jan janvier janv januar jän enero ene gennaio gen janeiro januari stycznia styczeń sty tammikuuta "
    "tammikuu tammi ledna leden led",
    "february feb februar février févr fév febrero febbraio fevereiro fev februari lutego luty lut helmikuuta "
    "helmikuu helmi února únor úno",
    "march mar mars märz mär marzo março maart mrt marca marzec marts maaliskuuta maaliskuu maalis března březen bře",
    "april apr avril avr abril abr aprile kwietnia kwiecień kwi huhtikuuta huhtikuu huhti dubna duben dub",
    "may mai mayo maggio mag maio mei maja maj toukokuuta toukokuu touko května květen kvě",
    "june jun juin juni junio giugno giu junho czerwca czerwiec cze kesäkuuta kesäkuu kesä června červen čvn",
    "july jul juillet juil juli julio luglio lug julho lipca lipiec lip heinäkuuta heinäkuu heinä července "
    "červenec čvc",
    "august aug août agosto ago augustus sierpnia sierpień sie augusti elokuuta elokuu elo srpna srpen srp",
    "september sep sept septembre septiembre settembre set setembro września wrzesień wrz syyskuuta syyskuu syys "
    "září zář",
    "october oct octobre oktober okt octubre ottobre ott outubro out października październik paź lokakuuta "
    "lokakuu loka října říjen říj",
    "november nov novembre noviembre novembro listopada listopad lis marraskuuta marraskuu marras listopadu",
    "december dec décembre déc dezember dez diciembre dic dicembre dezembro grudnia grudzień gru desember des "
    "joulukuuta joulukuu joulu prosince prosinec pro",
)
YESTERDAY = "yesterday|hier|gestern|ayer|ieri|ontem|gisteren|wczoraj|igår|i går|eilen|včera|昨日|昨天|어제"
DAY_BEFORE_YESTERDAY = (
    "the day before yesterday|avant-hier|vorgestern|antes de ayer|anteayer|antier|l['’]altro ieri|altro ieri"
    "|avantieri|anteontem|antes de ontem|eergisteren|przedwczoraj|i förrgår|förrgår|i forgårs|forgårs"
    "|toissa päivänä|předevčírem|abans d['’]ahir|позавчера|позавчора|一昨日|おととい|前天|그저께|그제"
)
NOW = "just now|now|à l['’]instant|gerade eben|jetzt|ahora|adesso|ora|agora|nu|teraz|たった今|刚刚|방금"
ONE = "an?|one|une?|ein(?:e[mnr]?)?|un[oa]?|uma?|een|ett?|en"

UNIT_OF = {word: span for words, span in UNITS.items() for word in words.split()}
MONTH_OF = {word: number for number, words in enumerate(MONTHS, 1) for word in words.split()}


def _any_of(words: dict[str, timedelta] | dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_UNIT, _MONTH, _DAY, _YEAR = (
    _any_of(UNIT_OF),
    _any_of(MONTH_OF),
    r"(?P<day>\d{1,2})",
    r"(?P<year>(?:19|20)\d\d)",
)
RELATIVE = re.compile(rf"(?<![\w.,:])(?:(?P<count>\d{{1,3}})\s?|(?:{ONE})\s)(?P<unit>{_UNIT})(?!\w)")
DATES = (
    re.compile(rf"(?<!\d){_YEAR}\s?[-/.年년]\s?(?P<month>\d{{1,2}})\s?[-/.月월]\s?{_DAY}(?!\d)"),
    re.compile(
        rf"(?<!\d){_DAY}(?:\.|st|nd|rd|th|er|º|ª)?\s(?:de\s|d['’])?(?P<month>{_MONTH})\.?(?!\w)"
        rf"(?:,?\s(?:del?\s)?{_YEAR}(?!\d))?"
    ),
    re.compile(rf"(?<!\w)(?P<month>{_MONTH})\.?\s{_DAY}(?:st|nd|rd|th)?(?!\w)(?:,?\s{_YEAR}(?!\d))?"),
    re.compile(rf"(?<!\w)(?P<month>{_MONTH})\.?,?\s(?:del?\s)?{_YEAR}(?!\d)"),
    re.compile(rf"^(?P<month>\d{{1,2}})-{_DAY}$"),  # as TikTok writes it
)
NUMBERS = re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")


def approximate(words: str, seen_at: datetime) -> datetime | None:
    """About when a post was written that said this when it was seen; None when that cannot be understood.

    A count of hours, days, weeks, months of 30 days or years of 365 goes back from `seen_at`. A written date
    is its noon in UTC, the first of a month that has no day; one without a year is the last before `seen_at`.
    Dates such as 3/4/2024, which two countries read differently, are not understood; 20/4/2024 and 3.4.2024 are.
    """
    said = " ".join(unicodedata.normalize("NFKC", words[:LONGEST]).casefold().split())
    for pattern in DATES:
        if found := pattern.search(said):
            return _dated(found.groupdict(), seen_at)
    if found := NUMBERS.search(said):
        return _numbered(int(found[1]), int(found[3]), found, seen_at)
    if found := RELATIVE.search(said):
        return _back(int(found["count"] or 1) * UNIT_OF[found["unit"]], seen_at)
    for days, named in ((2, DAY_BEFORE_YESTERDAY), (1, YESTERDAY)):
        if re.search(rf"(?<!\w)(?:{named})(?!\w)", said):
            return seen_at - timedelta(days=days)
    return seen_at if re.fullmatch(NOW, said) else None


def _numbered(first: int, second: int, found: re.Match[str], seen_at: datetime) -> datetime | None:
    """With dots the day comes first everywhere; with slashes only where the other order makes no date."""
    if found[2] == "/" and first <= 12 and second <= 12 and first != second:
        return None
    day_first = found[2] == "." or first > 12
    day, month = (first, second) if day_first else (second, first)
    return _dated({"day": str(day), "month": str(month), "year": found[4]}, seen_at)


def _back(span: timedelta, seen_at: datetime) -> datetime | None:
    try:
        return seen_at - span
    except OverflowError:
        return None


def _dated(found: dict[str, str | None], seen_at: datetime) -> datetime | None:
    """The noon of the day, never after it was seen; None for a day that no calendar has."""
    month = found["month"] or ""
    number, day = MONTH_OF.get(month) or int(month), int(found.get("day") or 1)
    year = found.get("year")
    try:
        if year:
            return min(datetime(int(year), number, day, 12, tzinfo=UTC), seen_at)
        return _latest(number, day, seen_at)
    except ValueError:
        return None


def _latest(month: int, day: int, seen_at: datetime) -> datetime:
    """The last such day that had begun somewhere; a leap day may be some years back."""
    for year in range(seen_at.year + 1, seen_at.year - 8, -1):
        try:
            noon = datetime(year, month, day, 12, tzinfo=UTC)
        except ValueError:
            if (month, day) != (2, 29):
                raise
            continue
        if noon <= seen_at + AHEAD:
            return min(noon, seen_at)
    raise ValueError
