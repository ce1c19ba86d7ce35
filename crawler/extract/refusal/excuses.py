"""What pages are called, and say, that stand in place of another, by the reason to refuse them.  Data.

In small letters.  One phrase or several alike a line, which goes on in the next one where that is indented.
"""

import re
from typing import Final

WORDS: Final = "(?<![a-z])(?:{})(?![a-z])"  # of Latin letters; Chinese and Japanese ones touch

_GONE: Final = r"""
(?:http |status |code )?(?:error |fehler |erreur |errore |ошибка )?\b4(?:04|10)\b(?: error| page)?|
  error \d{3}
(?:the |this |that )?(?:requested )?(?:page|site|file|document|article|content|story|release|item|url|
  object|resource)\b.{0,30}(?:not|n.t)(?: be)? (?:found|exist|available|here)
(?:(?:the|this) )?(?:(?:requested|press|news) ){0,2}(?:page|site|file|document|article|
  content|story|release|item|url)\b.{0,20} (?:no longer (?:exists|
  available|here)|missing|removed)
(?:can.?t|can ?not|couldn.?t|could not|unable to) (?:seem to )?(?:find|locate) (?:that|this|the|your|
  what|a)\b.{0,40}
\bnot found(?: on this server)?\b|nothing (?:was )?found(?: here)?
no (?:news|items|articles) (?:found|available)|keine (?:nachricht|meldung|news)(?:en)? (?:gefunden|vorhanden)
does(?:n.t| not) exist|page unavailable
(?:diese |die )?(?:angeforderte |gesuchte )?(?:seite|inhalt|artikel|datei|dokument|
  meldung)\b.{0,30}nicht (?:\w+ )?(?:gefunden|verfügbar|vorhanden|erreichbar|mehr)
(?:seite|inhalt|artikel|datei|dokument|meldung)\b.{0,20}(?:existiert|gibt es)(?: \w+)? nicht(?: mehr)?
(?:page|article|contenu|document)\b.{0,30}(?:introuvable|n.existe p(?:as|lus)|non trouvée?|
  pas (?:été )?trouvée?|indisponible)
página\b.{0,30}(?:no (?:se )?(?:ha sido |pudo ser )?(?:encontrada|encuentra|existe|
  (?:está )?disponible)|não (?:foi )?(?:encontrada|existe)|inexistente)
no (?:podemos|hemos podido|pudimos|se pudo|se ha podido)? ?enc[ou]\w+ (?:la|esta) página.{0,20}
não encontr\w+ (?:a|esta) página.{0,20}
pagina\b.{0,30}(?:non (?:è (?:stata )?)?(?:trovata|disponibile|esiste)|niet (?:\w+ )?(?:gevonden|
  beschikbaar)|bestaat niet(?: meer)?|nu (?:a fost|există)\w*)
sid(?:an|en)\b.{0,30}(?:hittades inte|finns inte|kunde inte hittas|ikke (?:\w+ )?(?:fundet|funnet)|
  findes ikke|finnes ikke)(?: \w+)?
(?:kunde inte hitta|hittade inte|fant ikke|kunne ikke finde|fandt ikke) sid\w+|sivua ei \w+
nie znaleziono(?: strony)?
(?:strona|strony)\b.{0,40}nie (?:została )?\w+|strán\w+.{0,20}(?:nenalezen|neexistuj)\w*
oldal nem található|sayfa bulunamadı
страниц\w+ .{0,20}не \w+|сторінк\w+ .{0,20}не \w+|σελίδα.{0,20}δεν \w+|الصفحة .{0,20}غير موجودة
הדף (?:המבוקש )?לא נמצא
(?:页面|頁面|网页|網頁).{0,12}(?:不存在|找不到|未找到|不見|已(?:被)?删除|走丢|无法访问)\w{0,3}
(?:找不到|无法找到).{0,10}(?:页面|頁面|网页|網頁)
(?:ページ|記事).{0,12}(?:見つかりません|存在しません|ありません|見つかりませんでした)\w{0,8}
페이지.{0,14}(?:찾을 수 없|존재하지 않)\w{0,6}
"""
_UNAVAILABLE: Final = r"""
(?:http )?(?:error |fehler )?\b50[0234]\b(?: error)?|bad gateway|gateway time-?out|
  (?:internal )?server error
(?:service|site|page|website) (?:is )?(?:temporarily |currently )?(?:unavailable|offline|down)\b
temporarily unavailable
(?:(?:site|website|we.re|is|are|currently|performing|some|under|down for|scheduled|planned|
  undergoing) ){0,5}maintenance(?: mode| break)?
(?:we.ll )?be (?:right )?back (?:soon|shortly)|something went wrong|an (?:\w+ )?error (?:has )?occurred
runtime error|server error in .{0,40}|fatal error
error establishing a database connection|database error|application error
wartungs(?:arbeiten|modus|seite)|en maintenance|maintenance en cours|en mantenimiento|in manutenzione
em manutenção
in onderhoud|przerwa techniczna|prace (?:serwisowe|techniczne)|технические работы
(?:系统|网站).{0,4}维护\w{0,3}|(?:メンテナンス|保守)中\w{0,3}|(?:시스템|서버)? ?점검 ?(?:중|안내)\w{0,3}
"""
_BLOCKED: Final = r"""
(?:http )?(?:error |fehler )?\b4(?:0[0136]|2[29]|51)\b(?: error)?|\bforbidden\b|unauthori[sz]ed(?: access)?
access ?(?:to (?:this|the) (?:page|site|website) )?(?:has been |is |was )?(?:denied|limited|restricted|
  blocked|forbidden)
too many requests|permission denied|not authori[sz]ed
just a moment|attention required|checking (?:if the site connection is secure|your browser)|one more step
(?:verify(?:ing)?|confirm) (?:that )?you(?:.re| are)? (?:a |not a )?(?:human|robot|bot)
are you (?:a )?(?:robot|human)
human verification|robot check|request could not be satisfied|(?:sorry, )?you have been blocked
request (?:blocked|rejected|unsuccessful)
sicherheits(?:überprüfung|abfrage)|v[ée]rifica(?:tion|ción) de s[ée]\w+
verifica(?:ção)? d\w+ s\w+za|проверка браузера
访问(?:过于频繁|受限|异常|被阻断)|请求.{0,8}拦截|アクセスが集中
pardon our interruption|incapsula|security (?:check|verification)|ddos[- ]\w+|captcha|press (?:&|and) hold
client challenge|you are (?:now )?in (?:line|the queue)|waiting room
sucuri website firewall|unusual (?:traffic|activity)
zu(?:griff|gang) verweigert|accès (?:refusé|interdit)|ac[ce]esso? (?:denegado|negato|negado)|
  toegang geweigerd
доступ (?:запрещ[её]н|ограничен)|brak dostępu|访问被拒绝|拒绝访问|禁止访问|(?:安全|人机)验证
アクセスが拒否\w{0,8}
"""
_CONSENT: Final = r"""
(?:before you continue|bevor sie fortfahren|avant de continuer|antes de continuar)(?: .{0,40})?
prima di continuare(?: .{0,40})?
(?:legal )?disclaimer|age (?:verification|gate|check)|are you (?:over|of legal|at least) .{0,30}
terms of access
(?:select|choose) (?:your |a )?(?:country|region|language|location|market)(?: (?:and|or|/) \w+)?
(?:we )?(?:value|care about|respect) your privacy|your privacy(?: choices| matters)?
(?:cookie|privacy|consent) ?-?(?:consent|wall|preferences?|settings?|manager|cent(?:er|re)|choices)
(?:we|this (?:web)?site) uses? cookies|accept (?:all )?cookies
(?:datenschutz|cookie|privatsphäre)n?-?einstellungen|wir benötigen ihre zustimmung|wir verwenden cookies
(?:ihre )?privatsphäre ist uns wichtig
(?:votre vie privée|gestion des cookies|(?:préférences|paramètres) (?:de |des )?cookies)
(?:configuración|preferencias) de (?:cookies|privacidad)|(?:impostazioni|preferenze) (?:dei )?cookie
la tua privacy
cookie-?(?:instellingen|inställningar|indstillinger)|ustawienia (?:plików )?cookies?
"""
_LOGIN: Final = r"""
(?:please )?(?:\w+ )?(?:log|sign)[- ]?in(?: to (?:continue|read|view|your account).{0,30}| required|
   or register)?
(?:subscribe|register|sign up) to (?:read|continue|unlock).{0,30}|(?:subscribers?|members?)(?: only|
  .s? area)
(?:this )?(?:article|content|story) is (?:only )?(?:for|reserved for|available to) (?:subscribers|
  members)(?: only)?
anmelden|einloggen|anmeldung|\w+-?login|nur für (?:abonnenten|mitglieder)|(?:se )?connecte[rz]
réservé aux abonnés
inici(?:ar|e) sesión|solo (?:para )?suscriptores|accedi|iniciar sessão|inloggen|logga in|log ind|logg inn
zaloguj się
вход(?: на сайт)?|авторизация|(?:会員)?ログイン|(?:用户|會員)?登[录入]|로그인
"""
_PARKED: Final = r"""
(?:this |the )?domain(?: name)?(?: \S+\.\S+)? (?:is |may be )?(?:for sale|parked|expired)
(?:buy|purchase) this domain|parked domain|domain (?:parking|reserviert|registriert)
(?:\S+\.\w{2,12}|this (?:web)?site) (?:is for sale|ist zu verkaufen|est à vendre)
domain.{0,20} (?:steht )?zu[mr]? verkauf\w*
domaine.{0,20} à vendre|dominio.{0,20} en v\w*ta|dominio.{0,20} in vendita|домен.{0,20} прода[её]тся
域名.{0,6}(?:出售|转让)
apache tomcat/\S+|web server.s default page|domain default page
welcome to (?:nginx|centos|openresty|apache|tomcat)\b.{0,12}
\b(?:apache|nginx|http)\w*\b.{0,30}(?:default|test) page.{0,15}
test page for .{0,40}|^\W*it works\W*$|iis ?(?:windows(?: server)?|\d+).{0,20}
(?:default|placeholder) (?:web )?(?:page|site)
account (?:has been )?suspended|site (?:not found|not published|suspended)|coming soon|under construction
hier entsteht.{0,40}
"""
_MOVED: Final = r"""
30[1278]\b(?: moved permanently| found)?|(?:object|document|page) (?:has )?moved
(?:you are being )?redirect(?:ing|ed|ion)?\b(?: .{0,20})?
(?:sie werden )?weiter(?:leitung|geleitet)|vous allez être redirigée?|redireccionando|reindirizzamento
"""
_SERVICE: Final = r"""
(?:media |press )?contacts?(?: us| form| information| details)?|get in touch|kontakt(?:formular)?
pressekontakte?
(?:nous )?contacte[rz](?:[- ]nous)?|contacto|contáctenos|contatti|contato|fale conosco|联系我们|聯絡我們
お問い?合わ?せ|문의하기
(?:subscribe|sign up)(?: (?:to|for) (?:our )?(?:newsletters?|e-?mail alerts?|alerts|news|updates))?
unsubscribe
newsletters?[ -]?(?:sign-?up|subscription|registration|anmeldung|abonnieren)|(?:e-?mail|investor) alerts?
rss feeds?
(?:advanced )?search(?: results?(?: for .{0,60})?)?|suchergebnis\w*|résultats de (?:la )?recherche
site ?map|検索結果|搜索结果
(?:print|share|email|send)(?: this)?(?: page)?|drucken|tell a friend|send to (?:a )?friend
(?:create|register) (?:an|your) account|registration(?: form)?|register|registrieren|inscription
forgot(?:ten)?(?: your)? password
"""

