"""The laws of languages: no spaces, no accents and no basic form are needed to find a release."""

from collections.abc import Iterator

import pytest

from index import open_engine
from index.engine import Engine
from index.grammar import parse
from tests.index.releases import numbered, release

CHINESE = release(
    "zh",
    "海澜风电公司公布第三季度业绩",
    "海澜风电今日宣布，公司与临江市政府签署海上风电合作协议，总装机容量达到800兆瓦，预计2027年并网发电。",
    language="zh",
)
TAIWAN = release(
    "zh-tw",
    "明峰電子發表新一代感測器",
    "明峰電子股份有限公司今天宣布新竹廠擴產計畫，預計明年第二季量產。",
    language="zh",
)
JAPANESE = release(
    "ja",
    "蒼海電機、新型インバーターを発売",
    "蒼海電機株式会社は、産業用ロボット向けの新製品を来年四月に発売すると発表しました。",
    language="ja",
)
KOREAN = release(
    "ko",
    "한빛전자, 반도체 공장 증설 발표",
    "한빛전자는 2026년까지 반도체공장을 증설한다고 밝혔다. 투자금액은 3조원이다.",
    language="ko",
)
THAI = release("th", "บริษัทเปิดโรงงานใหม่", "บริษัทประกาศเปิดโรงงานแห่งใหม่ในจังหวัดระยอง", language="th")
GERMAN = release(
    "de",
    "Größter Auftrag der Unternehmensgeschichte für die Nordwerft",
    "Die Aufsichtsräte stimmten den Verträgen zu. Die Nordwerft baut für zwei Reedereien vier Fähren; die "
    "Straßenverkehrsbehörde prüft die Zufahrt. Über 300 Beschäftigte erhalten höhere Löhne.",
    language="de",
)
FRENCH = release(
    "fr",
    "Nouvelle éolienne : l'opérateur renforce ses activités côtières",
    "Les actionnaires ont approuvé l'émission d'obligations. Le directeur général a présenté des résultats "
    "supérieurs aux prévisions ; les bénéfices de l'exercice écoulé progressent.",
    language="fr",
)
SPANISH = release(
    "es",
    "La compañía anuncia una inversión en energía eólica",
    "La acción subió. El crédito financia la fábrica más grande de la región, según la información.",
    language="es",
)
PORTUGUESE = release(
    "pt", "Inovação na mineração", "A administração aprovou a reorganização das operações.", language="pt"
)
ENGLISH = release("en", "Quarterly figures of the yard", "A wind farm, a ferry and a bond were announced.")
ALL = (CHINESE, TAIWAN, JAPANESE, KOREAN, THAI, GERMAN, FRENCH, SPANISH, PORTUGUESE, ENGLISH)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(tmp_path_factory.mktemp("languages") / "index", create=True)
    engine.write(numbered(ALL))
    yield engine
    engine.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("风电", "zh", id="two characters inside of a run"),
        pytest.param("海上风电合作协议", "zh", id="a long term"),
        pytest.param("临江市 装机容量", "zh", id="two terms"),
        pytest.param("感測器", "zh-tw", id="traditional characters"),
        pytest.param("ロボット", "ja", id="katakana"),
        pytest.param("ﾛﾎﾞｯﾄ 株式会社", "ja", id="half-width katakana and kanji"),
        pytest.param("반도체", "ko", id="Korean before a particle"),
        pytest.param('"新製品を来年"', "ja", id="across scripts"),
        pytest.param("2027年", "zh", id="a number with a sign"),
        pytest.param("โรงงาน", "th", id="Thai"),
        pytest.param("并网 -感測器", "zh", id="an exclusion"),
        pytest.param("title:発売", "ja", id="in the title"),
    ],
)
def test_what_is_written_without_spaces_is_found(engine: Engine, typed: str, found: str) -> None:
    assert [hit.id for hit in engine.search(parse(typed)).hits] == [found]


@pytest.mark.parametrize("typed", ["电风", "市政装", "感测器", "반체도", "งานแห่งเปิด"])
def test_characters_in_another_order_are_another_word(engine: Engine, typed: str) -> None:
    assert engine.search(parse(typed)).hits == ()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("groesste", "de", id="ö as oe, ß as ss"),
        pytest.param("grosste Auftrage", "de", id="no umlauts, other endings"),
        pytest.param("Vertrag", "de", id="plural with umlaut"),
        pytest.param("Aufsichtsrat", "de", id="plural of a compound"),
        pytest.param("Faehre", "de", id="ä as ae, singular"),
        pytest.param("STRASSENVERKEHRSBEHÖRDE", "de", id="capitals"),
        pytest.param("lohn beschaftigter", "de", id="no accents, inflected"),
        pytest.param("eoliennes", "fr", id="no accent, plural"),
        pytest.param("actionnaire", "fr", id="singular"),
        pytest.param("obligation", "fr", id="behind an elision"),
        pytest.param("resultat superieur", "fr", id="no accents, singular"),
        pytest.param("prévision bénéfice", "fr", id="singular with accents"),
        pytest.param("cotiere", "fr", id="circumflex and number"),
        pytest.param("companias", "es", id="no tilde, plural"),
        pytest.param("energias eolicas", "es", id="no accents, plural"),
        pytest.param("administracao", "pt", id="no accents"),
        pytest.param('"direction générale" OR "directeur general"', "fr", id="phrase without accents"),
    ],
)
def test_a_word_is_found_folded_and_inflected(engine: Engine, typed: str, found: str) -> None:
    results = engine.search(parse(typed))
    assert [hit.id for hit in results.hits] == [found]
    assert not results.notes
    (hit,) = results.hits
    assert hit.spans or hit.title_spans
