"""The words that dates are printed with: months, weekdays, eras, numerals, zones.  Data; reads no text."""

import unicodedata
from typing import Final

#: Letters that have no decomposition, as Turkish, Polish and Nordic print them.
_PLAIN: Final = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "'": None, "’": None})


def fold(word: str) -> str:
    """Give a word in lower case without accents, so that ``Août`` and ``aout`` are one."""
    if word.isascii():
        return word.lower().replace("'", "")
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_PLAIN)


#: Names and abbreviations of the twelve months as dates print them (genitives included): a language,
#: its months in order, the spellings of one joined by ``|``; ``?`` where the word means another month
#: elsewhere (the Croatian listopad is October, the Polish and the Czech one November).
_LANGUAGES: Final = """
en: january|jan february|feb|febr march|mar april|apr may june|jun july|jul august|aug
    september|sep|sept october|oct november|nov december|dec
de: januar|jänner|jaenner|jän februar|feber|feb märz|maerz|mär|mrz april mai juni|jun juli|jul
    august|aug september oktober|okt november dezember|dez
nl: januari februari maart|mrt april mei juni juli augustus september oktober|okt november december
fr: janvier|janv février|févr|fév mars avril|avr mai juin juillet|juil août|aout septembre|sept
    octobre|oct novembre|nov décembre|déc
es: enero|ene febrero|feb marzo abril|abr mayo|may junio|jun julio|jul agosto|ago
    septiembre|setiembre|sep|set octubre|oct noviembre|nov diciembre|dic
it: gennaio|gen febbraio|febb marzo aprile maggio|mag giugno|giu luglio|lug agosto|ago settembre|sett
    ottobre|ott novembre dicembre|dic
pt: janeiro fevereiro|fev março abril|abr maio|mai junho julho agosto|ago setembro|set outubro|out
    novembro dezembro|dez
ca: gener febrer març abril maig juny juliol agost setembre octubre novembre desembre|des
gl: xaneiro|xan febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro
ro: ianuarie|ian februarie martie aprilie mai iunie|iun iulie|iul august septembrie octombrie
    noiembrie|noi decembrie
da: januar februar marts april maj|mai juni juli august september oktober november desember|des
sv: januari februari mars april maj juni juli augusti september oktober november december
is: janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember
fi: tammikuu|tammikuuta helmikuu|helmikuuta maaliskuu|maaliskuuta huhtikuu|huhtikuuta
    toukokuu|toukokuuta kesäkuu|kesäkuuta heinäkuu|heinäkuuta elokuu|elokuuta syyskuu|syyskuuta
    lokakuu|lokakuuta marraskuu|marraskuuta joulukuu|joulukuuta
pl: stycznia|styczeń|sty lutego|luty|lut marca|marzec kwietnia|kwiecień|kwi maja|maj
    czerwca|czerwiec|cze lipca|lipiec|lip sierpnia|sierpień|sie września|wrzesień|wrz
    października|październik|paź|paz listopada|listopad|lis grudnia|grudzień|gru
cs: ledna|leden února|únor března|březen dubna|duben května|květen června|červen července|červenec
    srpna|srpen září|zari října|říjen listopadu prosince|prosinec
sk: januára|január februára|február marca|marec apríla|apríl mája|máj júna|jún júla|júl augusta|august
    septembra|september októbra|október novembra|november decembra|december
hr: siječnja|siječanj veljače|veljača ožujka|ožujak travnja|travanj svibnja|svibanj lipnja|lipanj
    srpnja|srpanj kolovoza|kolovoz rujna|rujan ? studenoga|studenog|studeni prosinca|prosinac
sl: januarja februarja marca aprila maja junija|junij julija|julij avgusta|avgust|avg septembra oktobra
    novembra decembra
sr: januara februara marta|mart aprila maja juna jula avgusta|avgust septembra oktobra novembra decembra
sr: јануара|јануар фебруара|фебруар марта|март априла|април маја|мај јуна|јун јула|јул августа|август
    септембра|септембар октобра|октобар новембра|новембар децембра|децембар
ru: января|январь|янв февраля|февраль|фев марта|март|мар апреля|апрель|апр мая|май июня|июнь|июн
    июля|июль|июл августа|август|авг сентября|сентябрь|сен|сент октября|октябрь|окт
    ноября|ноябрь|ноя|нояб декабря|декабрь|дек
uk: січня|січень|січ лютого|лютий|лют березня|березень|бер квітня|квітень|кві травня|травень|тра
    червня|червень|чер липня|липень|лип серпня|серпень|сер вересня|вересень|вер жовтня|жовтень|жов
    листопада|листопад|лис грудня|грудень|гру
be: студзеня лютага сакавіка красавіка мая|траўня чэрвеня ліпеня жніўня верасня кастрычніка лістапада
    снежня
bg: януари|яну февруари март април|апр май юни юли август септември|септ октомври ноември декември
mk: јануари февруари март април мај јуни јули август септември октомври ноември декември
hu: január|januar február|febr március|márc április|ápr május|máj június|jún július|júl augusztus
    szeptember|szept október november december
tr: ocak|oca şubat|şub mart nisan|nis mayıs haziran|haz temmuz|tem ağustos|ağu eylül|eyl ekim|eki
    kasım|kas aralık|ara
az: yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr
el: ιανουαρίου|ιανουάριος|ιαν φεβρουαρίου|φεβρουάριος|φεβ μαρτίου|μάρτιος|μαρ απριλίου|απρίλιος|απρ
    μαΐου|μάιος|μαι ιουνίου|ιούνιος|ιουν ιουλίου|ιούλιος|ιουλ αυγούστου|αύγουστος|αυγ
    σεπτεμβρίου|σεπτέμβριος|σεπ οκτωβρίου|οκτώβριος|οκτ νοεμβρίου|νοέμβριος|νοε
    δεκεμβρίου|δεκέμβριος|δεκ
sq: janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor
lt: sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
lv: janvāris|janvārī februāris|februārī marts|martā aprīlis|aprīlī maijs|maijā jūnijs|jūnijā
    jūlijs|jūlijā augusts|augustā septembris|septembrī oktobris|oktobrī novembris|novembrī
    decembris|decembrī
et: jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
id: januari februari maret april mei juni juli agustus|agt september oktober november desember
ms: januari februari mac april mei jun julai ogos|ogo september oktober november disember|dis
ar: يناير فبراير مارس أبريل|ابريل|إبريل مايو يونيو|يونيه يوليو|يوليه أغسطس|اغسطس سبتمبر أكتوبر|اكتوبر
    نوفمبر ديسمبر
ar: ? شباط آذار|اذار نيسان أيار|ايار حزيران تموز آب|اب أيلول|ايلول ? ? ?
he: ינואר|בינואר פברואר|בפברואר מרץ|במרץ אפריל|באפריל מאי|במאי יוני|ביוני יולי|ביולי אוגוסט|באוגוסט
    ספטמבר|בספטמבר אוקטובר|באוקטובר נובמבר|בנובמבר דצמבר|בדצמבר
hy: հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի
    դեկտեմբերի
ka: იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი
hi: जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर
    दिसंबर|दिसम्बर
bn: জানুয়ারি|জানুয়ারী ফেব্রুয়ারি|ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর
    নভেম্বর ডিসেম্বর
th: มกราคม|ม.ค กุมภาพันธ์|ก.พ มีนาคม|มี.ค เมษายน|เม.ย พฤษภาคม|พ.ค มิถุนายน|มิ.ย กรกฎาคม|ก.ค สิงหาคม|ส.ค
    กันยายน|ก.ย ตุลาคม|ต.ค พฤศจิกายน|พ.ย ธันวาคม|ธ.ค
"""


