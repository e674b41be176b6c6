"""Pages in scripts without spaces, capitals or Latin punctuation are read like any other."""

import pytest

from crawler.reading import read_post
from tests.reading.build import URL, html

_STORIES = {
    "ja": ["駅前の再開発で説明会が開かれた。", "市は来年度の着工をめざす。", "反対する声も多い。", "次回は六月だ。"],
    "zh": ["大桥于星期三通车，历时九年。", "数千人步行过桥。", "市长剪彩。", "通行费尚未确定。"],
    "th": ["สะพานข้ามแม่น้ำเปิดใช้เมื่อวันพุธ", "ผู้คนหลายพันคนเดินข้าม", "นายกเทศมนตรีตัดริบบิ้น", "ค่าผ่านทางยังไม่กำหนด"],
    "ar": [
        "افتتح الجسر فوق النهر يوم الأربعاء.",
        "عبره الآلاف سيرا على الأقدام.",
        "قص رئيس البلدية الشريط.",
        "لم تحدد الرسوم.",
    ],
    "he": ["הגשר נפתח ביום רביעי.", "אלפים חצו אותו ברגל.", "ראש העיר גזר את הסרט.", "האגרה טרם נקבעה."],
    "ru": ["Мост через реку открыли в среду.", "Тысячи прошли по нему.", "Мэр перерезал ленту.", "Плата не назначена."],
    "ko": ["강을 가로지르는 다리가 개통되었다.", "수천 명이 건넜다.", "시장이 테이프를 끊었다.", "통행료는 미정이다."],
}
_WORDS = {"ja": 21, "zh": 16, "th": 49, "ar": 20, "he": 16, "ru": 16, "ko": 12}
_SIDEBAR = '<aside class="sidebar"><ul><li><a href="/a/">Something else entirely</a></li></ul></aside>'


@pytest.mark.parametrize("language", _STORIES)
@pytest.mark.parametrize("box", ["entry-content", "x9"])
def test_short_paragraphs_are_a_story(language: str, box: str) -> None:
    story = _STORIES[language]
    inside = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    body = f'<article id="post-7" class="post hentry"><h1 class="entry-title">7</h1><div class="{box}">{inside}</div>'
    post = read_post(html(body + "</article>" + _SIDEBAR), URL)
    assert (post.text or "").split("\n\n") == story
    assert abs((post.word_count or 0) - _WORDS[language]) <= 5
    assert post.language == language  # the page says en-US
