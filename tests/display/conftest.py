"""Tests of the display hear with the ear of tests/sound."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "sound"))
