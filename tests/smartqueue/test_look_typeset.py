"""Type: sizes from capitals, shaping, breaking, and no ink ever lost."""

from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from smartqueue.look import fonts, hyphenate, linebreak, typeset
from smartqueue.look.typeset import Style, block, fit, width
from smartqueue.parting import sentences

EN, HI, AR = Style("en"), Style("hi"), Style("ar")
BN, TA, ZH = Style("bn"), Style("ta"), Style("zh")
BOLD = Style("en", 700)
needs_chinese = pytest.mark.skipif(not fonts.there("chinese", fonts.directory()), reason=fonts.remedy("chinese"))
TALL = {
    "en": "ÅÉ Ỗj gÿ Ŕ Q|",
    "hi": "र्द्धिँ ट्ठ्यूँ हृदय कीं ज़्ज़ू स्त्रैं",
    "ar": "إِنَّ لَآ أَيْنَ ٱلشِّفَاءُ ؟ جَيِّدٌ",
    "bn": "র্দ্ধিঁ স্ত্রৈঁ হৃদ্রোগ ক্ষুদ্র পূর্ণ জ়ৄ ঊর্ধ্বে",
    "ta": "ஸ்ரீ க்ஷௌ மருத்துவம் ஹூ ஜூ கீழ் ஞௌ",
    "zh": "请到“国鑫赢”内科就诊，（）。",
}
every_script = pytest.mark.parametrize(
    "language", [pytest.param(one, marks=needs_chinese) if one == "zh" else one for one in TALL]
)
STACKED = {
    "en": "Ågjy",
    "hi": "हृदय कुछ की",
    "ar": "أين يتم جح",
    "bn": "কার্ডিওলজি স্ত্রীরোগ",
    "ta": "பொது மருத்துவம் பூசி",
    "zh": "请到国内科，（",
}


def ink(text, style, capital_px):
    """Where Pillow leaves ink on a sheet that is far larger than the text."""
    em = typeset.em_px(capital_px, style)
    font = ImageFont.truetype(fonts.face(style.language, style.weight), round(em, 2), layout_engine=1)
    sheet = Image.new("L", (int(width(text, capital_px, style) + 8 * em), int(9 * em)), 0)
    where = (round(4 * em), round(5 * em))
    direction = style.direction
    features = ["tnum", "lnum"]
    ImageDraw.Draw(sheet).text(
        where, text, 255, font, "ls", direction=direction, features=features, language=style.language
    )
    return sheet.crop(sheet.getbbox())


@every_script
@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("capital_px", [9, 26.4, 44, 213])
def test_no_ink_is_ever_clipped(language, weight, capital_px):
    style = Style(language, weight)
    assert (
        block(TALL[language], style, (capital_px,)).mask.tobytes() == ink(TALL[language], style, capital_px).tobytes()
    )


@pytest.mark.parametrize("capital_px", [10, 26, 44, 213])
@pytest.mark.parametrize("style", [EN, BOLD, *(Style(one, 700) for one in ("hi", "ar", "bn", "ta"))], ids=str)
def test_capitals_are_as_high_as_asked_in_every_script(capital_px, style):
    assert block("H", style, (capital_px,)).mask.height == pytest.approx(capital_px, abs=1)


def test_capitals_of_noto_sans_are_0_714_em():
    assert typeset.capital_share("latin", 400) == pytest.approx(0.714, abs=0.002)
    assert typeset.em_px(43, BOLD) == pytest.approx(60.2, abs=0.2)


def test_digits_all_take_the_same_width():
    for style in (EN, BOLD, HI, AR, BN, TA):
        assert len({width(digit * 4, 60, style) for digit in "0123456789"}) == 1


def test_labels_are_set_tight_and_names_a_little_less():
    loose, tight = width("A012", 100, BOLD), width("A012", 100, Style("en", 700, tight=True))
    assert loose - tight == pytest.approx(3 * 0.03 * typeset.em_px(100, BOLD))
    loose, tight = width("Lab", 100, BOLD), width("Lab", 100, Style("en", 700, tight=True))
    assert loose - tight == pytest.approx(2 * 0.02 * typeset.em_px(100, BOLD))


