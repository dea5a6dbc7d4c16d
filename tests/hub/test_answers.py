"""Problem documents: every refusal in every language, with its values in their places."""

import pytest

from hub.answers import problem
from smartqueue import errors
from smartqueue.i18n import entries, places
from smartqueue.terms import LANGUAGES


def refusals() -> list[type[errors.Refusal]]:
    return [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.Refusal)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.code)
def test_a_refusal_says_its_values_in_title_and_detail(kind, language):
    words = entries(language)
    needed = places(words[f"refusal.{kind.code}.title"]) | places(words[f"refusal.{kind.code}.detail"])
    document = problem(kind(**{name: f"<{name}>" for name in needed}), language)
    assert all(f"<{name}>" in document.title + document.detail for name in needed)
    assert (document.code, document.status) == (kind.code, kind.status)


def test_the_question_about_a_no_show_names_the_label():
    assert problem(errors.ConfirmNoShow(label="A012", room="room-3"), LANGUAGES[0]).title == "Did A012 not come?"
