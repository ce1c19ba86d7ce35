"""A text names its language; a page's label counts only where the text is silent."""

import pytest

from crawler.extract.language import language_of

TEXTS = {
    "en": "Acme today opened a plant in Berlin that makes tools for brewers in forty countries of the world, "
    "and more of them are to follow in the course of the year.",
    "de": "Das Unternehmen hat heute in Berlin ein Werk eröffnet, das Geräte für die Brauer der Welt baut, "
    "und im Laufe des Jahres sollen nach Angaben der Firma weitere folgen.",
    "fr": "La société a ouvert aujourd'hui une usine à Berlin qui fabrique des outils pour les brasseurs du "
    "monde entier, et elle prévoit d'en ouvrir d'autres dans le courant de l'année.",
    "es": "La empresa abrió hoy una planta en Berlín que fabrica herramientas para los cerveceros de todo el "
    "mundo, y se espera que otras más se abran en el curso del año.",
    "it": "La società ha aperto oggi a Berlino uno stabilimento che produce strumenti per i birrai di tutto "
    "il mondo, e nel corso dell'anno ne sono previsti altri della stessa dimensione.",
    "pt": "A empresa abriu hoje em Berlim uma fábrica que produz ferramentas para os cervejeiros de todo o "
    "mundo, e não é a última que será aberta ao longo do ano, segundo a direção.",
    "nl": "Het bedrijf heeft vandaag in Berlijn een fabriek geopend die gereedschap maakt voor de brouwers "
    "van de wereld, en in de loop van het jaar zullen er nog meer volgen.",
    "sv": "Företaget har i dag öppnat en fabrik i Berlin som tillverkar verktyg för bryggare i hela världen, "
    "och det är inte den sista som ska öppnas under året, säger vd.",
    "pl": "Spółka otworzyła dziś w Berlinie fabrykę, która produkuje narzędzia dla browarów na świecie, "
    "i jest to pierwszy z wielu zakładów, które mają powstać w tym roku.",
    "zh": "公司今天在柏林开设了一家工厂，为世界四十个国家的啤酒厂生产工具。",
    "ja": "株式会社は本日、世界四十か国の醸造所向けに機器を製造する工場をベルリンに開設しました。",
    "ko": "회사는 오늘 베를린에 전 세계 양조장을 위한 도구를 만드는 공장을 열었다고 발표했다.",
    "ru": "Компания сегодня открыла в Берлине завод, который выпускает приборы для пивоваров, и это не "
    "последний завод, который она построит в этом году.",
    "uk": "Компанія сьогодні відкрила в Берліні завод, який виготовляє прилади для броварів усього світу.",
    "bg": "Компанията днес откри в Берлин завод, който произвежда уреди за пивоварите по света, и това не е "
    "последният завод, който тя ще построи през годината.",
    "el": "Η εταιρεία άνοιξε σήμερα στο Βερολίνο ένα εργοστάσιο που κατασκευάζει όργανα για ζυθοποιούς.",
    "he": "החברה פתחה היום בברלין מפעל המייצר כלים עבור מבשלות בירה בארבעים מדינות.",
    "ar": "افتتحت الشركة اليوم في برلين مصنعا ينتج الأدوات لمصانع البيرة في أربعين دولة.",
    "fa": "شرکت امروز در برلین کارخانه‌ای گشود که ابزار برای چهل کشور جهان می‌سازد و گسترش می‌یابد.",
    "th": "วันนี้บริษัทเปิดโรงงานในกรุงเบอร์ลินเพื่อผลิตเครื่องมือสำหรับโรงเบียร์ทั่วโลก",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_names_its_language_whatever_the_page_declares(language: str) -> None:
    assert language_of(TEXTS[language], "en-US") == language
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("de-AT", "de"),
        (" FR ", "fr"),
        ("en_GB", "en"),
        ("nb-NO", "no"),
        ("iw", "he"),
        ("klingon", None),
        ("", None),
        (None, None),
        ("1", None),
    ],
)
def test_a_text_too_short_to_tell_is_what_the_page_declares(
    declared: str | None, expected: str | None
) -> None:
    assert language_of("Acme opens plant", declared) == expected


def test_a_foreign_name_does_not_make_a_text_foreign() -> None:
    assert language_of(f"比亚迪 (BYD) {TEXTS['en']} 比亚迪 and 公司") == "en"


def test_english_names_do_not_make_a_chinese_text_english() -> None:
    assert language_of(f"{TEXTS['zh']}Acme Brewing Tools of the World{TEXTS['zh']}") == "zh"
