"""Prepared fonts: what they hold, and what is said when something is missing."""

import argparse
import os
import shutil

import pytest
from fontTools.pens.statisticsPen import StatisticsPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from PIL import Image, ImageChops, ImageDraw, ImageFont

from smartqueue.errors import StartFault
from smartqueue.look import chinese, font_making, fonts, merge, verbs

LETTERS = "ABCXYZabcxyz0123456789:–·…?é"
SAMPLES = {
    "latin": "ĎßñãçœŵÑ¿¡",
    "devanagari": "कखगक्षँ़।",
    "arabic": "ابتثعغلا؟،",
    "bengali": "কখগক্ষঁ়ৎ।",
    "tamil": "கஙசஞழஷ்ஜௌ",
    "chinese": "请到内科就诊号，。：“”",
}
CHINESE_IS_HERE = fonts.there("chinese", fonts.directory())
needs_chinese = pytest.mark.skipif(not CHINESE_IS_HERE, reason=fonts.remedy("chinese"))
every_script = pytest.mark.parametrize("script", [*fonts.SCRIPTS, pytest.param("chinese", marks=needs_chinese)])


@every_script
@pytest.mark.parametrize("weight", [400, 700])
def test_every_prepared_face_has_its_script_latin_letters_and_digits(script, weight):
    with TTFont(fonts.directory() / f"smartqueue-{script}-{weight}.ttf") as font:
        missing = [char for char in LETTERS + SAMPLES[script] if ord(char) not in font.getBestCmap()]
        assert missing == []


@pytest.mark.parametrize(
    ("script", "features"),
    [
        ("devanagari", {"rphf", "half", "pres", "abvs", "blws"}),
        ("arabic", {"init", "medi", "fina", "rlig"}),
        ("bengali", {"rphf", "half", "pstf", "blws", "init"}),
        ("tamil", {"akhn", "psts", "half"}),
        ("latin", {"tnum", "liga"}),
    ],
)
def test_shaping_rules_live_on_after_the_merge(script, features):
    with TTFont(fonts.directory() / f"smartqueue-{script}-700.ttf") as font:
        assert features <= {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert {"mark", "kern"} <= {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("hi", "सामान्य चिकित्सा क्षेत्र र्द्धिं ट्ठ्यूँ हृदय कीं स्त्री"),
        ("ar", "إِلَى أَيْنَ تُرِيدُ الذَّهَابَ؟ لآ بِسْمِ اللَّهِ"),
        ("bn", "আপনার নম্বর স্ত্রীরোগ বিভাগ কার্ডিওলজি অর্থোপেডিক্স প্রতীক্ষা হৃদরোগ ডাক্তার"),
        ("ta", "உங்கள் எண் மருத்துவம் குழந்தைகள் கௌ பொறுத்திருங்கள் ஸ்ரீ க்ஷ பூ சூ ஹூ"),
        pytest.param("zh", "请到内科就诊，谢谢。", marks=needs_chinese),
        ("en", "Office fjord Åse – “Q”"),
    ],
)
@pytest.mark.parametrize("weight", [400, 700])
def test_a_merged_face_shapes_its_script_like_the_face_it_came_from(language, text, weight):
    direction = "rtl" if fonts.right_to_left(language) else "ltr"
    source = fonts.SCRIPT_FACES[fonts.script(language)]
    simplified = 2 if source.within else 0
    sheets = []
    for path, index in ((fonts.face(language, weight), 0), (source.path(weight), simplified)):
        sheet = Image.new("L", (4400, 500), 0)
        font = ImageFont.truetype(path, 100, index, layout_engine=ImageFont.Layout.RAQM)
        ImageDraw.Draw(sheet).text((60, 250), text, 255, font, "ls", direction=direction, language=language)
        sheets.append(sheet)
    ours, theirs = sheets
    assert ours.getbbox() == pytest.approx(theirs.getbbox(), abs=4)
    apart = ImageChops.difference(ours.reduce(4), theirs.reduce(4)).point(lambda value: 255 if value > 128 else 0)
    assert sum(apart.tobytes()) / 255 < 0.02 * sum(1 for value in ours.reduce(4).tobytes() if value)


@pytest.mark.parametrize("weight", [400, 700])
def test_capitals_and_digits_are_the_same_in_every_script(weight):
    widths = []
    for script in (*fonts.SCRIPTS, *(["chinese"] if CHINESE_IS_HERE else [])):
        with TTFont(fonts.directory() / f"smartqueue-{script}-{weight}.ttf") as font:
            glyphs, sizes = font.getBestCmap(), font["hmtx"].metrics
            widths.append([sizes[glyphs[ord(char)]][0] for char in "AHMaz0123456789–·"])
            assert font["head"].unitsPerEm == 1000
    assert all(each == widths[0] for each in widths)


