"""The words around names in bylines: "Posted by", "Von", "Автор:", roles, labels of links. Data for ``names``."""

_WRITTEN = "authored|posted|written|published|reported|words|text|story|article"
_DOING = f"{_WRITTEN}|reviewed|content|edited|updated|submitted|added|interview"
_BEFORE_NAMES = (
    r"authors?\b", r"written\b", "publicado por", "escrito por", "postado por", r"por\b", r"par\b", r"publi[ée] par",
    r"[ée]crit par", r"r[ée]dig[ée] par", "geschrieben von", r"ver[öo]ffentlicht von", "ein beitrag von",
    "scritto da", "pubblicato da", "a cura di", r"door\b", "geschreven door", "geplaatst door", "skrevet av",
    "skriven av", "publicerad av", "skrevet af", r"kirjoittanut\b", r"kirjoittaja\b", r"przez\b", r"autorzy?\b",
    r"autorka\b", r"autorin\b", r"napisa[łl]a?\b", r"autore\b", r"auteure?\b", r"autora?\b", r"yazan\b", r"yazar\b",
    r"авторы?\b", r"опубликовано\b", r"опублікував\b", r"oleh\b", "ditulis oleh", r"penulis\b", r"bởi\b", "tác giả",
    r"szerző\b", r"írta\b", "autor článku", r"napsala?\b", "συντάκτης", r"από\b", "מאת", "بقلم", r"كتب[هت]?\b",
    "بواسطة", "نویسنده", "توسط", "लेखक", "द्वारा", "โดย", "作者", r"文(?=[:：])", "投稿者", "著者", "執筆者", "글쓴이",
    "작성자",
)  # fmt: skip
BY = (rf"(?:(?:{_DOING})\s+)?by\b", *_BEFORE_NAMES)
"""What stands before a name and is never a name (regular expressions)."""

WRITTEN_BY = (rf"(?:(?:{_WRITTEN})\s+)?by\b", *_BEFORE_NAMES)
"""The same less what is said of those who edited, reviewed or paid for a text."""

BY_OR_NAME = ("von", "di", "da", "av", "af", "od", "от", "text", "durch")
"""What stands before a name, or begins one: "von Jane Doe", but also "Von Miller"."""

LABELS = (
    r"view all (?:posts|articles) (?:by|from)",
    r"(?:more|all|see all|read more)? ?(?:posts|articles|stories) (?:by|from)", r"more from",
    r"(?:zeige )?alle (?:beitr[äa]ge|artikel) (?:anzeigen )?von", r"alles von", r"(?:beitr[äa]ge|artikel) von",
    r"(?:voir )?tous les articles (?:de|du|par)", r"articles? de",
    r"(?:ver )?tod[oa]s l[oa]s (?:art[íi]culos|entradas) de", r"tutti gli articoli di",
    r"(?:ver )?todos os (?:artigos|posts) d[eo]", r"alle berichten van", r"wszystkie wpisy", r"все записи автора",
    r"записи автора",
)  # fmt: skip
"""What links to an author's archive say before the name."""

ROLES = (
    r"editors?", r"reporters?", r"writers?", r"correspondents?", r"staff", r"contributors?", r"contributing",
    r"journalists?", r"columnists?", r"producers?", r"photographers?", r"director", r"manager", r"president", r"ceo",
    r"cto", r"cfo", r"founder", r"co-founder", r"professor", r"author", r"intern", r"freelancer?", r"bureau",
    r"chief", r"analyst", r"specialist", r"redakteur(?:in)?", r"redaktion", r"chefredakteur(?:in)?", r"journaliste",
    r"r[ée]dacteur", r"r[ée]dactrice", r"redactora?", r"periodista", r"giornalista", r"redattore", r"ph\.?d",
    r"m\.?d", r"m\.?b\.?a", r"esq", r"jr", r"sr", r"cpa", r"rn", r"rd", r"msc", r"bsc", r"редактор", r"корреспондент",
    r"журналист", r"muhabir", r"dziennikarz",
)  # fmt: skip
"""What people are, beside their names."""

NO_NAMES = frozenset({
    "by", "por", "von", "par", "di", "door", "author", "authors", "autor", "autorin", "share", "twitter", "facebook",
    "instagram", "linkedin", "email", "e-mail", "rss", "website", "subscribe", "login", "home", "about", "contact",
    "weiter", "sponsored", "unknown", "advertorial", "search", "menu", "more", "comments", "reply", "print", "save",
    "follow", "anonymous", "none", "null", "undefined", "admin bar", "guest post", "log in", "no author", "read more",
    "see more", "view all", "view profile", "weitere artikel",
})  # fmt: skip
"""Whole texts that stand where names do and are none (lower case)."""

DESKS = frozenset({
    "admin", "administrator", "webmaster", "editor", "editors", "staff", "newsroom", "news desk", "newsdesk",
    "staff writer", "staff reporter", "editorial", "editorial board",
    "redaktion", "die redaktion", "redaktionsteam", "redacción", "redacao", "redação", "redazione", "la redazione",
    "rédaction", "la rédaction", "redactie", "redakcja", "redakce", "редакция", "редакція", "redaksi",
})  # fmt: skip
"""Who posts where no person is named (lower case)."""

DESK_ENDS = ("staff", "team", "desk", "newsroom", "bureau", "redaktion", "editors")
"""Last words of the names of such: "Gazette Staff"."""

PARTICLES = frozenset({
    "van", "von", "der", "den", "de", "da", "do", "dos", "das", "di", "del", "della", "du", "la", "le", "el", "al",
    "bin", "ibn", "ben", "zu", "zur", "ter", "ten", "af", "av", "y", "e",
})  # fmt: skip
"""Words of names that may be written in lower case."""

NOT_IN_NAMES = frozenset({
    "the", "a", "an", "all", "archive", "see", "view", "our", "your", "this", "that", "these", "any", "each",
    "its", "their", "of", "in", "for",
    "popular", "press", "staff", "der", "die", "das", "den", "dem", "ein", "eine", "einem", "einer", "seiner",
    "fin", "ejemplo", "favor", "exemplo", "exemple", "qué", "que", "los", "las", "les", "il", "gli",
})  # fmt: skip
"""Words that no name has with a capital letter, where a line begins with "By" and goes on as another phrase."""
