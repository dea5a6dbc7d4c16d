"""The drawn ticket: what stands on it, in every language, on both papers, and that the printer gets it dot for dot."""

import itertools
import unicodedata
from datetime import UTC, datetime

import pytest
import segno
from kiosk_tickets import ADDRESS, AR, BARE, EN, FACTS, HI, LONGEST, TICKETS, facts
from PIL import Image, ImageChops

from kiosk.paper import DOTS_PER_MM, PAPER_58, PAPER_80, PAPERS
from kiosk.printer import encoded
from kiosk.profiles import GENERIC, PROFILES
from kiosk.raster import draw
from kiosk.ticket import QR_LEAST_MM, THRESHOLD, draw_ticket, ticket_scene
from kiosk.ticket_facts import ticket_facts
from smartqueue.i18n import Words
from smartqueue.look import qr, typeset
from smartqueue.look.paint import layers
from smartqueue.look.scene import Icon, Panel, Photo, Qr, Scene, Text
from smartqueue.terms import LANGUAGES, DepartmentId, Label, Language, TokenId
from smartqueue.wire import DepartmentView, EstimateView, IssuedAnswer, SiteView

every_ticket = pytest.mark.parametrize(
    ("language", "paper", "changes"),
    [
        pytest.param(language, paper, changes, id=f"{language}-{paper.name}-{name}")
        for language in LANGUAGES
        for paper in PAPERS.values()
        for name, changes in {
            **TICKETS,
            "two-scripts": {**LONGEST, "status_address": ADDRESS, "default_language": AR if language == HI else HI},
        }.items()
        if language in (EN, HI, AR) or name in ("usual", "longest", "two-scripts")
    ],
)
both_papers = pytest.mark.parametrize("paper", PAPERS.values(), ids=list(PAPERS))


def scene(paper, language: Language = EN, **changes: object) -> Scene:
    return ticket_scene(facts(language, **changes), Words(language), paper)


def picture(paper, language: Language = EN, **changes: object) -> Image.Image:
    return draw_ticket(facts(language, **changes), Words(language), paper)


def said(of: Scene) -> list[str]:
    return [" ".join(item.text.split()) for item in of.texts()]


def label_item(of: Scene) -> Text:
    return max(of.texts(), key=lambda item: item.capital_px)


# --- what stands on it --------------------------------------------------------------------------------------


@both_papers
def test_everything_a_patient_needs_stands_on_it(paper):
    texts = said(ticket_scene(FACTS, Words(EN), paper))
    for text in (
        "Riverside Clinic",
        "Mon 2 Mar 2026 · 09:42",
        "General Medicine",
        "A012",
        "8 before you",
        "Probably called between 10:20 and 10:50",
        "On phone: q.riverside.example",
        "7H4K 2MPX",
        "Missed your call? Show this ticket at the desk within 60 min: you come in after the next 3.",
        "Watch the screens: they show and say A012.",
    ):
        assert text in texts
    assert {"Area 2 first floor", "Area 2, first floor"} & set(texts)
    assert {item.name for item in scene(paper).items if isinstance(item, Icon)} == {"clinic", "stethoscope"}


@both_papers
def test_without_an_estimate_no_time_is_promised(paper):
    texts = " ".join(said(scene(paper, called_between=None)))
    assert "Probably" not in texts
    assert ":20" not in texts


@both_papers
def test_a_ticket_of_a_kiosk_that_was_alone_says_so_and_promises_nothing(paper):
    texts = said(scene(paper, away=True, ahead=None, called_between=None, status_address=None))
    assert "Issued without connection: the waiting time is not known." in texts
    assert not any("before you" in text or "Probably" in text or "phone" in text for text in texts)
    assert "A012" in texts
    assert not any(text.startswith("Issued without") for text in said(scene(paper)))


@both_papers
def test_without_an_address_there_is_no_code_and_no_phone(paper):
    bare = scene(paper, status_address=None)
    assert not any(isinstance(item, Qr) for item in bare.items)
    assert not any("Phone" in text or "7H4K" in text for text in said(bare))
    assert any("Missed your call?" in text for text in said(bare))


def test_nobody_before_and_nothing_known_are_different():
    assert "You are next" in said(scene(PAPER_80, ahead=0))
    assert not any("before you" in text or text == "next" for text in said(scene(PAPER_80, ahead=None)))


@pytest.mark.parametrize("language", [HI, AR])
def test_the_last_line_is_there_in_the_persons_and_in_the_sites_language(language):
    lines = [text for text in said(scene(PAPER_80, language)) if "A012" in text and text != "A012"]
    assert len(lines) == 2
    assert lines[1] == "Watch the screens: they show and say A012."
    assert lines[0] == Words(language).text("ticket.watch", label="A012")


