"""What boxes that are not the article say of themselves, in the languages that WordPress news sites are most often in.

Each phrase stands for the whole of a short text, compared without letter case and surrounding punctuation.
"""

import re
from functools import lru_cache

_LABELS = """
read more | read also | also read | also read this | see also | see more | read next | read this next |
read this | up next | more on this | more on this story | related | related post | related posts |
related article | related articles | related story | related stories | related news | related content |
related reading | related coverage | related topics | related links | related videos | related video |
related searches | recommended | recommended reading | recommended for you | recommended stories |
recommended articles | recommended posts | recommended from editorial | suggested reading |
you may also like | you might also like | you may like | you might like | you may also be interested in |
you might also be interested in | you may also enjoy | more stories | more news | more articles |
more posts | more like this | keep reading | continue reading | don't miss | must read | must reads |
in case you missed it | icymi | trending | trending now | most read | most popular | popular posts |
popular stories | popular articles | popular now | latest | latest news | latest posts | latest stories |
latest articles | recent posts | recent news | recent articles | recent stories | top stories | top news |
editors's picks | editors's pick | editors' picks | editors' pick | editor's picks | editor's pick |
editor' picks | editor' pick | our complete coverage | complete coverage | further reading | learn more |
lesen sie auch | lesen sie mehr | lies auch | mehr lesen | weiterlesen | auch interessant |
das könnte sie auch interessieren | das könnte dich auch interessieren | mehr zum thema | zum thema |
siehe auch | ähnliche artikel | ähnliche beiträge | verwandte artikel | verwandte beiträge | passend dazu |
weitere artikel | mehr dazu | meistgelesen | neueste beiträge | neueste artikel | lire aussi |
à lire aussi | a lire aussi | à lire | lisez aussi | voir aussi | à voir aussi | à lire également |
articles similaires | articles similaire | articles liés | articles lié | articles connexes |
articles connexe | articles associés | articles associé | articles recommandés | articles recommandé |
article similaires | article similaire | article liés | article lié | article connexes | article connexe |
article associés | article associé | article recommandés | article recommandé | sur le même sujet |
sur le même thème | dans la même rubrique | les plus lus | vous aimerez aussi | vous pourriez aussi aimer |
cela pourrait vous intéresser | lire la suite | lea también | lee también | leer también | leer más |
lea más | ver también | véase también | te puede interesar | te podría interesar |
también te puede interesar | quizás te interese | tal vez te interese | puedes leer | te recomendamos |
recomendados | artículos relacionados | noticias relacionadas | entradas relacionadas | notas relacionadas |
más noticias | lo más leído | leia também | leia mais | veja também | saiba mais | ver mais |
artigos relacionados | notícias relacionadas | posts relacionados | matérias relacionadas |
você também pode gostar | você pode gostar | você também pode se interessar | mais lidas | mais notícias |
relacionados | relacionadas | recomendado para você | leggi anche | leggi di più | leggi tutto |
vedi anche | potrebbe interessarti | potrebbe interessarti anche | ti potrebbe interessare |
potrebbero interessarti | articoli correlati | articoli simili | articoli consigliati | altri articoli |
post correlati | i più letti | per approfondire | lees ook | lees meer | lees verder | zie ook |
gerelateerde artikelen | gerelateerde berichten | misschien ook interessant | bekijk ook | meer lezen |
meest gelezen | läs också | läs även | läs mer | se även | relaterade artiklar | relaterade inlägg |
les også | les mer | se også | relaterte artikler | relaterte innlegg | læs også | læs mere |
relaterede artikler | lue myös | lue lisää | katso myös | aiheeseen liittyvää | czytaj także | czytaj też |
czytaj również | czytaj więcej | przeczytaj także | przeczytaj też | przeczytaj również | zobacz także |
zobacz też | zobacz również | powiązane artykuły | podobne artykuły | podobne wpisy | polecane artykuły |
mohlo by vás zajímat | čtěte také | přečtěte si také | související články | podobné články | citește și |
citeste si | citiți și | vezi și | articole similare | articole asemănătoare | ți-ar putea plăcea |
olvasd el ezt is | kapcsolódó cikkek | kapcsolódó bejegyzések | ajánlott | читайте также | читать также |
смотрите также | читать дальше | читать далее | по теме | материалы по теме | похожие записи |
похожие статьи | похожие новости | похожие материалы | вам может понравиться | вам может быть интересно |
вас может заинтересовать | рекомендуем | рекомендуем почитать | рекомендуемые статьи | другие новости |
ещё по теме | еще по теме | популярное | популярные записи | последние новости | свежие записи |
связанные записи | связанные статьи | подробнее | читайте також | дивіться також | читати далі |
схожі записи | схожі статті | схожі новини | вас може зацікавити | матеріали за темою | рекомендуємо |
пов'язані записи | прочетете още | вижте още | свързани публикации | подобни публикации | διαβάστε επίσησ |
διαβάστε ακόμα | διαβάστε ακόμη | διαβάστε περισσότερα | δείτε επίσησ | δείτε ακόμα | δείτε ακόμη |
σχετικά άρθρα | ayrıca okuyun | ayrıca bakınız | bunlar da ilginizi çekebilir | ilginizi çekebilir |
i̇lginizi çekebilir | benzer yazılar | benzer haberler | i̇lgili haberler | ilgili haberler | ilgili yazılar |
devamını oku | اقرأ أيضا | اقرأ أيضًا | اقرأ أيضاً | إقرأ أيضا | إقرأ أيضاً | اقرأ المزيد | شاهد أيضا |
شاهد أيضًا | شاهد أيضاً | مقالات ذات صلة | مواضيع ذات صلة | أخبار ذات صلة | قد يعجبك أيضا | قد يعجبك أيضًا |
المزيد | بیشتر بخوانید | همچنین بخوانید | مطالب مرتبط | مطالب مشابه | نوشته های مشابه | نوشته‌های مشابه |
پست های مرتبط | ادامه مطلب | קראו גם | קרא גם | קרא עוד | קראו עוד | כתבות נוספות | כתבות קשורות |
מאמרים קשורים | פוסטים קשורים | אולי יעניין אותך | עוד בנושא | 関連記事 | 関連ニュース | 関連リンク |
あわせて読みたい | 合わせて読みたい | こちらの記事も読まれています | おすすめ記事 | 人気記事 | 最新記事 |
続きを読む | こちらもおすすめ | 関連する記事 | 関連投稿 | 相关文章 | 相关阅读 | 相关新闻 | 相关推荐 |
延伸阅读 | 推荐阅读 | 猜你喜欢 | 热门文章 | 最新文章 | 阅读更多 | 相關文章 | 相關新聞 | 相關閱讀 |
延伸閱讀 | 推薦閱讀 | 猜你喜歡 | 你可能也喜歡 | 閱讀更多 | 관련 기사 | 관련기사 | 관련 글 | 관련글 |
추천 기사 | 인기 기사 | 더 보기 | 함께 보면 좋은 글 | baca juga | baca selengkapnya | lihat juga |
artikel terkait | berita terkait | artikel lainnya | berita lainnya | simak juga | xem thêm | đọc thêm |
bài viết liên quan | tin liên quan | có thể bạn quan tâm | यह भी पढ़ें | ये भी पढ़ें | यह भी देखें |
इसे भी पढ़ें | संबंधित खबरें | আরও পড়ুন | আরো পড়ুন | மேலும் படிக்க | อ่านเพิ่มเติม | ข่าวที่เกี่ยวข้อง |
บทความที่เกี่ยวข้อง
"""
"""Announce other articles."""

