# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a person wrote in a reply, without the mail replied to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logic.quoted import own_html, own_words, unfold

OWN = "Đã xong, xin báo cáo.\n\nTrân trọng"


@pytest.mark.parametrize(
    "quoted",
    [
        "Vào Th 4, 1 thg 4, 2026 vào lúc 9:00 UBND <\na@b.example> đã viết:\n> Hạn",
        "On Wed, Apr 1, 2026 at 9:00 AM UBND <a@b.example> wrote:\n\n> Hạn",
        "2026-04-01 9:00 GMT+07:00 UBND <a@b.example>:\n\n> Hạn",
        "-----Original Message-----\nFrom: a@b.example\nHạn",
        "--------- Thư gốc ---------\nHạn",
        "________________________________\nTừ: a@b.example\nĐã gửi: 1/4/2026\n"
        "Đến: c@d.example\nChủ đề: Nhắc việc\n\nHạn",
        "From: a@b.example\nSent: 1 April 2026\nTo: c@d.example\nSubject: x\n\nHạn",
        "-- \nTrần Thị Hòa",
        "> Hạn\n> khác",
        "Đã gửi từ iPhone của tôi",
        "",
    ],
)
def test_the_mail_replied_to_is_left_out(quoted):
    """What stands above the quoted mail is kept, the rest is not."""
    assert own_words(f"{OWN}\n\n{quoted}\n") == OWN


@pytest.mark.parametrize(
    "text",
    [
        "Từ: ngày 1/4 đến ngày 5/4 đơn vị họp",
        "Vào ngày 1/4/2026 Sở đã viết: dự thảo tờ trình",
        "Kính gửi: Văn phòng\nTừ: Sở\nNội dung: đã xong",
        "Đến: 10 giờ\nGửi: văn thư",
    ],
)
def test_words_like_headings_are_kept(text):
    """A line of one's own that looks a little like a heading is no quoted mail."""
    assert own_words(text) == text


def test_answers_between_the_lines_are_kept():
    """Who writes between or below the quoted lines is heard as well."""
    text = "Vào 01/04/2026, UBND đã viết:\n> Một\nTrả lời một\n> Hai\nTrả lời hai"
    assert own_words(text) == "Trả lời một\nTrả lời hai"


def test_only_quoted_text_is_nothing():
    """A reply without a word of its own is empty."""
    assert own_words("\n> Một\n> Hai\n") == ""
    assert own_html('<div data-o-mail-quote="1">Một</div><p><br></p>') == ""


def test_flowed_paragraphs():
    """RFC 3676: a line that ends with a space goes on, at the same depth."""
    assert unfold("Một hai \nba\n>> bốn \n>> năm\n") == "Một hai ba\n>> bốn năm\n"
    assert unfold("từ \nng\n-- \nTên", delsp=True) == "từng\n-- \nTên"


def test_html_headings_without_a_mark():
    """Outlook marks nothing: what begins with its headings is cut, with pictures."""
    html = (
        "<div><p>Đã <b>xong</b></p><p>&#160;</p><div style='border-top:solid'>"
        "<p><b>From:</b> a@b.example<br><b>Sent:</b> 1/4<br><b>To:</b> c</p></div>"
        "<p>Hạn</p><p><img src='cid:x'></p></div>"
    )
    assert own_html(html) == "<div><p>Đã <b>xong</b></p></div>"


def test_an_indented_paragraph_is_ones_own():
    """Gmail indents with a blockquote too."""
    html = (
        '<blockquote data-o-mail-quote="1" style="margin:0 0 0 40px; border: none">'
        "Một</blockquote>"
    )
    assert "Một" in own_html(html)


def test_a_picture_above_the_quoted_mail_is_kept():
    """A picture is something a person put there, though it has no words."""
    html = (
        '<p>Xem</p><div><img src="cid:a"></div><p>From: a<br>To: b<br>Date: c</p>'
        '<img src="cid:b">'
    )
    assert own_html(html) == '<p>Xem</p><div><img src="cid:a"></div>'


def test_pictures_from_elsewhere_are_left_out():
    """A picture on another server would tell it who reads the note."""
    html = '<p>Một<img src="https://x.example/1.gif"> hai<img src="cid:a"></p>'
    assert own_html(html) == '<p>Một hai<img src="cid:a"></p>'


LINES = st.lists(st.text(alphabet="aĐ1 .,", max_size=12), max_size=8)


@given(LINES)
def test_words_without_marks_are_all_kept(lines):
    """Nothing of a text that quotes nothing is lost."""
    words = " ".join(" ".join(lines).split())
    assert " ".join(own_words("\n".join(lines)).split()) == words


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_html_is_read(own, quoted):
    """Whatever a mail holds, it is read without an error."""
    own_html(f"<p>{own}</p><div data-o-mail-quote='1'>{quoted}</div>")
