"""What a reader clicks to see more of a list: told by its words, in many languages, or by its class. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WORDS = (
    "load more", "show more", "see more", "view more", "more posts", "more articles", "more stories",
    "more news", "older posts", "older articles", "older entries", "older stories", "next posts", "load older",
    "more results", "mehr laden", "mehr anzeigen", "mehr beiträge", "mehr artikel", "weitere beiträge",
    "weitere artikel", "weitere laden", "weitere anzeigen", "weitere meldungen", "ältere beiträge",
    "ältere artikel", "charger plus", "charger la suite", "voir plus", "afficher plus", "plus d'articles",
    "plus d’articles", "articles plus anciens", "articles précédents", "en voir plus", "cargar más", "ver más",
    "mostrar más", "más noticias", "más artículos", "más entradas", "entradas antiguas", "entradas anteriores",
    "carica altro", "carica altri", "mostra altro", "mostra di più", "vedi altro", "altri articoli",
    "più articoli", "articoli precedenti", "carregar mais", "ver mais", "mostrar mais", "mais notícias",
    "mais artigos", "posts mais antigos", "meer laden", "meer tonen", "toon meer", "laad meer",
    "meer berichten", "meer artikelen", "oudere berichten", "załaduj więcej", "pokaż więcej", "zobacz więcej",
    "więcej wpisów", "starsze wpisy", "starsze artykuły", "visa fler", "ladda fler", "visa mer", "fler inlägg",
    "äldre inlägg", "last flere", "vis flere", "vis mere", "vis mer", "indlæs flere", "ældre indlæg",
    "eldre innlegg", "näytä lisää", "lataa lisää", "vanhemmat artikkelit", "načíst další", "zobrazit více",
    "starší příspěvky", "načítať ďalšie", "zobraziť viac", "staršie príspevky", "több betöltése", "továbbiak",
    "régebbi bejegyzések", "încarcă mai mult", "mai multe articole", "articole mai vechi", "učitaj više",
    "prikaži više", "starije objave", "naloži več", "laadi rohkem", "ielādēt vairāk", "įkelti daugiau",
    "показать ещё", "показать еще", "загрузить ещё", "загрузить еще", "ещё новости", "еще новости",
    "больше новостей", "предыдущие записи", "завантажити ще", "показати ще", "більше новин",
    "попередні записи", "зареди още", "покажи още", "още новини", "прикажи више", "учитај још", "περισσότερα",
    "φόρτωση περισσότερων", "παλαιότερα άρθρα", "daha fazla", "daha fazla göster", "daha fazla yükle",
    "eski yazılar", "تحميل المزيد", "عرض المزيد", "المزيد", "المقالات الأقدم", "بارگذاری بیشتر", "نمایش بیشتر",
    "نوشته‌های قدیمی‌تر", "טען עוד", "הצג עוד", "פוסטים ישנים", "और देखें", "और लोड करें", "আরও দেখুন",
    "加载更多", "查看更多", "更多文章", "載入更多", "顯示更多", "もっと見る", "もっと読む", "さらに表示",
    "過去の投稿", "더 보기", "더보기", "xem thêm", "tải thêm", "muat lebih banyak", "selengkapnya",
    "lihat lainnya", "โหลดเพิ่มเติม", "ดูเพิ่มเติม",
)  # fmt: skip
_SAYS_MORE = re.compile(
    r"[\W\d_]*(?:" + "|".join(map(re.escape, _WORDS)) + r")(?: [\w’'-]+){0,2}[\W\d_]*", re.IGNORECASE
)  # fmt: skip
_NAMED_MORE = re.compile(
    r"(?:.*[-_])?(?:load[-_]?more|show[-_]?more|view[-_]?more|more[-_]?posts)(?:[-_].*)?", re.IGNORECASE
)
_LONGEST = 60
"""Characters of what a button says."""


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be clicked, as a page in a browser shows it; ``place`` is its number among all of these."""

    place: int
    text: str = ""
    label: str = ""
    """``aria-label`` or ``title``."""
    names: tuple[str, ...] = ()
    """Its classes and its id."""
    href: str | None = None
    """Where it leads, if it is a link that leads elsewhere; what does is followed, not clicked."""
    is_of_comments: bool = False


def control_of(told: Mapping[str, Any]) -> Control:
    """What the script of ``browser.unfolding`` says of one."""
    names = tuple(str(told["names"]).split())
    href = told["href"] if isinstance(told["href"], str) else None
    return Control(int(told["place"]), str(told["text"]), str(told["label"]), names, href, bool(told["comments"]))


def more_control(controls: Sequence[Control]) -> Control | None:
    """The one that shows more of a list: the last of those that say so, else the last that is named so."""
    fit = [one for one in controls if one.href is None and not one.is_of_comments]
    said = [one for one in fit if _says_more(one.text) or _says_more(one.label)]
    named = [one for one in fit if any(len(name) <= 100 and _NAMED_MORE.fullmatch(name) for name in one.names)]
    return next(reversed(said or named), None)


def _says_more(text: str) -> bool:
    words = " ".join(text.split())
    return 0 < len(words) <= _LONGEST and _SAYS_MORE.fullmatch(words) is not None
