"""Words in every language: texts, plural forms, dates. Babel is imported only where a rule of CLDR is needed."""

import functools
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from importlib import resources
from string import Formatter
from typing import Any, Literal, NamedTuple

from smartqueue.errors import Fault, Refusal
from smartqueue.terms import LANGUAGES, Language
from smartqueue.wire import Names

ENGLISH = Language("en")
PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_DATE_LOCALES = {"en": "en_GB"}
"""Day before month, as our sites write it."""


class _Dates(NamedTuple):
    """Patterns of CLDR, without the commas that take room on paper."""

    short: str = "d MMM y"
    compact: str = "EEE d MMM y"
    long: str = "EEEE d MMMM y"
    day: str = "EEEE d MMMM"


_IBERIAN = _Dates(long="EEEE, d 'de' MMMM 'de' y", day="EEEE, d 'de' MMMM")
_DATES = {
    "es": _IBERIAN,
    "pt": _IBERIAN,
    "zh": _Dates("y年M月d日", "y年M月d日 EEE", "y年M月d日 EEEE", "M月d日 EEEE"),
}

Forms = Mapping[str, str]


class MissingWords(LookupError):
    """A key or a value for a place in it is not there: a mistake in our code, never a clinic's."""


class Words:
    """The words of one language. A language that we have no words for gets English; `language` says which it is."""

    def __init__(self, language: Language) -> None:
        self.language = shipped(language)
        self._entries = entries(self.language)
        self._dates = _DATES.get(self.language, _Dates())

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return direction(self.language)

    def text(self, key: str, **values: object) -> str:
        """Raises MissingWords for an unknown key or a value that is not given."""
        entry = self._entries.get(key)
        if not isinstance(entry, str):
            raise MissingWords(f"{self.language}: no text {key}")
        return self._filled(key, entry, values)

    def count(self, key: str, n: int, **values: object) -> str:
        """The form for `n` (CLDR plural rules; a form `zero` is taken for 0 in every language), with `{n}` filled."""
        forms = self._entries.get(key)
        if forms is None or isinstance(forms, str):
            raise MissingWords(f"{self.language}: no plural forms {key}")
        form = "zero" if n == 0 and "zero" in forms else _locale(self.language).plural_form(n)
        return self._filled(key, forms.get(form, forms["other"]), {"n": n, **values})

    def pick(self, names: Names, language: Language, default: Language) -> str:
        return pick(names, language, default)

    def title(self, error: Refusal | Fault) -> str:
        """What happened, in a few words."""
        return self._of_error(error, "title")

    def detail(self, error: Refusal | Fault) -> str:
        """What to do now. Where a value is missing it is the hub's own sentence, or else the title."""
        return self._of_error(error, "detail")

    def date_short(self, day: date, zone: tzinfo | None = None) -> str:
        """`2 Mar 2026`. A datetime is first taken to `zone`."""
        return self._date(day, zone, self._dates.short)

    def date_compact(self, day: date, zone: tzinfo | None = None) -> str:
        """`Mon 2 Mar 2026`: for paper."""
        return self._date(day, zone, self._dates.compact)

    def date_long(self, day: date, zone: tzinfo | None = None) -> str:
        """`Monday 2 March 2026`."""
        return self._date(day, zone, self._dates.long)

    def date_day(self, day: date, zone: tzinfo | None = None) -> str:
        """`Monday 2 March`: for a screen that shows today."""
        return self._date(day, zone, self._dates.day)

    def time(self, moment: datetime, zone: tzinfo | None = None) -> str:
        """`16:05`: 24 hours, Latin digits, in `zone` when given."""
        return f"{(moment.astimezone(zone) if zone else moment):%H:%M}"

    def _date(self, day: date, zone: tzinfo | None, pattern: str) -> str:
        from babel.dates import format_date  # noqa: PLC0415

        if isinstance(day, datetime) and zone:
            day = day.astimezone(zone)
        return format_date(day, pattern, locale=_locale(self.language))

    def _of_error(self, error: Refusal | Fault, part: str) -> str:
        area = "refusal" if isinstance(error, Refusal) else "fault"
        code = error.code if f"{area}.{error.code}.{part}" in self._entries else _BASES[area]
        try:
            return self.text(f"{area}.{code}.{part}", **getattr(error, "values", {}))
        except MissingWords:
            return getattr(error, "detail", "") or self.text(f"{area}.{code}.title")

    def _filled(self, key: str, text: str, values: Mapping[str, object]) -> str:
        comma = self._entries["language.comma"]
        plain = {name: str(comma).join(map(str, v)) if isinstance(v, list) else v for name, v in values.items()}
        try:
            return text.format_map(plain)
        except KeyError as missing:
            raise MissingWords(f"{self.language}: {key} needs a value for {missing}") from missing


_BASES = {"refusal": Refusal.code, "fault": Fault.code}


def shipped(language: Language) -> Language:
    """The language that we have words for: itself, its base (`hi` of `hi-IN`), or English."""
    base = Language(language.split("-")[0].lower())
    return base if base in LANGUAGES else ENGLISH


def direction(language: Language) -> Literal["ltr", "rtl"]:
    """Which way a language is written, also for languages without words of ours."""
    parts = language.lower().split("-")
    return "rtl" if "arab" in parts[1:] or (parts[0] in _RIGHT_TO_LEFT and "latn" not in parts[1:]) else "ltr"


def own_name(language: Language) -> str:
    """A language's name in itself and its own script: `हिन्दी`."""
    if language in LANGUAGES:
        return str(entries(language)["language.name"])
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return language
    return locale.get_display_name() or language


def pick(names: Names, language: Language, default: Language) -> str:
    """The text in this language, else its base language's, else the site's default's, else any; empty when none."""
    for one in (language, Language(language.split("-")[0]), default):
        if names.get(one):
            return names[one]
    return next(iter(names.values()), "")


@functools.cache
def entries(language: Language) -> Mapping[str, str | Forms]:
    """All words of a shipped language by dotted key; a table that has `other` holds plural forms."""
    source = resources.files("smartqueue").joinpath("locales", f"{language}.toml")
    return dict(_flat(tomllib.loads(source.read_text("utf-8")), ""))


def places(text: str) -> frozenset[str]:
    """Names of the values that a text needs."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _flat(table: Mapping[str, Any], prefix: str) -> list[tuple[str, str | Forms]]:
    found: list[tuple[str, str | Forms]] = []
    for name, value in table.items():
        if isinstance(value, dict) and "other" not in value:
            found += _flat(value, f"{prefix}{name}.")
        else:
            found.append((prefix + name, value))
    return found


@functools.cache
def _locale(language: Language) -> Any:
    from babel import Locale  # noqa: PLC0415

    return Locale.parse(_DATE_LOCALES.get(language, language))
