"""Two screens composed with the look toolkit alone, close to the design's pictures: proof that it can draw them."""

from smartqueue.look import theme
from smartqueue.look.inline import Sign, Words, inline
from smartqueue.look.scene import START_CORNERS, Bar, Box, Icon, Item, Panel, Scene, Target, Text
from smartqueue.look.screen import Screen, from_diagonal

KIOSK = Screen(1280, 800, 217.0)
TELEVISION = from_diagonal(1920, 1080, 43)

WORDS = {
    "en": {
        "site": "Riverside Clinic",
        "question": "Where do you want to go?",
        "names": ("General Medicine", "Paediatrics", "Cardiology", "Orthopaedics", "Laboratory", "Pharmacy"),
        "waiting": "waiting · {} min",
        "ranges": ("35–70", "20–40", "25–50", "", "15–30", "5–15"),
        "opens": "opens",
        "rail": ("English", "Needs", "Lower"),
    },
    "hi": {
        "site": "रिवरसाइड क्लिनिक",
        "question": "आप कहाँ जाना चाहते हैं?",
        "names": ("सामान्य चिकित्सा", "बाल रोग", "हृदय रोग", "हड्डी रोग", "प्रयोगशाला", "दवाखाना"),
        "waiting": "प्रतीक्षा में · {} मिनट",
        "ranges": ("35–70", "20–40", "25–50", "", "15–30", "5–15"),
        "opens": "खुलेगा",
        "rail": ("हिन्दी", "ज़रूरतें", "नीचे"),
    },
    "ar": {
        "site": "عيادة ريفرسايد",
        "question": "إلى أين تريد الذهاب؟",
        "names": ("الطب العام", "طب الأطفال", "طب القلب", "جراحة العظام", "المختبر", "الصيدلية"),
        "waiting": "بالانتظار · {} دقيقة",
        "ranges": ("35 إلى 70", "20 إلى 40", "25 إلى 50", "", "15 إلى 30", "5 إلى 15"),
        "opens": "يفتح الساعة",
        "rail": ("العربية", "مساعدة", "أسفل"),
    },
}
LETTERS = "AKRXHM"
ICONS = ("stethoscope", "bear", "heart", "bone", "flask", "pill")
GROUNDS = (6, 0, 3, 4, 1, 2)
WAITING = (8, 5, 3, 0, 11, 2)


def department_card(box: Box, n: int, language: str, screen: Screen = KIOSK) -> list[Item]:
    words, light = WORDS[language], theme.LIGHT
    radius, edge = screen.near_px(theme.RADIUS_MM), screen.near_px(theme.EDGE_MM)
    closed = WAITING[n] == 0
    tile, rest = box.split_left(screen.px(17.6))
    ink = light.quiet if closed else "#FFFFFF"
    items: list[Item] = [
        Panel(box, None if closed else light.card, light.edge, edge, radius, dashed=closed),
    ]
    if closed:
        items.append(Bar(Box(tile.right - edge, tile.y + edge, edge, tile.h - 2 * edge), light.edge, dashed=True))
    else:
        ground = theme.department_ground(GROUNDS[n])
        items.append(Panel(tile.inset(edge), ground, radius_px=radius - edge, corners=START_CORNERS))
    icon, letter = tile.inset(0, box.h * 0.1).rows(75, 60, gap=6)
    items += [
        Icon(icon, ICONS[n], ink),
        Text(letter, LETTERS[n], "en", screen.capital_px(7.3), 700, ink, "center"),
    ]
    capital, meta_px = screen.capital_px(7.3), screen.capital_px(4.4)
    text = Box(rest.x + screen.px(3), box.y, rest.w - screen.px(4), box.h)
    two = language == "en" and n == 0
    high = capital + (round(0.93 * capital / 0.714) if two else 0)
    gap = screen.px(4 if two else 5)
    top = box.y + (box.h - high - gap - meta_px) / 2
    name = Text(
        Box(text.x, top, text.w, high),
        words["names"][n],
        language,
        capital,
        400 if closed else 700,
        light.quiet if closed else light.text,
        lines=2 if two else 1,
        tight=not closed,
        smaller_px=(screen.capital_px(5.8), screen.capital_px(4.7)),
    )
    line = Box(text.x, top + high + gap, text.w, meta_px)
    if closed:
        parts = (
            Sign("clock", light.text),
            Words(words["opens"], light.text),
            Words("14:00", light.text, 700, "en"),
        )
    else:
        parts = (
            Words(str(WAITING[n]), light.text, 700, "en"),
            Words(words["waiting"].format(words["ranges"][n]), light.quiet),
        )
    return [*items, name, *inline(line, parts, language, (meta_px, meta_px * 0.8))]