def test_one_language_is_one_last_line():
    assert len([text for text in said(ticket_scene(FACTS, Words(EN), PAPER_80)) if text.startswith("Watch")]) == 1


@pytest.mark.parametrize(("mark", "word"), [("copy", "COPY"), ("trial", "TRIAL · not a real visit")])
@both_papers
def test_a_copy_and_a_trial_are_marked_white_on_black(paper, mark, word):
    marked = scene(paper, **{mark: True})
    (panel,) = (item for item in marked.items if isinstance(item, Panel))
    (text,) = (item for item in marked.texts() if item.text == word)
    assert text.colour == "#FFFFFF"
    assert panel.box.encloses(text.box)
    assert word not in said(scene(paper))


def test_a_name_that_the_site_has_not_translated_is_in_its_own_language_and_script():
    only_hindi = scene(PAPER_80, EN, department={HI: "हृदय रोग"})
    (name,) = (item for item in only_hindi.texts() if item.text == "हृदय रोग")
    assert name.language == HI


@both_papers
def test_the_clinics_own_logo_stands_where_the_icon_would(paper, tmp_path):
    Image.new("RGB", (64, 64), "#0A5A52").save(tmp_path / "logo.png")
    own = scene(paper, logo=tmp_path / "logo.png")
    assert {item.name for item in own.items if isinstance(item, Icon)} == {"stethoscope"}
    (photo,) = (item for item in own.items if isinstance(item, Photo))
    shown = picture(paper, logo=tmp_path / "logo.png").crop(
        tuple(map(round, (photo.box.x, photo.box.y, photo.box.right, photo.box.bottom)))
    )
    assert shown.getextrema() == (0, 0)
    gone = picture(paper, logo=tmp_path / "gone.png")
    assert gone.size == picture(paper).size


# --- right to left ------------------------------------------------------------------------------------------


@both_papers
def test_arabic_is_the_same_ticket_turned_round(paper):
    turned = scene(paper, AR)
    icons = [item for item in turned.items if isinstance(item, Icon)]
    assert all(icon.box.x > paper.width_dots / 2 for icon in icons)
    (code,) = (item for item in turned.items if isinstance(item, Qr))
    assert code.box.centre[0] > paper.width_dots / 2
    assert not any(isinstance(item, Icon) and item.flipped for item in turned.items)


@every_ticket
def test_label_code_and_digits_stay_latin(language, paper, changes):
    of = scene(paper, language, **changes)
    assert label_item(of).text == "A012"
    assert typeset.Style(label_item(of).language).direction == "ltr"
    for text in said(of):
        assert not any(unicodedata.decimal(char, None) is not None and not char.isascii() for char in text)


# --- sizes --------------------------------------------------------------------------------------------------


