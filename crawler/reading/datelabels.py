"""The words before dates: "Posted on", "Last updated:", in the languages that news sites are most often in."""

import re

UPDATED = re.compile(
    r"\W{0,20}\b(?:(?:last|zuletzt|letzte|dernière|última|ultimo|ultima|laatst|ostatnia|son|terakhir|آخر|آخرین"
    r"|τελευταία|последнее)\s+)?"
    r"(?:updated?|modified|edited|aktualisiert|aktualisierung|geändert|actualizado|actualización|atualizado|atualização"
    r"|mis à jour|mise à jour|modifié|aggiornato|aggiornamento|bijgewerkt|gewijzigd|обновлено|обновление|оновлено"
    r"|zaktualizowano|aktualizacja|aktualizováno|aktualizované|actualizat|frissítve|ενημέρωση|uppdaterad|opdateret"
    r"|oppdatert|päivitetty|diperbarui|güncelleme|güncellendi|cập nhật|تحديث|تم التحديث|به‌روزرسانی|بروزرسانی|עודכן)\b"
    r"(?! by\b)|\W{0,20}(?:最終更新|最后更新|最後更新|更新|최종수정|수정|업데이트)",
    re.IGNORECASE,
)
"""Stands before the time of the last change."""
PUBLISHED = re.compile(
    r"^\W*(?:(?:post(?:ed)?|publish(?:ed)?|publication)(?: on| at| date| time)?|date|veröffentlicht(?: am)?|publié le"
    r"|publicado(?: el| em)?|pubblicato(?: il)?|gepubliceerd op|опубликовано|opublikowano|publikováno|giriş|diterbitkan"
    r"|نشر في|تاريخ النشر)\b",
    re.IGNORECASE,
)
"""Stands before the time of publication, at the beginning of a line."""
