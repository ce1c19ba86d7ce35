"""Tell from the words around a date what it is the date of.  Pure: looks at strings, never at a page."""

import re
from typing import Final, Literal

VERB_ROOM: Final = 24  # characters behind a date, in which a verb for it stands

#: What stands before a date.
Label = Literal["published", "updated", "other", "never", ""]

#: Words before (or right behind) a date that say what it is, with the languages they were seen in.  In small
#: letters, as are the texts they are looked for in: so that case is ignored takes three times as long.
_LABELS: Final[dict[Label, re.Pattern[str]]] = {
    "updated": re.compile(
        r"updat|modif|revis|review|edited|aktualisier|geändert|stand:|mis à jour|mise à jour|actualiz|atualiz"
        r"|aggiornat|bijgewerkt|gewijzigd|oppdatert|opdateret|uppdaterad|päivitetty|zaktualizowa|aktualizov|güncel"
        r"|обновл|оновлен|更新|修改|수정|last change|fact.check|medically"
    ),
    "published": re.compile(
        r"publi|posted|released?\b|release date|issued|written|created|submitted|uploaded|\bautho?r:"
        r"|veröffentlich|erstellt|erschienen|geschrieben|verfasst|gepostet|eingestellt|offentliggjort"
        r"|pubblicat|inserito|rédigé|mis en ligne|geplaatst|geschreven|julkaistu|opubliko|dodano|zveřejn"
        r"|objavljeno|yayın|eklen|опублик|发布|發佈|发表|發表|刊登|掲載|公開|配信|発表|発行|投稿|등록|입력|게재|게시|작성"
        r"|dat(?:e|um|a|o|um der)\s*:"
        r"|(?:embargo|sperrfrist|sperrvermerk)[^\n]{0,40}$"  # until then nobody may print it
        r"|fecha\b|tarih\b|dátum|дата\b|日付|날짜|公布|签发|簽發"
        r"|date$|日期|日時|時間|时间|ngày|postado|erstmals"
    ),
    "never": re.compile(
        r"copyright|©|\(c\)|expir|deadline|valid\b|gültig|ends\b"
        r"|(?:registriert|registered|joined|inscrit|iscritto|registrado)\D{0,8}$"  # a member of a forum
        r"|\(@\w{1,20}\)\s?$",  # a tweet's author
    ),
    "other": re.compile(
        r"until|bis\b|event|since|seit|born|founded|from\b"
        r"|between|retrieved|accessed|abgerufen|as of|effective|ended|ending|quarter|through|next"
        r"|before|after|due\b"
        r"|member|version|v\d|comment|repl(?:y|ied)|reviewed in|starts?|begins?|opens?|on or about"
        r"|\bdated|stichtag|termin\b|\bab\b|jusqu|à compter|depuis|hasta\b|a partir|desde\b|entro\b|fino a"
        r"|até\b|\bvanaf\b|\bsinds\b|\btot\b|截至|截止|以降|부터|까지"
    ),
}
#: What stands right behind a date where the verb comes last: "am 3. Mai veröffentlicht", "5月3日 発表".
_POSTED: Final = re.compile(
    r"\W{0,3}(?:uhr\s)?(?:veröffentlicht|gepostet|geschrieben|erstellt|eingestellt|geplaatst|gepubliceerd"
    r"|posted|発表|発行|掲載|公開|配信|发布|發布|刊登|发表|發表|발행|게시|등록|입력|게재)"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WEAK_LABELS: Final[frozenset[Label]] = frozenset({"", "other"})


def label(before: str, behind: str = "", *, timed: bool = False) -> Label:
    """Give what the words around a date say it is; the nearest word counts.

    A date with an hour (``timed``) is nobody's copyright: a photographer's © stands before it.
    """
    before, behind = before.lower(), behind.lower()
    best: Label = ""
    nearest = -1
    for name in _LABELS:
        for match in _LABELS[name].finditer(before):
            if match.end() > nearest and not (timed and match[0] == "©"):
                best, nearest = name, match.end()
    if not best and _LABELS["updated"].search(behind, 0, VERB_ROOM):
        return "published" if _YEAR.search(behind) else "updated"  # "3 May 2026, updated 5 May 2026"
    if best in _WEAK_LABELS and _POSTED.match(behind):
        return "published"
    return best


def says_updated(text: str) -> bool:
    """Say whether a text speaks of a change, as the names of elements do."""
    return bool(_LABELS["updated"].search(text.lower()))