def test_a_face_with_other_units_is_scaled_before_it_is_merged(tmp_path):
    large = tmp_path / "large.ttf"
    with TTFont(fonts.SOURCES / "NotoSansDevanagari-Regular.ttf") as font:
        few = Subsetter(Options(layout_features=[]))
        few.populate(text="कखग")
        few.subset(font)
        scale_upem(font, 2048)
        font.save(large)
    with merge.with_latin(merge.without_hints(large), fonts.SOURCES / "NotoSans-Regular.ttf") as merged:
        width = merged["hmtx"].metrics[merged.getBestCmap()[ord("क")]][0]
    with TTFont(fonts.face("hi", 400)) as usual:
        assert width == pytest.approx(usual["hmtx"].metrics[usual.getBestCmap()[ord("क")]][0], abs=1)


@pytest.fixture(scope="module")
def few_letters(tmp_path_factory):
    """Noto Sans with so few letters that preparing takes no time."""
    folder = tmp_path_factory.mktemp("sources")
    with TTFont(fonts.SOURCES / "NotoSans-Regular.ttf") as font:
        few = Subsetter(Options(layout_features=[]))
        few.populate(text="ABC abc")
        few.subset(font)
        font.save(folder / "NotoSans-Regular.ttf")
    shutil.copy(folder / "NotoSans-Regular.ttf", folder / "NotoSans-Bold.ttf")
    return folder


def test_preparing_makes_what_is_missing_and_a_second_run_makes_nothing(tmp_path, few_letters):
    said = []
    assert font_making.prepare(tmp_path, few_letters, ("latin",), report=said.append) == 2
    assert said == ["Making smartqueue-latin-400.ttf", "Making smartqueue-latin-700.ttf"]
    assert font_making.prepare(tmp_path, few_letters, ("latin",)) == 0
    (tmp_path / "smartqueue-latin-700.ttf").unlink()
    assert font_making.prepare(tmp_path, few_letters, ("latin",)) == 1
    assert not [path for path in tmp_path.iterdir() if path.suffix not in {".ttf", ".made"}]


def test_a_newer_source_is_prepared_again(tmp_path, few_letters):
    sources = shutil.copytree(few_letters, tmp_path / "sources")
    assert font_making.prepare(tmp_path / "made", sources, ("latin",)) == 2
    os.utime(sources / "NotoSans-Regular.ttf", (1, 1))
    assert font_making.prepare(tmp_path / "made", sources, ("latin",)) == 1


def test_only_the_scripts_that_come_together_are_prepared_unasked(tmp_path):
    assert font_making.scripts_for((), tmp_path) == fonts.SCRIPTS
    assert "chinese" not in fonts.SCRIPTS
    assert font_making.scripts_for(("zh",), tmp_path) == (*fonts.SCRIPTS, "chinese")
    for weight in fonts.WEIGHT_NAMES:
        (tmp_path / fonts.file_name("chinese", weight)).touch()
    assert font_making.scripts_for((), tmp_path) == (*fonts.SCRIPTS, "chinese")


def test_chinese_without_its_package_says_which_one(tmp_path, few_letters):
    with pytest.raises(StartFault, match=r"NotoSansCJK-Regular\.ttc is missing in .* package fonts-noto-cjk\.$"):
        font_making.prepare(tmp_path, few_letters, ("latin", "chinese"))
    assert list(tmp_path.iterdir()) == []
    assert font_making.installed(few_letters) == ("latin",)


def noted(folder, script, text):
    (folder / fonts.file_name(script, 400)).touch()
    (folder / fonts.file_name(script, 400)).with_suffix(".made").write_text(text)


def test_the_package_of_chinese_may_go_again_but_not_that_of_all_others(tmp_path, few_letters):
    noted(tmp_path, "chinese", f"{font_making.RECIPE} 1/2 3/4\n")
    assert font_making.prepared(tmp_path, "chinese", 400, few_letters)
    noted(tmp_path, "chinese", "0 1/2 3/4\n")
    assert not font_making.prepared(tmp_path, "chinese", 400, few_letters)
    noted(tmp_path, "tamil", f"{font_making.RECIPE} 1/2 3/4\n")
    assert not font_making.prepared(tmp_path, "tamil", 400, few_letters)


def test_rare_signs_are_a_reason_to_make_chinese_again_once(tmp_path, few_letters):
    noted(tmp_path, "chinese", f"{font_making.RECIPE} 1/2 3/4\n甪\n")
    assert font_making.prepared(tmp_path, "chinese", 400, few_letters, signs="甪直 Clinic 3号")
    assert not font_making.prepared(tmp_path, "chinese", 400, few_letters, signs="㙍甪")


