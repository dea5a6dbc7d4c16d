"""The table of widths agrees with the fonts, and with what they draw."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import ImageFont

from hub.web.fitting import bold_em, folded, plain_em
from smartqueue.i18n import entries
from smartqueue.terms import LANGUAGES, Language

ROOT = Path(__file__).parents[2]
FACES = Path("/usr/share/fonts/truetype/noto")
FACE = {"hi": "Devanagari", "bn": "Bengali", "ta": "Tamil", "ar": "Arabic"}
SHOWN = ("display.room", "display.window", "display.closed", "display.break", "display.no_more")


def test_the_table_of_widths_is_that_of_the_fonts():
    made = subprocess.run([sys.executable, str(ROOT / "scripts/advances.py"), "--check"], check=False)
    assert made.returncode == 0, "scripts/advances.py makes hub/web/advances.py anew"


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != Language("zh")])
@pytest.mark.parametrize(("weight", "measure"), [("Regular", plain_em), ("Bold", bold_em)])
def test_widths_are_hardly_less_than_what_is_drawn_and_not_much_more(language, weight, measure):
    face = FACES / f"NotoSans{FACE.get(language, '')}-{weight}.ttf"
    font = ImageFont.truetype(str(face), 100, layout_engine=ImageFont.Layout.RAQM)
    words = " ".join(entries(language)[key] for key in SHOWN).split()
    for word in words:
        assert 0.9 <= measure(word) / (font.getlength(word) / 100) <= 1.3


def test_a_text_folds_between_words_and_a_word_that_is_too_long_has_a_line():
    assert folded("Ear, Nose and Throat", 6) == ["Ear, Nose", "and Throat"]
    assert folded("an Otorhinolaryngologist in", 6) == ["an", "Otorhinolaryngologist", "in"]
    assert folded("儿科", 1) == ["儿科"]
