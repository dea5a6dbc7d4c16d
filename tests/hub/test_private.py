"""Side rows: kept only for what has happened, and only as long as it lives."""

import sqlite3

import pytest

from hub.domain.events import AppointmentBooked
from hub.journal import sqlite
from hub.journal.records import (
    AppointmentCode,
    Batch,
    ConsultationNote,
    ContactNumber,
    Kept,
    KeyForgotten,
    PersonName,
    StatusSecret,
    UnitKey,
)
from hub.journal.sqlite import SqliteJournal
from hub.private import Known, Private
from smartqueue.errors import JournalFault
from smartqueue.terms import AppointmentId, CommandId, ContactId, DepartmentId, Instant, OperatorId, TokenId, UnitName


def secret(number, **changes):
    values = {"token": TokenId(f"t-{number}"), "secret": f"secret-{number}", "code": f"code-{number}"}
    return StatusSecret(**{**values, **changes})


def note(token="t-1", command="command-1"):
    return ConsultationNote(TokenId(token), CommandId(command), Instant(1), OperatorId("doctor-1"), b"sealed")


def booked(number):
    return AppointmentBooked(AppointmentId(f"a-{number}"), DepartmentId("medicine"), Instant(1))


@pytest.fixture
async def journal(tmp_path):
    sqlite.create(tmp_path, "clinic", "epoch-1")
    journal = SqliteJournal(tmp_path)
    await journal.open()
    yield journal
    await journal.close()


def test_a_code_of_an_appointment_that_was_there_before_is_not_kept():
    known = Known(Private())
    rows = [AppointmentCode(AppointmentId(f"a-{number}"), f"code-{number}") for number in (1, 2)]
    assert known.admit(rows, [booked(1)]) == rows[:1]
    assert (known.code_of(AppointmentId("a-1")), known.code_of(AppointmentId("a-2"))) == ("code-1", "")


def test_a_secret_without_a_new_token_is_not_kept():
    known = Known(Private())
    assert known.admit([secret(1)], []) == []
    assert known.secret_of(TokenId("t-1")) is None


def test_what_is_decided_but_not_durable_yet_is_known_too_until_it_is_published():
    private = Private()
    known = Known(private)
    rows = [AppointmentCode(AppointmentId("a-1"), "code-1")]
    known.admit(rows, [booked(1)])
    known.published()
    assert known.code_of(AppointmentId("a-1")) == ""
    private.add(rows[0])
    assert known.code_of(AppointmentId("a-1")) == "code-1"


def test_secrets_and_codes_of_what_lives_on_are_kept_when_a_day_opens():
    private = Private()
    for number in (1, 2):
        private.add(secret(number))
        private.add(AppointmentCode(AppointmentId(f"a-{number}"), f"code-{number}"))
    private.forget_day(Kept(frozenset({TokenId("t-2")}), frozenset({AppointmentId("a-2")})))
    assert private.tokens_by_secret == {"secret-2": "t-2"}
    assert private.tokens_by_code == {"code-2": "t-2"}
    assert private.appointments_by_code == {"code-2": "a-2"}


async def test_the_journal_forgets_with_the_day_what_does_not_live_on(journal):
    codes = [AppointmentCode(AppointmentId(f"a-{number}"), f"code-{number}") for number in (1, 2)]
    await journal.append(Batch(side_rows=[secret(1), secret(2), *codes]))
    kept = Kept(frozenset({TokenId("t-2")}), frozenset({AppointmentId("a-2")}))
    await journal.append(Batch(new_day=Instant(1), kept=kept))
    opened = await journal.open()
    assert (opened.status_secrets, opened.appointment_codes) == ([secret(2)], codes[1:])


async def test_a_forgotten_key_may_be_given_anew_and_takes_the_place_of_the_earlier_one(journal):
    name = UnitName("hall")
    await journal.append(Batch(side_rows=[UnitKey(name, b"1"), UnitKey(name, b"2")]))
    assert (await journal.open()).unit_keys == [UnitKey(name, b"2")]
    await journal.append(Batch(side_rows=[KeyForgotten(name)]))
    assert (await journal.open()).unit_keys == []
    await journal.append(Batch(side_rows=[UnitKey(name, b"3")]))
    assert (await journal.open()).unit_keys == [UnitKey(name, b"3")]


async def test_an_empty_name_erases_it(journal):
    await journal.append(Batch(side_rows=[PersonName(OperatorId("d"), "Somebody")]))
    assert (await journal.open()).people == [PersonName(OperatorId("d"), "Somebody")]
    await journal.append(Batch(side_rows=[PersonName(OperatorId("d"), "")]))
    assert (await journal.open()).people == []


async def test_an_undone_command_takes_its_note_along_and_no_other(journal):
    await journal.append(Batch(side_rows=[note(), note(command="command-2"), note(token="t-2")]))
    await journal.append(Batch(undone=[(TokenId("t-1"), CommandId("command-1"))]))
    assert await journal.notes(TokenId("t-1")) == [note(command="command-2")]
    assert await journal.notes(TokenId("t-2")) == [note(token="t-2")]


# --- older journals -----------------------------------------------------------------------------------


def as_schema_1(directory):
    """The journal of the version before."""
    database = sqlite3.connect(directory / sqlite.FILE)
    with database:
        database.execute("DROP TABLE contacts")
        database.execute("DROP TABLE notes")
        database.execute("DROP TABLE appointment_codes")
        database.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    database.close()


async def test_a_journal_of_the_version_before_is_taken_along(tmp_path):
    sqlite.create(tmp_path, "clinic", "e")
    as_schema_1(tmp_path)
    journal = SqliteJournal(tmp_path)
    await journal.open()
    await journal.append(Batch(side_rows=[note(), AppointmentCode(AppointmentId("a"), "code")]))
    assert await journal.notes(TokenId("t-1")) == [note()]
    assert [one.code for one in (await journal.open()).appointment_codes] == ["code"]
    await journal.close()


async def test_a_journal_of_two_versions_before_has_room_for_contacts_too(tmp_path):
    sqlite.create(tmp_path, "clinic", "e")
    as_schema_1(tmp_path)
    journal = SqliteJournal(tmp_path)
    await journal.open()
    number = ContactNumber(ContactId("c-1"), Instant(1), b"sealed")
    await journal.append(Batch(side_rows=[number]))
    assert await journal.contact(ContactId("c-1")) == number
    await journal.close()


async def test_an_upgrade_that_breaks_off_leaves_the_older_journal(tmp_path):
    sqlite.create(tmp_path, "clinic", "e")
    as_schema_1(tmp_path)
    database = sqlite3.connect(tmp_path / sqlite.FILE)
    with database:
        database.execute("CREATE TABLE notes (x)")
    database.close()
    journal = SqliteJournal(tmp_path)
    with pytest.raises(JournalFault):
        await journal.open()
    await journal.close()
    database = sqlite3.connect(tmp_path / sqlite.FILE)
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    number = database.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0]
    database.close()
    assert (number, "appointment_codes" in tables) == ("1", False)