def test_tight_tracking_draws_as_wide_as_it_measures():
    style = Style("en", 700, tight=True)
    drawn = block("H12H", style, (200,))
    bearing = 2 * (width("H", 200, BOLD) - block("H", BOLD, (200,)).mask.width) / 2
    assert drawn.mask.width == pytest.approx(width("H12H", 200, style) - bearing, abs=2)


def test_scripts_that_join_are_never_pulled_apart_or_together():
    for language, text in {"hi": "मिनट", "ar": "دقيقة", "bn": "মিনিট", "ta": "நிமிடம்"}.items():
        assert width(text, 40, Style(language, tight=True)) == width(text, 40, Style(language))


def test_arabic_letters_join():
    joined = width("بيت", 60, AR)
    apart = sum(width(letter, 60, AR) for letter in "بيت")
    assert joined < apart * 0.9


def test_devanagari_conjuncts_are_one_shape():
    assert width("क्ष", 60, HI) < width("क", 60, HI) + width("ष", 60, HI)
    assert width("र्क", 60, HI) == pytest.approx(width("क", 60, HI), abs=1)


def test_arabic_starts_at_the_right_and_a_label_in_it_keeps_its_order():
    text, label = block("A012 ؟", AR, (60,)).mask, block("A012", EN, (60,)).mask
    start_of_text = text.crop((text.width - label.width, 0, text.width, text.height))
    start_of_text = start_of_text.crop(start_of_text.getbbox())
    assert start_of_text.size == label.size
    assert sum(ImageChops.difference(start_of_text, label).tobytes()) < 0.1 * sum(label.tobytes())


def test_lines_break_at_spaces_and_never_at_no_break_spaces():
    room = width("35–70\u00a0min", 30, EN) + 1
    assert fit("General Medicine", BOLD, (44,), width("Medicine", 44, BOLD) + 1, lines=2).lines == (
        "General",
        "Medicine",
    )
    assert fit("about 35–70\u00a0min", EN, (30,), room, lines=2).lines == ("about", "35–70\u00a0min")


def test_a_line_feed_starts_a_line():
    assert fit("One\nTwo", EN, (20,), 500, lines=2).lines == ("One", "Two")


def test_a_text_keeps_its_size_on_two_lines_before_it_steps_down():
    room = width("Medicine", 44, BOLD) + 1
    assert fit("General Medicine", BOLD, (44, 35, 28), room, lines=2).capital_px == 44


def test_a_long_name_steps_down_through_the_sizes():
    room = width("Gastroenterology", 28, BOLD) + 1
    chosen = fit("Gastroenterology", BOLD, (44, 35, 28), room, lines=2)
    assert (chosen.capital_px, chosen.lines, chosen.hyphenated) == (28, ("Gastroenterology",), False)


def test_a_name_too_long_for_the_smallest_size_is_hyphenated_between_syllables():
    room = width("Gastroente", 28, BOLD)
    chosen = fit("Gastroenterology", BOLD, (44, 35, 28), room, lines=2)
    assert chosen.hyphenated
    assert not chosen.cut
    assert chosen.lines == ("Gastroen-", "terology")


def test_a_soft_hyphen_says_where_to_break_and_is_never_seen_elsewhere():
    word = "Gastro\u00adenterology"
    assert fit(word, BOLD, (28,), 2000).lines == ("Gastroenterology",)
    assert fit(word, BOLD, (28,), width("Gastroente", 28, BOLD), lines=2).lines == ("Gastro-", "enterology")


def test_a_word_with_two_soft_hyphens_may_take_three_lines():
    word = "Gastro\u00adentero\u00adlogy"
    assert fit(word, BOLD, (28,), width("entero-", 28, BOLD), lines=3).lines == ("Gastro-", "entero-", "logy")