_SAYS_BLOCKED: Final = r"""
you don.?t have (?:permission|authori[sz]ation) to (?:access|view)
(?:ray|incident|support|reference|event) id\s*[:#]
reference #\s?\d|incapsula incident
(?:verify|confirm|prove)(?:ing)?(?: that)? you are (?:a |not a )?(?:human|(?:ro)?bot)
not a robot\b|enable js and disable any ad blocker
enable (?:java ?script and )?cookies (?:and javascript )?to continue
unusual (?:traffic|activity) from
you will be connected to .{1,60} in just a moment
checking (?:your browser|if the site connection)|security of your connection|you have been blocked
press (?:&|and) hold
(?:kein|pas un|not? (?:eres )?un) robot|访问请求.{0,12}拦截|访问过于频繁|访问被阻断|アクセスが集中して
complete the (?:captcha|security check)|请完成(?:安全)?验证|拖动.{0,8}滑块|アクセスが(?:拒否|制限)され
"""
_SAYS_GONE: Final = r"""
(?:page|url)\b[^.]{0,60}(?:not (?:be )?found|no longer (?:exists|available)|does(?: not|n.t) exist|
  been (?:re)?moved|can.?t be found)
(?:can.?t|cannot|couldn.?t|could not) (?:seem to )?find (?:the|that|this) page
seite[^.]{0,60}(?:nicht (?:\w+ )?(?:gefunden|verfügbar)|(?:existiert|gibt es)(?: \w+)? nicht)
page[^.]{0,60}(?:n.existe p(?:as|lus)|introuvable)
página[^.]{0,60}(?:no existe|no se encuentra|não (?:existe|foi encontrada))
pagina[^.]{0,60}(?:non esiste|non è (?:stata trovata|disponibile)|niet (?:\w+ )?(?:gevonden|bestaat)|
  bestaat niet)
(?:页面|頁面|网页|網頁)[^。]{0,14}(?:不存在|已(?:被)?删除|找不到)
ページ[^。]{0,24}(?:見つかりません|存在しません|削除され)
페이지[^.]{0,20}(?:찾을 수 없|존재하지)|страниц[^.]{0,50}не (?:найдена|существует)
"""
_SAYS_UNAVAILABLE: Final = r"""
(?:site|page|server|portal)\b[^.]{0,40}(?:down|closed|offline|unavailable)[^.]{0,20} maintenance
we.ll be (?:right )?back
(?:site|page|service|website) is (?:temporarily|currently) (?:unavailable|down|offline)|
  server encountered an
(?:site|website|page)[^.]{0,30}wartungsarbeiten|maintenance en cours|ただいまメンテナンス
(?:系统|网站)(?:正在)?(?:维护|升级)
"""
_SAYS_CONSENT: Final = r"""
before you continue|(?:value|care about) your privacy|(?:accept|reject) all(?: cookies)?\b|cookie consent
datenschutz-?einstellungen|alle (?:cookies )?akzeptieren|wir benötigen ihre zustimmung|tout accepter
aceptar tod[oa]
accetta tutt[oi]|alles accepteren|zaakceptuj
"""
_SAYS_LOGIN: Final = r"""
(?:log|sign) in to (?:continue|read|view|access)
(?:subscribe|register|sign up) (?:now )?to (?:continue|read|keep|unlock)
to continue reading|only available to (?:\w+ )?(?:subscribers|members)|already a (?:subscriber|member)\?
forgot(?:ten)? (?:your )?password|passwort vergessen|um weiterzulesen|nur für abonnenten|mot de passe oublié
réservé aux abonnés|olvid(?:ó|aste) su contraseña|solo para suscriptores|会員限定|続きを読むには|请先?登录
"""
_SAYS_PARKED: Final = r"""
domain(?: name)? (?:\S+ )?(?:is |may be )(?:for sale|parked|available)|(?:buy|inquire about) this domain
zum verkauf
web server (?:software )?is (?:running|successfully installed|working)|account has been suspended
under construction
"""
_SAYS_MOVED: Final = r"""
not (?:\w+ )?redirected|(?:be|being) redirected|(?:document|page|site) has (?:been )?moved
werden (?:\w+ )?weitergeleitet
"""


