"""Pages in the manner of newsrooms of many languages, with what is to be read there.  Data."""

from tests.extract.manners import BODY, Manner, at, h1, p

ZH = "阿克梅公司第三座工厂今天正式投产，为船舶制造阀门。" * 12
JA = "アクメ株式会社は本日、船舶用バルブを製造する第三工場を開設しました。" * 9
KO = "아크메는 오늘 선박용 밸브를 만드는 세 번째 공장을 준공했다고 밝혔다. " * 9

LANGUAGES = {
    "de: dateline": Manner(
        h1() + p("BERLIN, 3. November 2026 – Acme hat sein drittes Werk eröffnet."),
        lang="de",
        certainty="dateline",
    ),
    "de: label": Manner(
        h1() + "<p>Veröffentlicht am 3. November 2026, aktualisiert am 9. November 2026</p>" + BODY, lang="de"
    ),
    "de: signed": Manner(h1() + BODY + "<p>Hamburg, den 3. November 2026</p>", lang="de"),
    "de: month first": Manner("<span>November 3, 2026</span>" + h1() + BODY, lang="de"),
    "de: weekday and hour": Manner(
        h1() + "<div>Dienstag, 3. November 2026, 08:30 Uhr</div>" + BODY, lang="de"
    ),
    "de: place, day in digits": Manner(
        h1() + p("Essen, 03.11.2026. Acme hat sein drittes Werk eröffnet."), lang="de", certainty="dateline"
    ),
    "de: press release of": Manner("<p>Pressemitteilung vom 03.11.2026</p>" + h1() + BODY, lang="de"),
    "fr: label": Manner(h1() + "<p>Publié le 3 novembre 2026 à 8h30</p>" + BODY, lang="fr"),
    "fr: dateline": Manner(
        h1() + p("Paris, le 3 novembre 2026 – Acme a ouvert sa troisième usine."),
        lang="fr",
        certainty="dateline",
    ),
    "fr: slashes": Manner(h1() + "<div>03/11/2026</div>" + BODY, lang="fr"),
    "es: dateline": Manner(
        h1() + p("Madrid, 3 de noviembre de 2026.- Acme ha abierto su tercera planta."),
        lang="es",
        certainty="dateline",
    ),
    "es: abbreviated": Manner(h1() + "<div class=fecha>03-nov-2026</div>" + BODY, lang="es"),
    "it: dateline": Manner(
        h1() + p("Milano, 3 novembre 2026 – Acme ha aperto il suo terzo impianto."),
        lang="it",
        certainty="dateline",
    ),
    "it: label": Manner("<p>Comunicato stampa del 03/11/2026</p>" + h1() + BODY, lang="it"),
    "pt: signed": Manner(h1() + BODY + "<p>Lisboa, 3 de novembro de 2026</p>", lang="pt"),
    "pt: short": Manner(h1() + "<span class=data>3 nov, 2026</span>" + BODY, lang="pt"),
    "nl: label": Manner(h1() + "<p>Gepubliceerd op 3 november 2026</p>" + BODY, lang="nl"),
    "nl: dateline": Manner(
        h1() + p("Amsterdam, 3 november 2026 - Acme heeft zijn derde fabriek geopend."),
        lang="nl",
        certainty="dateline",
    ),
    "sv": Manner(h1() + "<p>Publicerad 2026-11-03 08:30 CET</p>" + BODY, lang="sv", moment=at(7, 30)),
    "da": Manner(h1() + "<p>3. november 2026 kl. 08.30</p>" + BODY, lang="da"),
    "no": Manner(h1() + "<p>Publisert: 3. november 2026</p>" + BODY, lang="no"),
    "fi": Manner(h1() + "<p>3.11.2026 klo 9.00 EET</p>" + BODY, lang="fi", moment=at(7)),
    "pl: dateline": Manner(
        h1() + p("Warszawa, 3 listopada 2026 r. – Acme otworzyło swój trzeci zakład."),
        lang="pl",
        certainty="dateline",
    ),
    "pl: label": Manner(h1() + "<p>Data publikacji: 03.11.2026</p>" + BODY, lang="pl"),
    "zh: label": Manner(
        "<h1>阿克梅公司第三座工厂在俄亥俄州正式投产</h1>"
        "<p>发布时间：2026-11-03 10:00 来源：阿克梅 浏览：128次</p>"
        "<p>" + ZH + "</p><p>上一篇：2026-10-22 阿克梅公布业绩</p>",
        lang="zh",
        title="阿克梅公司第三座工厂在俄亥俄州正式投产",
    ),
    "zh: TRS": Manner(
        "<div class=title>阿克梅公司第三座工厂在俄亥俄州正式投产</div><p>" + ZH + "</p>",
        head="<meta name=ArticleTitle content='阿克梅公司第三座工厂在俄亥俄州正式投产'>"
        "<meta name=PubDate content='2026-11-03 10:00'>",
        lang="zh",
        title="阿克梅公司第三座工厂在俄亥俄州正式投产",
    ),
    "zh: dateline": Manner(
        "<h1>阿克梅公司第三座工厂正式投产</h1><p>成都，2026 年 11 月 3 日 —— " + ZH + "</p>",
        lang="zh",
        title="阿克梅公司第三座工厂正式投产",
        certainty="dateline",
    ),
    "zh: signed": Manner(
        "<h1>阿克梅公司第三座工厂正式投产</h1><p>" + ZH + "</p><p>阿克梅公司</p><p>2026年11月3日</p>",
        lang="zh",
        title="阿克梅公司第三座工厂正式投产",
    ),
    "ja: PR TIMES": Manner(
        "<h1>アクメ、オハイオ州に第三工場を開設</h1><p>アクメ株式会社</p>"
        "<time datetime=2026-11-03T10:00:00+09:00>2026年11月3日 10時00分</time><p>" + JA + "</p>",
        lang="ja",
        title="アクメ、オハイオ州に第三工場を開設",
        moment=at(1),
    ),
    "ja: an era": Manner(
        "<p>令和8年11月3日</p><p>アクメ株式会社</p><h1>アクメ、オハイオ州に第三工場を開設</h1><p>"
        + JA
        + "</p>",
        lang="ja",
        title="アクメ、オハイオ州に第三工場を開設",
    ),
    "ja: dots": Manner(
        "<div>2026.11.03</div><div>プレスリリース</div><h1>アクメ、オハイオ州に第三工場を開設</h1><p>"
        + JA
        + "</p>",
        lang="ja",
        title="アクメ、オハイオ州に第三工場を開設",
    ),
    "ko: label": Manner(
        "<h1>아크메, 오하이오에 세 번째 공장 준공</h1>"
        "<dl><dt>등록일</dt><dd>2026.11.03</dd><dt>조회</dt><dd>128</dd></dl><p>" + KO + "</p>",
        lang="ko",
        title="아크메, 오하이오에 세 번째 공장 준공",
    ),
    "ko: words": Manner(
        "<h1>아크메, 오하이오에 세 번째 공장 준공</h1><p>입력 2026년 11월 3일 오전 9:00</p><p>" + KO + "</p>",
        lang="ko",
        title="아크메, 오하이오에 세 번째 공장 준공",
    ),
}