def test_the_usual_chinese_signs_are_those_of_gb_2312():
    assert sum("\u4e00" <= sign <= "\u9fff" for sign in chinese.usual()) == 6763
    assert set("请您到服务台，内科“号”。") <= chinese.usual()
    assert not {"A", "3", "·", "–", "é"} & chinese.usual()


@pytest.mark.skipif("chinese" not in font_making.installed(), reason="fonts-noto-cjk is not installed")
def test_chinese_outlines_become_those_of_its_own_face_and_not_of_the_japanese():
    source = fonts.SCRIPT_FACES["chinese"]
    with (
        chinese.outlines(source.path(400), source.within, "骨直甪") as font,
        TTFont(source.path(400), fontNumber=2) as simplified,
        TTFont(source.path(400), fontNumber=0) as japanese,
    ):
        assert {"glyf", "loca"} <= set(font.keys())
        assert {ord(sign) for sign in "骨直甪"} <= set(font.getBestCmap())
        ours, theirs, others = (weight_of(face, "骨") for face in (font, simplified, japanese))
    assert ours == pytest.approx(theirs, abs=1)
    assert others != pytest.approx(theirs, abs=1)
    with pytest.raises(StartFault, match=r"has no sign \U0002fa20. Leave it out"):
        chinese.outlines(source.path(400), source.within, "骨\U0002fa20")


def weight_of(font, sign):
    """Where the middle of its ink lies."""
    shapes = font.getGlyphSet()
    pen = StatisticsPen(shapes)
    shapes[font.getBestCmap()[ord(sign)]].draw(pen)
    return pen.meanX, pen.meanY


def test_a_missing_face_names_the_debian_package_and_nothing_is_made(tmp_path):
    with pytest.raises(StartFault, match=r"NotoSans-Regular\.ttf is missing in .* Debian package fonts-noto-core"):
        font_making.prepare(tmp_path / "made", tmp_path)
    assert not (tmp_path / "made").exists()


def test_without_prepared_fonts_the_start_is_refused_in_one_line(tmp_path):
    with pytest.raises(StartFault, match=r"^The fonts are not prepared .* Run: smartqueue fonts$"):
        fonts.check(tmp_path)


def test_a_language_that_is_drawn_for_sure_must_be_prepared(tmp_path):
    for script in fonts.SCRIPTS:
        for weight in fonts.WEIGHT_NAMES:
            (tmp_path / fonts.file_name(script, weight)).touch()
    fonts.check(tmp_path, languages=("bn", "ta", "sw"))
    with pytest.raises(StartFault, match=r"^The chinese letters are not prepared\. .*smartqueue fonts --language zh$"):
        fonts.check(tmp_path, languages=("en", "zh"))


def test_who_lacks_the_package_of_chinese_is_told_its_name():
    assert fonts.remedy("chinese", has_source=False) == (
        "The chinese letters are not prepared. Install the Debian package fonts-noto-cjk, then run: "
        "smartqueue fonts --language zh"
    )
    assert fonts.remedy("chinese", has_source=True).endswith("not prepared. Run: smartqueue fonts --language zh")


def test_without_raqm_the_start_is_refused_in_one_line():
    with pytest.raises(StartFault, match=r"^Text can't be shaped: .* libfribidi0\.$"):
        fonts.check(has_raqm=False)


def test_this_installation_is_ready():
    fonts.check()


def test_the_verb_is_quick_and_quiet_when_everything_is_there(capsys):
    parser = argparse.ArgumentParser()
    verbs.register(parser.add_subparsers())
    args = parser.parse_args(["fonts"])
    assert args.run(args) == 0
    assert capsys.readouterr().err.startswith("Fonts are already prepared in ")


def test_the_verb_fails_with_one_line_when_a_face_is_missing(tmp_path, capsys):
    parser = argparse.ArgumentParser()
    verbs.register(parser.add_subparsers())
    args = parser.parse_args(["fonts", "--sources", str(tmp_path)])
    assert args.run(args) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "script", "rtl"),
    [
        ("en", "latin", False),
        ("hi", "devanagari", False),
        ("ar", "arabic", True),
        ("ar-EG", "arabic", True),
        ("bn", "bengali", False),
        ("ta", "tamil", False),
        ("sw", "latin", False),
        ("zh-Hans", "chinese", False),
    ],
)
def test_a_language_has_its_script_and_direction(language, script, rtl):
    assert fonts.script(language) == script
    assert fonts.right_to_left(language) is rtl