_NOTICES = """
advertisement | advertisements | advertising | advert | adverts | ad | ads | sponsored | sponsored content |
promoted | promoted content | advertisement.? scroll to continue reading |
advertisement.? scroll to continue | advertisement:? scroll to continue reading |
advertisement:? scroll to continue | scroll to continue with content | scroll to continue |
story continues below this advertisement | story continues below this ad |
story continues below this video | story continues below the advertisement | story continues below the ad |
story continues below the video | story continues below advertisement | story continues below ad |
story continues below video | story continues below | story continues after this advertisement |
story continues after this ad | story continues after this video | story continues after the advertisement |
story continues after the ad | story continues after the video | story continues after advertisement |
story continues after ad | story continues after video | story continues after |
article continues below this advertisement | article continues below this ad |
article continues below this video | article continues below the advertisement |
article continues below the ad | article continues below the video | article continues below advertisement |
article continues below ad | article continues below video | article continues below |
article continues after this advertisement | article continues after this ad |
article continues after this video | article continues after the advertisement |
article continues after the ad | article continues after the video | article continues after advertisement |
article continues after ad | article continues after video | article continues after |
content continues below this advertisement | content continues below this ad |
content continues below this video | content continues below the advertisement |
content continues below the ad | content continues below the video | content continues below advertisement |
content continues below ad | content continues below video | content continues below |
content continues after this advertisement | content continues after this ad |
content continues after this video | content continues after the advertisement |
content continues after the ad | content continues after the video | content continues after advertisement |
content continues after ad | content continues after video | content continues after | a- a |
continue reading below | a+ a | a a | loading | please wait | share | share this | share this: | share this article |
share this post | share this story | share this page | share this entry | share this content |
share this news | share it | sharing is caring | spread the love | spread the word | tweet | pin it |
like this | like this: like loading | print | print this article | print this post | print this page |
print article | print post | print page | print friendly, pdf & email | print friendly | email this |
copy link | link copied | save | listen | listen to this article | listen to article | listen to this post |
follow us | follow us on social media | connect with us | subscribe | subscribe now |
subscribe to our newsletter | join our newsletter | newsletter | get our newsletter | sign up | log in |
sign in | register | comments | comment | leave a comment | leave a reply | leave a response |
leave your comment | post a comment | add a comment | write a comment | no comments yet | no comments |
join the conversation | click here to cancel reply | table of contents | contents | in this article |
in this post | on this page | jump to | jump to section | quick links | post navigation | about the author |
author bio | written by | anzeige | werbung | teilen | teile dies | teilen mit | diesen artikel teilen |
gefällt mir | gefällt mir: wird geladen | gefällt mir wird geladen | kommentare | kommentar schreiben |
schreibe einen kommentar | inhaltsverzeichnis | inhalt | drucken | publicité | annonce | partager |
partagez | commentaires | commentaire | laisser un commentaire | laissez un commentaire | sommaire |
table des matières | s'abonner | imprimer | j'aime | j'aime chargement | publicidad | anuncio | anuncios |
compartir | comparte | compártelo | comparte esto | compartir esto | me gusta | comentarios |
deja un comentario | deja una respuesta | índice | tabla de contenidos | tabla de contenido |
índice de contenidos | índice de contenido | suscríbete | imprimir | publicidade | anúncio | compartilhe |
compartilhar | partilhar | partilhe | compartilhe isso | curtir isso | comentários | deixe um comentário |
deixe uma resposta | sumário | conteúdo | assine | inscreva-se | pubblicità | condividi |
condividi questo articolo | mi piace | mi piace caricamento | commenti | lascia un commento | indice |
indice dei contenuti | iscriviti | stampa | advertentie | delen | deel dit | deel dit artikel | reacties |
geef een reactie | inhoudsopgave | annons | dela | kommentarer | lämna ett svar | innehåll | annonse |
reklame | del | mainos | jaa | kommentit | reklama | udostępnij | komentarze | dodaj komentarz |
spis treści | sdílet | komentáře | napsat komentář | obsah | publicitate | distribuie | comentarii |
lasă un răspuns | cuprins | hirdetés | megosztás | hozzászólások | tartalom | реклама | поделиться |
поделитесь | поделиться ссылкой | нравится | мне нравится | комментарии | добавить комментарий |
оставить комментарий | содержание | оглавление | подписаться | поділитися | коментарі | залишити коментар |
зміст | διαφήμιση | σχόλια | κοινοποίηση | περιεχόμενα | reklam | paylaş | yorumlar | yorum yap |
bir yanıt yazın | empfohlener redaktioneller inhalt | empfohlener externer inhalt |
externer inhalt | author profile | author details | republish this article |
republish our articles for free | republish this story | view comments | advert | follow me |
follow us on | über den autor | über die autorin | über den autor / die autorin | zum autor |
zur autorin | sobre el autor | sobre o autor | sobre la autora | sobre a autora |
à propos de l'auteur | a propos de l'auteur | chi è l'autore | sull'autore | об авторе |
over de auteur | o autorze | leave comment | i̇çindekiler | içindekiler | إعلان | إعلانات | شارك |
شاركها | مشاركة | شارك هذا الموضوع |
معجب بهذه | التعليقات | اترك تعليقا | اترك تعليقاً | اترك ردا | المحتويات | جدول المحتويات | تبلیغات |
اشتراک گذاری | به اشتراک بگذارید | دیدگاه ها | فهرست مطالب | פרסומת | שתפו | שיתוף | תגובות | תוכן עניינים |
広告 | スポンサーリンク | スポンサードリンク | シェア | シェアする | 共有 | いいね | コメント |
コメントを残す | 目次 | 广告 | 分享 | 评论 | 发表评论 | 发表回复 | 目录 | 廣告 | 分享此文 | 留言 |
發表迴響 | 目錄 | 광고 | 공유 | 공유하기 | 댓글 | 댓글 남기기 | 목차 | iklan | advertensi | bagikan |
bagikan ini | komentar | tinggalkan balasan | tinggalkan komentar | daftar isi | quảng cáo | chia sẻ |
bình luận | mục lục | विज्ञापन | शेयर करें | टिप्पणियां | โฆษณา | แชร์ | ความคิดเห็น | สารบัญ
"""
"""Say what a button does or a box is: advertising, sharing, newsletters, comments, tables of contents."""

