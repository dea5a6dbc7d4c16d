"""A configured clinic for sentences about it."""

import pytest
from clinic_script import ClinicScript, department, room


@pytest.fixture
def clinic() -> ClinicScript:
    """Medicine (A, 10 minutes) in rooms 3 and 4, laboratory (H) in room 5."""
    return ClinicScript().configure(
        department("medicine", "A"),
        department("laboratory", "H"),
        rooms=(
            room("3", "medicine"),
            room("4", "medicine"),
            room("5", "laboratory"),
            room("6", "medicine", "laboratory"),
        ),
    )