def ink_height(image: Image.Image, of: Scene) -> int:
    """Dots from the top of the label's capitals to their foot, measured on the drawn picture."""
    box = label_item(of).box
    area = image.crop((0, int(box.y) - 6, image.width, int(box.bottom) + 6)).convert("L")
    column = area.crop((0, 0, image.width // 4, area.height))
    found = ImageChops.invert(column).getbbox()
    assert found is not None
    return found[3] - found[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("paper", "least_mm"), [(PAPER_80, 19.0), (PAPER_58, 13.0)], ids=list(PAPERS))
def test_the_usual_label_has_its_full_height(language, paper, least_mm):
    of = scene(paper, language)
    assert label_item(of).capital_px >= least_mm * DOTS_PER_MM
    if language != AR:
        assert abs(ink_height(picture(paper, language), of) - label_item(of).capital_px) <= 4


@every_ticket
def test_the_label_is_never_under_its_least_height(language, paper, changes):
    assert label_item(scene(paper, language, **changes)).capital_px >= paper.label_mm[1] * DOTS_PER_MM


@pytest.mark.parametrize("label", ["M999", "W088", "A1234", "W8888"])
@both_papers
def test_every_label_fits_and_is_high_enough(paper, label):
    item = label_item(scene(paper, label=Label(label)))
    style = typeset.Style(EN, 700, tight=True)
    assert typeset.width(label, item.capital_px, style) <= paper.width_dots - 8
    if label != "W8888" or paper is PAPER_80:
        assert item.capital_px >= paper.label_mm[1] * DOTS_PER_MM * 0.98


@every_ticket
def test_no_ticket_is_longer_than_its_limit(language, paper, changes):
    assert scene(paper, language, **changes).height_px <= paper.longest_mm * DOTS_PER_MM


@every_ticket
def test_no_words_are_too_small_to_read(language, paper, changes):
    least = 14
    assert all(text.capital_px >= least for text in scene(paper, language, **changes).texts())


@pytest.mark.parametrize("changes", TICKETS.values(), ids=list(TICKETS))
def test_a_printer_of_other_dots_prints_the_same_millimetres(changes):
    fine, coarse = PROFILES["epson-tm-t20"].paper, PROFILES["epson-tm-t88"].paper
    one, other = scene(fine, **changes), scene(coarse, **changes)
    assert (one.width_px, other.width_px) == (576, 512)
    assert other.height_px / coarse.dots_per_mm == pytest.approx(one.height_px / fine.dots_per_mm, rel=0.06)
    assert other.height_px <= coarse.longest_mm * coarse.dots_per_mm
    assert label_item(other).capital_px >= int(coarse.label_mm[1] * coarse.dots_per_mm)
    assert min(text.capital_px for text in other.texts()) >= 14 * coarse.scale - 0.01


# --- nothing is cut, nothing touches ------------------------------------------------------------------------


@every_ticket
def test_no_word_is_missing_or_hyphenated(language, paper, changes):
    for item in scene(paper, language, **changes).texts():
        style = typeset.Style(item.language, item.weight, item.tight)
        chosen = typeset.fit(item.text, style, (item.capital_px,), item.box.w + 0.5, item.lines)
        assert not chosen.cut, item.text
        assert not chosen.hyphenated, item.text


def inks(of: Scene) -> list[tuple[object, Image.Image]]:
    """What each item leaves on the paper, as a mask of the whole ticket."""
    found = []
    for item in of.items:
        mask = Image.new("L", (of.width_px, of.height_px), 0)
        for layer in layers(item):
            if layer.colour == "#FFFFFF" and not isinstance(item, Text):
                continue
            ink = layer.mask or Image.new("L", (layer.w, layer.h), 255)
            mask.paste(255, (layer.x, layer.y), ink.point(lambda grey: 255 * (grey > 255 - THRESHOLD)))
        found.append((item, mask))
    return found


@every_ticket
def test_nothing_touches_anything_else(language, paper, changes):
    of = scene(paper, language, **changes)
    for (one, ink), (other, more) in itertools.combinations(inks(of), 2):
        if isinstance(one, Panel) and isinstance(other, Text) and other.colour == "#FFFFFF":
            continue
        assert ImageChops.multiply(ink, more).getbbox() is None, (one, other)


@every_ticket
def test_everything_is_inside_the_paper(language, paper, changes):
    of = scene(paper, language, **changes)
    for item in of.items:
        for layer in layers(item):
            if layer.colour == "#FFFFFF" and not isinstance(item, Text):
                continue
            left, top, right, bottom = (layer.mask.getbbox() if layer.mask else None) or (0, 0, layer.w, layer.h)
            assert layer.x + left >= 0, item
            assert layer.y + top >= 0, item
            assert layer.x + right <= of.width_px, item
            assert layer.y + bottom <= of.height_px, item


@every_ticket
def test_the_code_has_its_white_around_it(language, paper, changes):
    of = scene(paper, language, **changes)
    codes = [item for item in of.items if isinstance(item, Qr)]
    for code in codes:
        box = (max(0, code.box.x), code.box.y, min(of.width_px, code.box.right), code.box.bottom)
        for item, ink in inks(of):
            if item is not code:
                assert ink.crop(tuple(map(int, box))).getbbox() is None, item
    assert len(codes) == (0 if changes is BARE else 1)


# --- from the printed bytes -----------------------------------------------------------------------------------


def printed(image: Image.Image, paper) -> Image.Image:
    (piece,) = draw(b"".join(encoded(image, GENERIC[paper.name]).parts), paper.width_dots)
    assert piece.problems == ()
    return piece.image


@every_ticket
def test_the_paper_shows_the_ticket_dot_for_dot(language, paper, changes):
    image = picture(paper, language, **changes)
    assert image.mode == "1"
    paper_shows = printed(image, paper)
    assert paper_shows.crop((0, 0, *image.size)).tobytes() == image.tobytes()
    assert ImageChops.invert(paper_shows.crop((0, image.height, *paper_shows.size)).convert("L")).getbbox() is None


@pytest.mark.parametrize("address", [ADDRESS, LONGEST["status_address"], "HTTP://10.0.0.5:8080/S/" + "7" * 26])
@pytest.mark.parametrize("language", [EN, AR])
@both_papers
def test_the_code_on_paper_is_the_code_of_the_address(paper, language, address):
    """Sampled in the middle of every module, and at its corners, from the picture drawn from the bytes."""
    of = scene(paper, language, status_address=address)
    (item,) = (item for item in of.items if isinstance(item, Qr))
    wanted = segno.make_qr(address, error="m", boost_error=False)
    assert wanted.mode == "alphanumeric"
    modules = wanted.symbol_size(border=0)[0]
    dots = item.box.w / (modules + 2 * qr.QUIET_MODULES)
    assert dots == int(dots)
    assert modules * dots >= QR_LEAST_MM * DOTS_PER_MM
    shown = printed(picture(paper, language, status_address=address), paper)
    left, top = (int(edge + qr.QUIET_MODULES * dots) for edge in (item.box.x, item.box.y))
    for y, row in enumerate(wanted.matrix):
        for x, dark in enumerate(row):
            for dx, dy in ((0, 0), (dots - 1, 0), (0, dots - 1), (dots - 1, dots - 1), (dots // 2, dots // 2)):
                ink = shown.getpixel((int(left + x * dots + dx), int(top + y * dots + dy))) == 0
                assert ink == bool(dark)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_facts_give_the_same_dots(language):
    assert picture(PAPER_80, language).tobytes() == picture(PAPER_80, language).tobytes()


# --- from the hub's answer --------------------------------------------------------------------------------------


SITE = SiteView(
    id="riverside",
    names={EN: "Riverside Clinic"},
    languages=[EN, HI],
    default_language=EN,
    zone="Asia/Kolkata",
    public_url="http://q.riverside.example/",
)
DEPARTMENT = DepartmentView(
    id=DepartmentId("lab"),
    letter="X",
    names={EN: "Laboratory"},
    areas={},
    icon="flask",
    ground=4,
    open=True,
    opens_at=None,
    waiting=3,
    estimate=None,
)
ANSWER = IssuedAnswer(
    token=TokenId("t1"),
    label=Label("X003"),
    department=DepartmentId("lab"),
    issued_at=datetime(2026, 3, 2, 4, 12, tzinfo=UTC),
    ahead=2,
    estimate=EstimateView(
        low_min=10,
        high_min=30,
        earliest=datetime(2026, 3, 2, 4, 20, tzinfo=UTC),
        latest=datetime(2026, 3, 2, 4, 45, tzinfo=UTC),
    ),
    status_url="/S/7H4K2MPX",
    short_code="7H4K2MPX",
)


def test_times_on_the_ticket_are_the_sites():
    made = ticket_facts(SITE, DEPARTMENT, ANSWER, HI)
    texts = said(ticket_scene(made, Words(HI), PAPER_80))
    assert "सोम 2 मार्च 2026 · 09:42" in texts
    assert "09:50 और 10:15 के बीच बुलाए जाने की संभावना" in texts
    assert (made.language, made.default_language, made.ahead) == (HI, EN, 2)


def test_the_address_is_in_capitals_and_its_host_is_typed_in_small_letters():
    made = ticket_facts(SITE, DEPARTMENT, ANSWER, EN)
    assert made.status_address == "HTTP://Q.RIVERSIDE.EXAMPLE/S/7H4K2MPX"
    assert made.host == "q.riverside.example"
    assert (
        ticket_facts(SITE, DEPARTMENT, replace_url(ANSWER, "http://q.x/S/AB"), EN).status_address == "HTTP://Q.X/S/AB"
    )


def replace_url(answer: IssuedAnswer, url: str) -> IssuedAnswer:
    return IssuedAnswer(**{**{name: getattr(answer, name) for name in answer.__struct_fields__}, "status_url": url})


def test_no_code_where_phones_cannot_go():
    nowhere = SiteView(**{**{name: getattr(SITE, name) for name in SITE.__struct_fields__}, "public_url": None})
    assert ticket_facts(nowhere, DEPARTMENT, ANSWER, EN).status_address is None
    assert ticket_facts(SITE, DEPARTMENT, replace_url(ANSWER, ""), EN).status_address is None


def test_the_return_rule_is_the_sites_own():
    other = SiteView(
        **{**{name: getattr(SITE, name) for name in SITE.__struct_fields__}, "return_min": 45, "return_place": 5}
    )
    texts = said(ticket_scene(ticket_facts(other, DEPARTMENT, ANSWER, EN), Words(EN), PAPER_80))
    assert any("within 45 min: you come in after the next 5." in text for text in texts)


def test_a_ticket_that_a_kiosk_issued_alone_keeps_what_leads_somewhere():
    """Its status page will be there when the hub is: only what nobody knows is left out."""
    made = ticket_facts(SITE, DEPARTMENT, ANSWER, EN, away=True)
    assert (made.ahead, made.called_between, made.away) == (None, None, True)
    assert made.status_address == ticket_facts(SITE, DEPARTMENT, ANSWER, EN).status_address


def test_a_copy_and_a_trial_say_so():
    made = ticket_facts(SITE, DEPARTMENT, ANSWER, EN, copy=True, trial=True)
    (mark,) = (text for text in said(ticket_scene(made, Words(EN), PAPER_80)) if "COPY" in text)
    assert "TRIAL" in mark