_TOPICS = """
comments | comment | learn more | contents | advertising | trending | latest | further reading | kommentare |
inhalt | werbung | mehr dazu | zum thema | commentaires | publicité | sur le même sujet | comentarios | publicidad |
comentários | saiba mais | commenti | per approfondire | reacties | komentarze | комментарии | по теме | подробнее
"""
"""Those of them that may also be the heading of a part of the story."""

_TERMS = """
tags | tag | tagged | tagged in | tagged with | tagged as | filed under | posted in | category |
categories | topics | topic | keywords | keyword | labels | label | schlagwörter | schlagworte |
stichworte | kategorien | kategorie | étiquettes | étiquette | mots-clés | mots clés | catégories |
catégorie | etiquetas | etiqueta | categorías | categoría | marcadores | categorias | categoria |
argomenti | trefwoorden | etiketter | tagi | štítky | etichete | címkék | метки | теги | рубрики | рубрика |
мітки | теґи | ετικέτεσ | etiketler | الوسوم | وسوم | الكلمات الدلالية | برچسب ها | برچسب‌ها | תגיות |
タグ | 標籤 | 标签 | 태그
"""
"""Announce categories and tags."""

_MORE_LABELS = re.compile(
    r"more (?:from|on|in|about) .{2,40}"
    r"|(?:lesen sie|lies) (?:auch|hier|dazu|mehr).{0,40}|schon gelesen"
    r"|(?:noch )?mehr (?:zum thema|infos?|informationen|beiträge|artikel) .{2,40}"
    r"|weitere (?:artikel|beiträge|infos|informationen|themen|news|links).{0,40}"
    r"|(?:à )?lire aussi .{2,40}|(?:ver|leer|lea) también .{2,40}"
    r"|leia também .{2,40}|leggi anche .{2,40}|lees ook .{2,40}"
    r"|you (?:may|might) (?:also )?(?:like|enjoy|be interested in).{0,40}"
    r"|(?:related|recommended|similar) (?:posts?|articles?|stories|news|reading|reports|content).{0,40}"
    r"|(?:the )?(?:most read|latest|top stories|top reads|top news|most popular|trending) (?:from|on|in|at) .{2,40}"
)
_MORE_NOTICES = re.compile(
    r"advert(?:isement)?s?\W{1,5}(?:continue|scroll|(?:story|article|content) continues)\b.{0,40}"
    r"|like it\? share it|(?:die )?kommentare? (?:sind |ist )?(?:hier )?geschlossen"
    r"|comments are (?:now )?closed(?: for this (?:post|article|entry))?"
    r"|discover more from .{2,60}|subscribe to get the latest posts.{0,40}"
    r"|share (?:on|via|with) .{2,40}|(?:follow|join|find) us on .{2,60}|subscribe to our .{0,40}newsletters?"
    r"|sign up (?:for|to) our .{0,40}newsletters?|partager (?:cet article|sur .{2,40})|compartir en .{2,40}"
    r"|condividi su .{2,40}|auf .{2,40} teilen|поделиться в .{2,40}|подписывайтесь на .{2,60}|分享到.{0,20}"
)
_PROMPTS = re.compile(
    r"(?:we|this (?:web)?site) uses? cookies\b.*"
    r"|(?:wir|diese (?:web)?seite) (?:verwenden|verwendet|nutzen|nutzt) cookies\b.*"
    r"|.{0,60}\b(?:whatsapp|telegram)[ -](?:channel|group|kanal|gruppe|newsletter)\b.{0,40}"
    r"|.{0,60}\b(?:canal|grupo|gruppo|canale|chaîne) (?:de |do |del |no |su |di )?(?:whatsapp|telegram)\b.{0,40}"
    r"|(?:receba|recibe|get|receive|siga|sigue|follow)\b.{0,60}\b(?:on|via|no|en|por) (?:whatsapp|telegram)\b.{0,60}"
    r"|support (?:our|local|independent) (?:journalism|news|newsroom)\b.{0,40}\b(?:donat|member|contribut).*"
)
"""Whole short paragraphs with a link: of cookies, of channels in messengers, of donations."""
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_MAX_PROMPT = 200
_MAX_LENGTH = 80
"""Characters that such a text may have at most."""