def kiosk_departments(language: str = "en", screen: Screen = KIOSK) -> Scene:
    words, light = WORDS[language], theme.LIGHT
    whole = Box(0, 0, screen.width_px, screen.height_px).inset(24)
    head, _ = whole.split_top(48)
    items: list[Item] = [
        *inline(
            head, (Sign("clinic", light.primary, capitals=2), Words(words["site"], light.text, 700)), language, (22,)
        ),
        Text(head, "09:42", "en", 27, 400, light.text, "end"),
        Text(Box(24, 111, 1232, 52), words["question"], language, screen.capital_px(7.3), 700, light.text, tight=True),
    ]
    targets = []
    grid = Box(24, 206, 1232, 570)
    rail_px = 140
    cards, rail = grid.split_right(rail_px, 18)
    for n in range(6):
        box = cards.rows(1, 1, 1, gap=18)[n // 2].columns(1, 1, gap=18)[n % 2]
        items += department_card(box, n, language, screen)
        targets.append(Target(box, f"department:{LETTERS[n]}"))
    for n, box in enumerate(rail.rows(1, 1, 1, gap=18)):
        items.append(Panel(box, light.card, light.edge, 3, 18))
        items.append(Icon(Box(box.x, box.y + 25, box.w, 75), ("globe", "person-plus", "wheelchair")[n], light.text))
        items.append(
            Text(Box(box.x + 6, box.y + 122, box.w - 12, 24), words["rail"][n], language, 22, 700, light.text, "center")
        )
        targets.append(Target(box, ("language", "needs", "lower")[n]))
    scene = Scene(screen.width_px, screen.height_px, light.ground, tuple(items), tuple(targets), "departments")
    return scene.mirrored() if language == "ar" else scene


def display_call() -> Scene:
    night = theme.NIGHT
    width, height = 1920, 1080
    items: list[Item] = [
        *inline(
            Box(50, 25, 800, 80),
            (Sign("clinic", night.primary, capitals=2), Words("Riverside Clinic", night.text, 700)),
            "en",
            (29,),
        ),
        Text(Box(1000, 25, 870, 80), "10:31", "en", 56, 700, night.text, "end", tight=True),
        Text(Box(1000, 25, 628, 80), "Monday 2 March", "en", 29, 400, night.quiet, "end"),
        Panel(Box(50, 125, 1820, 365), night.call, radius_px=20),
    ]
    label = Box(110, 201, 720, 222)
    items += [
        Text(label, "A012", "en", 213, 700, night.on_call, valign="bottom", tight=True),
        Icon(Box(914, 198, 220, 220), "arrow-right", night.on_call, directional=True),
        Text(Box(1250, 201, 355, 222), "Room", "en", 88, 700, night.on_call, "end", valign="bottom"),
        Text(Box(1640, 201, 180, 222), "3", "en", 213, 700, night.on_call, "end", valign="bottom", tight=True),
    ]
    for n, (call, room) in enumerate((("K007", "2"), ("H019", "5"), ("A011", "1"), ("M004", "6"))):
        row = Box(50, 515 + n * 118, 1060, 103)
        line = Box(row.x + 40, row.y + 22, row.w - 80, 60)
        items += [
            Panel(row, night.card, radius_px=20),
            Text(line, call, "en", 60, 700, night.text, valign="bottom", tight=True),
            Icon(Box(487, row.y + 15, 72, 72), "arrow-right", night.primary, directional=True),
            Text(Box(740, line.y, 200, 60), "Room", "en", 44, 400, night.quiet, valign="bottom"),
            Text(line, room, "en", 60, 700, night.text, "end", valign="bottom"),
        ]
    items += _department_list(Box(1130, 515, 740, 367))
    note = Box(1130, 897, 740, 75)
    items += [
        Panel(note, None, night.edge, 3, 20),
        Icon(Box(1160, 909, 50, 50), "info", night.primary),
        Text(Box(1230, 897, 620, 75), "Flu vaccination today, 9–12", "en", 29, 400, night.text),
    ]
    return Scene(width, height, night.ground, tuple(items), name="call")


def _department_list(panel: Box) -> list[Item]:
    night = theme.NIGHT
    items: list[Item] = [Panel(panel, night.card, radius_px=20)]
    states = ("15–35 min", "20–40 min", "break until 10:45", "opens 14:00", "10–25 min", "5–15 min")
    signs = {2: "pause", 3: "clock"}
    for n, row in enumerate(panel.inset(30, 10).rows(*[1] * 6)):
        if n:
            items.append(Bar(Box(row.x, row.y, row.w, 2), night.rule))
        badge = Box(row.x, row.y + (row.h - 50) / 2, 54, 50)
        items += [
            Panel(badge, theme.department_ground(GROUNDS[n]), night.quiet, 2, 10),
            Text(badge, LETTERS[n], "en", 29, 700, "#FFFFFF", "center"),
            Text(Box(row.x + 74, row.y, 380, row.h), WORDS["en"]["names"][n], "en", 29, 400, night.text),
        ]
        if n in signs:
            parts = (Sign(signs[n], night.quiet), Words(states[n], night.quiet))
        else:
            parts = (Words(states[n], night.text, 700),)
        items += inline(row, parts, "en", (29,), "end")
    return items
