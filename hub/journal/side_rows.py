"""Side rows as SQL: what each puts into its table, or takes out of it."""

from typing import assert_never

from hub.journal.records import (
    AppointmentCode,
    ConsultationNote,
    ContactNumber,
    KeyForgotten,
    PersonName,
    SetupCode,
    SideRow,
    StatusSecret,
    UnitKey,
)

Statement = tuple[str, tuple[str | bytes | int, ...]]


def statement(row: SideRow) -> Statement:
    made: Statement
    match row:
        case StatusSecret():
            made = "INSERT INTO status_secrets VALUES (?, ?, ?)", (row.token, row.secret, row.code)
        case UnitKey():
            made = "INSERT OR REPLACE INTO unit_keys VALUES (?, ?)", (row.unit, row.digest)
        case KeyForgotten():
            made = "DELETE FROM unit_keys WHERE unit = ?", (row.unit,)
        case AppointmentCode():
            made = "INSERT INTO appointment_codes VALUES (?, ?)", (row.appointment, row.code)
        case ConsultationNote():
            made = "INSERT INTO notes VALUES (?, ?, ?, ?, ?)", (row.token, row.command, row.at, row.by, row.sealed)
        case ContactNumber():
            made = "INSERT OR REPLACE INTO contacts VALUES (?, ?, ?)", (row.contact, row.at, row.sealed)
        case PersonName(name=""):
            made = "DELETE FROM people WHERE operator = ?", (row.operator,)
        case PersonName():
            made = "INSERT OR REPLACE INTO people VALUES (?, ?)", (row.operator, row.name)
        case SetupCode():
            made = "INSERT INTO setup_codes VALUES (?)", (row.digest,)
        case _:
            assert_never(row)
    return made