def test_hindi_breaks_between_syllables_and_arabic_never_breaks_a_word():
    hindi = fit("प्रयोगशाला", HI, (28,), width("प्रयोग", 28, HI) * 1.3, lines=2)
    assert hindi.hyphenated
    assert hindi.lines[0].endswith("-")
    arabic = fit("المستشفيات", AR, (28,), width("المستشفيات", 28, AR) * 0.6, lines=2)
    assert not arabic.hyphenated
    assert arabic.cut


def broken(word, language):
    places = (0, *hyphenate.points(word, language), len(word))
    return "-".join(word[one:other] for one, other in pairwise(places))


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("es", "Oto-rri-no-la-rin-go-lo-gía"),
        ("es", "Desa-rro-llo"),
        ("pt", "Tra-ba-lha-dor"),
        ("pt", "Otor-ri-no-la-rin-go-lo-gia"),
        ("fr", "enre-gis-tre-ment"),
        ("fr", "soi-gnant"),
        ("sw", "Mwa-na-mke"),
        ("bn", "পরী-ক্ষা-গার"),
        ("ta", "மருத்-து-வ-ம-னை"),
        ("ta", "பக்ஷிக்-காய்"),
        ("zh", "检验科"),
        ("ar", "المستشفيات"),
    ],
)
def test_a_word_is_parted_as_its_language_does(language, word):
    assert broken(word.replace("-", ""), language) == word


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("ஆய்வுக்கூடம்", ["ஆ", "ய்", "வு", "க்", "கூ", "ட", "ம்"]),
        ("லக்ஷ்மி", ["ல", "க்ஷ்", "மி"]),
        ("স্ত্রীরোগ", ["স্ত্রী", "রো", "গ"]),
        ("र्द्धिं क", ["र्द्धिं", " ", "क"]),
        ("e\u0301t", ["e\u0301", "t"]),
        ("请候", ["请", "候"]),
    ],
)
def test_a_letter_keeps_its_signs(text, letters):
    assert list(hyphenate.clusters(text)) == letters


def test_what_is_cut_is_cut_between_letters_and_not_before_their_signs():
    chosen = fit("கூடூகூடூகூடூகூடூகூடூகூடூ", TA, (40,), 150)
    assert chosen.cut
    assert chosen.lines[0].removesuffix("…").endswith("ூ")


# --- Chinese ------------------------------------------------------------------------------------------


def lines_of(text, signs):
    """Broken where so many signs fit."""
    return typeset.wrap(text, 30, ZH, signs * typeset.em_px(30, ZH) + 1)


@needs_chinese
def test_chinese_breaks_between_any_two_signs():
    assert lines_of("请到那边领取它的东西", 6) == ("请到那边领取", "它的东西")


@needs_chinese
def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one():
    for room in range(3, 12):
        lines = lines_of("请稍候，您的号码（内科）有效。“请看”屏幕：谢谢！", room)
        assert not [line for line in lines if line[0] in "，。）”：！" or line[-1] in "（“"], lines


@needs_chinese
def test_a_number_stays_with_what_it_counts():
    lines = lines_of("预计10:20到10:50之间叫号，请等10分钟，到第3诊室", 7)
    assert "".join(lines) == "预计10:20到10:50之间叫号，请等10分钟，到第3诊室"
    assert not [line for line in lines if line[0] in "分之到" or line.endswith(("第", "10"))], lines


@needs_chinese
def test_no_sign_stands_alone_on_the_last_line():
    assert lines_of("请到那边去领", 5) == ("请到那边", "去领")
    assert lines_of("请到那边去领。", 5) == ("请到那边", "去领。")


@needs_chinese
def test_known_words_stay_whole_where_a_line_has_room_for_them():
    assert lines_of("请留意诊室门口工作人员的叫号", 9) == ("请留意诊室门口", "工作人员的叫号")
    assert lines_of("请工作人员", 3) == ("请工作", "人员")