def _pattern(*phrases: str) -> str:
    return WORDS.format(
        "|".join(line for lines in phrases for line in lines.replace("\n  ", "").split("\n") if line)
    )


def _reasons(**phrases: str) -> dict[str, re.Pattern[str]]:
    return {reason: re.compile(_pattern(lines)) for reason, lines in phrases.items()}


_CALLED: Final = {
    "gone": _GONE,
    "unavailable": _UNAVAILABLE,
    "blocked": _BLOCKED,
    "consent": _CONSENT,
    "login": _LOGIN,
    "parked": _PARKED,
    "moved": _MOVED,
    "service": _SERVICE,
}
#: What pages that stand in place of another are called, by the reason they are refused for.
NAMES: Final = _reasons(**_CALLED)
#: All of these at once, in one name a line: most have none of them.
ANY_NAME: Final = re.compile(_pattern(*_CALLED.values()), re.MULTILINE)
#: What they say where they say little.
SAYINGS: Final = _reasons(
    blocked=_SAYS_BLOCKED,
    gone=_SAYS_GONE,
    unavailable=_SAYS_UNAVAILABLE,
    consent=_SAYS_CONSENT,
    login=_SAYS_LOGIN,
    parked=_SAYS_PARKED,
    moved=_SAYS_MOVED,
)