def _numbered() -> dict[str, int]:
    months: dict[str, int] = {}
    number = 0
    for words in _LANGUAGES.split():
        number = 0 if words.endswith(":") else number + 1
        for word in words.split("|") if number and words != "?" else ():
            months.setdefault(fold(word), number)
    return months


#: Folded word → number of the month, from 1.
MONTHS: Final = _numbered()

_WEEKDAY_NAMES: Final = """
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim
lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom
lunedì martedì mercoledì giovedì venerdì sabato domenica gio
segunda terça quarta quinta sexta feira seg ter qua qui sex
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo
mandag tirsdag onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag
poniedziałek wtorek środa czwartek piątek sobota niedziela
pazartesi salı çarşamba perşembe cuma cumartesi pazar
понедельник вторник среда четверг пятница суббота воскресенье
"""

#: Folded names of weekdays that stand before a date, and so belong to it.
WEEKDAYS: Final = frozenset(fold(word) for word in _WEEKDAY_NAMES.split())

#: Japanese eras and the Chinese republic: the year before their first.
ERAS: Final = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}

#: Chinese numerals as dates print them.
NUMERALS: Final = {numeral: value for value, numeral in enumerate("〇一二三四五六七八九十")} | {
    "零": 0,
    "○": 0,
}

#: Zone names printed after an hour → IANA zone.  A name means the clock on the wall there: "EST" is
#: printed all summer long.  Left out because two parts of the world claim them: IST, AST and the like.
ZONES: Final = {
    "UTC": "UTC",
    "GMT": "UTC",
    "Z": "UTC",
    "ET": "America/New_York",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "CT": "America/Chicago",
    "CST": "America/Chicago",
    "CDT": "America/Chicago",
    "MT": "America/Denver",
    "MST": "America/Denver",
    "MDT": "America/Denver",
    "PT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "BST": "Europe/London",
    "WET": "Europe/Lisbon",
    "WEST": "Europe/Lisbon",
    "CET": "Europe/Berlin",
    "CEST": "Europe/Berlin",
    "MEZ": "Europe/Berlin",
    "MESZ": "Europe/Berlin",
    "EET": "Europe/Helsinki",
    "EEST": "Europe/Helsinki",
    "MSK": "Europe/Moscow",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
    # In full, as Business Wire prints them: "08:00 AM Eastern Standard Time".
    **{f"Eastern{kind} Time": "America/New_York" for kind in ("", " Standard", " Daylight")},
    **{f"Central{kind} Time": "America/Chicago" for kind in ("", " Standard", " Daylight")},
    **{f"Mountain{kind} Time": "America/Denver" for kind in ("", " Standard", " Daylight")},
    **{f"Pacific{kind} Time": "America/Los_Angeles" for kind in ("", " Standard", " Daylight")},
    "Central European Time": "Europe/Berlin",
    "Central European Summer Time": "Europe/Berlin",
}
