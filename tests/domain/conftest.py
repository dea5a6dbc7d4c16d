"""Configured clinics for sentences about them."""

import pytest
from clinic_script import ClinicScript, department, doctor, room


@pytest.fixture
def clinic() -> ClinicScript:
    """Medicine (A, 10 minutes) in rooms 3 and 4, laboratory (H) in room 5, both in room 6."""
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


@pytest.fixture
def practice() -> ClinicScript:
    """Medicine (A): Ada in room 3, Ben in room 4, nobody in room 5."""
    return ClinicScript().configure(
        department("medicine", "A"),
        rooms=(room("3", "medicine"), room("4", "medicine"), room("5", "medicine")),
        operators=(doctor("ada", "3"), doctor("ben", "4")),
    )
