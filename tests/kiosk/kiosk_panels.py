"""What the tests of screens ask of a scene."""

from kiosk_gallery import SCREENS
from kiosk_worlds import AR, EN, HI

from smartqueue.look.scene import Scene, Target
from smartqueue.terms import Language

LANGUAGES = (EN, HI, AR)
LANGUAGES_OF_SCREENS = tuple(Language(one) for one in ("en", "hi", "bn", "ta", "ar", "es", "fr", "pt", "sw", "zh"))
"""All that have words."""
TEN = SCREENS["10in"]


def words(scene: Scene) -> str:
    return " ".join(text.text for text in scene.texts())


def keys(scene: Scene) -> set[str]:
    """All but the clinic's mark, which is on every screen."""
    return {target.key for target in scene.targets} - {"corner"}


def of_departments(scene: Scene) -> list[Target]:
    return [target for target in scene.targets if target.key.startswith("department:")]