def _table(phrases: str) -> frozenset[str]:
    return frozenset(phrase.strip() for line in phrases.splitlines() for phrase in line.split("|") if phrase.strip())


_LABEL, _NOTICE, _TOPIC, _TERM = _table(_LABELS), _table(_NOTICES), _table(_TOPICS), _table(_TERMS)


def is_label(text: str) -> bool:
    """Whether a text announces other articles: "Related posts", "Lesen Sie auch:"."""
    if len(text) > _MAX_LENGTH:
        return False
    said = _said(text)
    return said in _LABEL or bool(_MORE_LABELS.fullmatch(said))


def is_notice(text: str) -> bool:
    """Whether a text is a button's or a box's, not the story's: "Advertisement", "Share this", "Leave a reply"."""
    if len(text) > _MAX_LENGTH:
        return False
    said = _said(text)
    return said in _NOTICE or bool(_MORE_NOTICES.fullmatch(said))


def may_be_topic(text: str) -> bool:
    """Whether a label or notice may also be the heading of a part of the story: "Comments", "Learn more"."""
    return len(text) <= _MAX_LENGTH and _said(text) in _TOPIC


def is_prompt(text: str) -> bool:
    """Whether a paragraph with a link in it asks for something: to accept cookies, join a channel, donate."""
    return len(text) <= _MAX_PROMPT and bool(_PROMPTS.fullmatch(_said(text)))


def is_term_label(text: str) -> bool:
    """Whether a text announces categories or tags: "Tags:", "Filed under"."""
    return len(text) <= _MAX_LENGTH and _said(text) in _TERM


@lru_cache(maxsize=512)  # of one text three questions are asked
def _said(text: str) -> str:
    return _EDGES.sub("", text).replace("’", "'").casefold()
