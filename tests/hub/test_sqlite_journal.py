"""The embedded journal: what is appended is there again, damage is told, nothing is overwritten."""

import sqlite3

import pytest

from hub.domain.clinic import Clinic
from hub.domain.configuration import Site
from hub.domain.events import DayOpened, RoomPaused, SiteConfigured, TokenCalled, TokenIssued
from hub.domain.evolve import evolve
from hub.journal import codec, sqlite
from hub.journal.records import Batch, Recorded, StatusSecret, StoredAnswer, UnitKey
from hub.journal.sqlite import SqliteJournal
from smartqueue.errors import JournalFault
from smartqueue.terms import CallReason, CommandId, Day, Instant, Language, RoomId, TokenId, UnitName

EN = Language("en")
SITE = Site("clinic", {EN: "Riverside Clinic"}, (EN,), EN, "UTC")
DAY = Day("2026-03-02")


def recorded(seq, event, at=1_000):
    return Recorded(seq, Instant(at), DAY, event, "site:setup", CommandId(f"command-{seq}"))


def opened_day(seq, day="2026-03-02"):
    return recorded(seq, DayOpened(Day(day), SITE, (), (), (), ()))


def by_hand(directory, statement):
    connection = sqlite3.connect(directory / sqlite.FILE)
    with connection:
        connection.execute(statement)
    connection.close()


@pytest.fixture
async def journal(tmp_path):
    sqlite.create(tmp_path, "clinic", "epoch-1")
    journal = SqliteJournal(tmp_path)
    await journal.open()
    yield journal
    await journal.close()


async def replay(journal):
    found = []
    await journal.replay(found.append)
    return found


async def test_what_was_appended_is_replayed_as_it_was(journal):
    events = [
        recorded(1, SiteConfigured(SITE, (), (), ())),
        recorded(2, RoomPaused(RoomId("room-3"), Instant(5))),
        recorded(3, TokenCalled(TokenId("t"), RoomId("room-3"), 1, CallReason.CREDIT, (TokenId("u"),))),
    ]
    await journal.append(Batch(events=events))
    assert await replay(journal) == events


async def test_replay_starts_at_the_last_day(journal):
    await journal.append(Batch(events=[opened_day(1), opened_day(2), recorded(3, RoomPaused(RoomId("r")))]))
    assert [one.seq for one in await replay(journal)] == [2, 3]


async def test_an_answer_is_found_again_and_after_two_days_forgotten(journal):
    answer = StoredAnswer(CommandId("command-1"), "kiosk:hall", b"digest", 201, b"{}", Instant(1000))
    await journal.append(Batch(answers=[answer]))
    assert await journal.find_answer(answer.id) == answer
    await journal.append(Batch(new_day=Instant(1000 + sqlite.KEEP_ANSWERS_MS + 1)))
    assert await journal.find_answer(answer.id) is None


async def test_events_answers_and_side_rows_of_a_batch_are_one_transaction(journal):
    secret = StatusSecret(TokenId("t"), "SECRET", "CODE2345")
    await journal.append(Batch(events=[recorded(1, RoomPaused(RoomId("r")))]))
    with pytest.raises(JournalFault, match="did not take"):
        await journal.append(Batch(events=[recorded(1, RoomPaused(RoomId("r")))], side_rows=[secret]))
    assert (await journal.open()).status_secrets == []


async def test_status_secrets_end_with_their_day_and_keys_do_not(journal):
    rows = [StatusSecret(TokenId("t"), "SECRET", "CODE2345"), UnitKey(UnitName("hall"), b"digest")]
    await journal.append(Batch(side_rows=rows))
    opened = await journal.open()
    assert (opened.status_secrets, opened.unit_keys) == (rows[:1], rows[1:])
    await journal.append(Batch(new_day=Instant(1)))
    opened = await journal.open()
    assert (opened.status_secrets, opened.unit_keys) == ([], rows[1:])


async def test_full_synchronisation_is_on(journal):
    def ask(pragma):
        return journal._database.execute(f"PRAGMA {pragma}").fetchone()[0]

    assert await journal._in_thread(lambda: (ask("synchronous"), ask("journal_mode"))) == (2, "wal")


def test_a_site_is_never_overwritten(tmp_path):
    sqlite.create(tmp_path, "clinic", "e")
    with pytest.raises(JournalFault, match="never overwritten"):
        sqlite.create(tmp_path, "clinic", "e")


async def test_a_directory_without_a_site_says_how_to_make_one(tmp_path):
    journal = SqliteJournal(tmp_path)
    with pytest.raises(JournalFault, match="smartqueue setup"):
        await journal.open()
    await journal.close()


async def test_a_damaged_journal_is_told_and_left_alone(tmp_path):
    sqlite.create(tmp_path, "clinic", "e")
    path = tmp_path / sqlite.FILE
    path.write_bytes(b"not a database" + path.read_bytes()[14:])
    before = path.read_bytes()
    journal = SqliteJournal(tmp_path)
    with pytest.raises(JournalFault, match="damaged"):
        await journal.open()
    await journal.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("DELETE FROM events WHERE seq = 2", "event 2 is missing"),
        ("UPDATE events SET body = x'7b' WHERE seq = 2", "event 2 of kind"),
        ("UPDATE events SET kind = 'token_teleported' WHERE seq = 2", "token_teleported"),
    ],
)
async def test_a_gap_or_a_record_that_can_not_be_read_stops_the_replay(tmp_path, damage, what):
    sqlite.create(tmp_path, "clinic", "e")
    journal = SqliteJournal(tmp_path)
    await journal.open()
    await journal.append(Batch(events=[recorded(seq, RoomPaused(RoomId("r"))) for seq in (1, 2, 3)]))
    await journal.close()
    by_hand(tmp_path, damage)
    journal = SqliteJournal(tmp_path)
    await journal.open()
    with pytest.raises(JournalFault, match=what):
        await replay(journal)
    await journal.close()


async def test_a_journal_that_another_program_holds_is_told_and_not_called_damaged(tmp_path):
    sqlite.create(tmp_path, "clinic", "e")
    other = sqlite3.connect(tmp_path / sqlite.FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    journal = SqliteJournal(tmp_path, wait_s=0.05)
    with pytest.raises(JournalFault, match="held by another program"):
        await journal.open()
    other.close()
    await journal.close()


def test_a_directory_that_can_not_be_written_is_told_and_not_called_damaged(tmp_path):
    """Root may write everything, so a file stands where the journal's directory should be."""
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalFault, match="can't be"):
        sqlite.create(tmp_path / "file", "clinic", "e")


async def test_another_schema_number_is_told(tmp_path):
    sqlite.create(tmp_path, "clinic", "e")
    by_hand(tmp_path, "UPDATE meta SET value = '99' WHERE key = 'schema'")
    journal = SqliteJournal(tmp_path)
    with pytest.raises(JournalFault, match="schema 99"):
        await journal.open()
    await journal.close()


def test_every_event_has_a_kind_and_comes_back_from_its_body():
    event = TokenIssued(
        TokenId("t"), "medicine", "A001", 1, EN, (), "normal", "none", trial=True, ahead=3, low_s=None, high_s=None
    )
    assert codec.kind_of(TokenIssued) == "token_issued"
    assert codec.decode("token_issued", codec.encode(event)) == event
    state = Clinic()
    evolve(state, 1, Instant(1), SiteConfigured(SITE, (), (), ()))
    assert state.configured() == codec.decode("site_configured", codec.encode(SiteConfigured(SITE, (), (), ()))).site
