"""Prepared fonts: what they hold, and what is said when something is missing."""

import argparse
import os
import shutil

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from PIL import Image, ImageChops, ImageDraw, ImageFont

from smartqueue.errors import StartFault
from smartqueue.look import fonts, merge, verbs

LETTERS = "ABCXYZabcxyz0123456789:–·…?é"
SAMPLES = {"latin": "Ďß", "devanagari": "कखगक्षँ़।", "arabic": "ابتثعغلا؟،"}


@pytest.mark.parametrize("script", fonts.SCRIPTS)
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
        ("en", "Office fjord Åse – “Q”"),
    ],
)
@pytest.mark.parametrize("weight", [400, 700])
def test_a_merged_face_shapes_its_script_like_the_face_it_came_from(language, text, weight):
    direction = "rtl" if fonts.right_to_left(language) else "ltr"
    name = f"{fonts.SCRIPT_FACES[fonts.script(language)]}-{fonts.WEIGHT_NAMES[weight]}.ttf"
    sheets = []
    for path in (fonts.face(language, weight), fonts.SOURCES / name):
        sheet = Image.new("L", (2600, 500), 0)
        font = ImageFont.truetype(path, 100, layout_engine=ImageFont.Layout.RAQM)
        ImageDraw.Draw(sheet).text((60, 250), text, 255, font, "ls", direction=direction, language=language)
        sheets.append(sheet)
    ours, theirs = sheets
    assert ours.getbbox() == pytest.approx(theirs.getbbox(), abs=4)
    apart = ImageChops.difference(ours.reduce(4), theirs.reduce(4)).point(lambda value: 255 if value > 128 else 0)
    assert sum(apart.tobytes()) / 255 < 0.02 * sum(1 for value in ours.reduce(4).tobytes() if value)


@pytest.mark.parametrize("weight", [400, 700])
def test_capitals_and_digits_are_the_same_in_every_script(weight):
    widths = []
    for script in fonts.SCRIPTS:
        with TTFont(fonts.directory() / f"smartqueue-{script}-{weight}.ttf") as font:
            glyphs, sizes = font.getBestCmap(), font["hmtx"].metrics
            widths.append([sizes[glyphs[ord(char)]][0] for char in "AHMaz0123456789"])
            assert font["head"].unitsPerEm == 1000
    assert widths[0] == widths[1] == widths[2]


def test_a_face_with_other_units_is_scaled_before_it_is_merged(tmp_path):
    large = tmp_path / "large.ttf"
    with TTFont(fonts.SOURCES / "NotoSansDevanagari-Regular.ttf") as font:
        scale_upem(font, 2048)
        font.save(large)
    with merge.merged(fonts.SOURCES / "NotoSans-Regular.ttf", large) as merged:
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
    assert fonts.prepare(tmp_path, few_letters, ("latin",), said.append) == 2
    assert said == ["Making smartqueue-latin-400.ttf", "Making smartqueue-latin-700.ttf"]
    assert fonts.prepare(tmp_path, few_letters, ("latin",)) == 0
    (tmp_path / "smartqueue-latin-700.ttf").unlink()
    assert fonts.prepare(tmp_path, few_letters, ("latin",)) == 1
    assert not [path for path in tmp_path.iterdir() if path.suffix not in {".ttf", ".made"}]


def test_a_newer_source_is_prepared_again(tmp_path, few_letters):
    sources = shutil.copytree(few_letters, tmp_path / "sources")
    assert fonts.prepare(tmp_path / "made", sources, ("latin",)) == 2
    os.utime(sources / "NotoSans-Regular.ttf", (1, 1))
    assert fonts.prepare(tmp_path / "made", sources, ("latin",)) == 1


def test_a_missing_face_names_the_debian_package_and_nothing_is_made(tmp_path):
    with pytest.raises(StartFault, match=r"NotoSans-Regular\.ttf is missing in .* Debian package fonts-noto-core"):
        fonts.prepare(tmp_path / "made", tmp_path)
    assert not (tmp_path / "made").exists()


def test_without_prepared_fonts_the_start_is_refused_in_one_line(tmp_path):
    with pytest.raises(StartFault, match=r"^The fonts are not prepared .* Run: smartqueue fonts$"):
        fonts.check(tmp_path)


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
    [("en", "latin", False), ("hi", "devanagari", False), ("ar", "arabic", True), ("ar-EG", "arabic", True)],
)
def test_a_language_has_its_script_and_direction(language, script, rtl):
    assert fonts.script(language) == script
    assert fonts.right_to_left(language) is rtl