@needs_chinese
def test_chinese_is_never_hyphenated():
    chosen = fit("耳鼻咽喉头颈外科门诊部", ZH, (30,), 180, lines=3)
    assert (chosen.hyphenated, chosen.cut) == (False, False)


def test_sentences_part_where_their_script_parts_them():
    assert sentences("No paper. Your number is safe.") == ["No paper.", "Your number is safe."]
    assert sentences("没有纸了。您的号码有效。") == ["没有纸了。", "您的号码有效。"]
    for text in ("काग़ज़ नहीं है। नंबर सुरक्षित है।", "没有纸了。您的号码有效。", "لا يوجد ورق؟ رقمك محفوظ."):
        assert linebreak.joined(sentences(text)) == text


def test_pieces_of_a_text_make_the_text_again():
    for text in ("a  b c", " x", "A012号 第3诊室，请进", "35–70\u00a0min · 3"):
        assert "".join(glue + piece for glue, piece in linebreak.pieces(text)) == text


def test_height_limits_the_lines():
    room = width("Medicine", 44, BOLD) + 1
    one_line = fit("General Medicine", BOLD, (44, 28), room, lines=2, height_px=60)
    assert one_line.capital_px == 28
    assert fit("General Medicine", BOLD, (44, 28), room, lines=2, height_px=140).capital_px == 44


def test_a_text_that_nearly_fits_is_set_a_little_smaller_and_says_so():
    chosen = fit("Riverside", EN, (40,), width("Riverside", 36, EN))
    assert (chosen.lines, chosen.squeezed, chosen.cut) == (("Riverside",), True, False)
    assert 34 < chosen.capital_px <= 36


def test_a_text_that_does_not_fit_at_all_is_cut_with_an_ellipsis_and_says_so():
    chosen = fit("Mmmmmmmmmm nnnnnnnnnn", EN, (40,), 200)
    assert chosen.cut
    assert chosen.lines[0].endswith("…")
    assert width(chosen.lines[0], 40, EN) <= 200.5


def test_a_label_is_never_cut_or_broken_however_small_the_room():
    chosen = fit("A012", BOLD, (100,), 60, lines=2)
    assert (chosen.lines, chosen.cut, chosen.squeezed) == (("A012",), False, True)
    assert width("A012", chosen.capital_px, BOLD) <= 60.5


def test_a_group_takes_the_size_at_which_its_longest_member_fits():
    room = width("Cardiology", 35, BOLD) + 1
    assert typeset.common_px(["Lab", "Cardiology"], BOLD, (44, 35, 28), room) == 35


def test_baselines_of_lines_are_whole_pixels_and_lines_do_not_touch():
    two = block("agjy\nÅÉÖ", EN, (40,))
    assert two.baselines[0] == 0
    assert two.baselines[1] == round(1.25 * typeset.em_px(40, EN))
    assert two.height_px == 40 + two.baselines[1]


@every_script
def test_ink_of_stacked_lines_does_not_collide(language):
    style = Style(language, 400)
    pitch = typeset.leading_em(style) * typeset.em_px(60, style)
    assert block(STACKED[language], style, (60,)).mask.height < pitch + 2


def test_alignment_moves_the_shorter_line():
    texts = {align: block("Medicine\nin", BOLD, (40,), align=align).mask for align in ("start", "center", "end")}
    lower = {
        align: mask.crop((0, mask.height - 20, mask.width, mask.height)).getbbox() for align, mask in texts.items()
    }
    assert lower["start"][0] < lower["center"][0] < lower["end"][0]


def test_the_same_text_is_drawn_once():
    assert block("Pharmacy", BOLD, (44,), 300.0) is block("Pharmacy", BOLD, (44,), 300.0)


def test_an_empty_text_is_an_empty_block():
    empty = block("", EN, (20,), 100.0)
    assert empty.width_px == 0
    assert empty.mask.getextrema() == (0, 0)
