"""Notes of consultations: sealed, apart from the events, read by few, and gone for good once they are erased."""

import asyncio
import sqlite3

import pytest
from hub_world import make, new_id, running

from hub import notes
from hub.notes import NoteKeys
from smartqueue.cli import main
from smartqueue.errors import JournalFault
from smartqueue.terms import CommandId, Instant, OperatorId, TokenId

TEXT = "Blood pressure 140/90. Come again in two weeks. शुभम्"
DOCTOR = OperatorId("doctor-1")


async def finished(hub, text=TEXT, key="doctor-1", **more):
    """A token whose consultation in room 1 ended with a note."""
    token = (await hub.issue())["token"]
    await hub.told("/rooms/room-1/call-next", key=key)
    await hub.told(f"/tokens/{token}/start", key=key)
    await hub.told(f"/tokens/{token}/finish", {"note": text}, key=key, **more)
    return token


async def texts(hub, token, key="doctor-1"):
    return [note["text"] for note in (await hub.read(f"/tokens/{token}/note", key=key))["notes"]]


def bytes_in(directory):
    return b"".join(path.read_bytes() for path in directory.glob("journal.db*"))


async def test_a_note_is_read_by_doctors_and_administrators_and_nobody_else(hub):
    token = await finished(hub)
    for key in ("doctor-1", "doctor-2", "admin-1"):
        (note,) = (await hub.read(f"/tokens/{token}/note", key=key))["notes"]
        assert (note["text"], note["by"]) == (TEXT, "doctor-1")
    for key in ("reception-1", "nurse-1", "technician", "desk-1", "hall"):
        answer = await hub.get(f"/api/v1/tokens/{token}/note", key=key)
        assert (answer.status, answer.json["code"]) == (403, "not_permitted")


async def test_a_note_is_nowhere_in_the_journal_in_clear(hub):
    token = await finished(hub)
    await finished(hub, "another")
    assert await texts(hub, token) == [TEXT]
    everything = bytes_in(hub.directory)
    assert token.encode() in everything
    for part in (TEXT, "Blood pressure", "another"):
        assert part.encode() not in everything


async def test_notes_and_their_keys_live_through_a_restart(tmp_path):
    await make(tmp_path)
    async with running(tmp_path) as hub:
        token = await finished(hub)
    assert ((tmp_path / notes.FILE).stat().st_mode & 0o077) == 0
    async with running(tmp_path) as hub:
        assert await texts(hub, token) == [TEXT]


async def test_a_visit_has_a_note_of_each_consultation(hub):
    token = (await hub.issue(visit_type="check-up"))["token"]
    for room, text in (("room-1", "first"), ("window-3", "second")):
        await hub.told(f"/rooms/{room}/call-next", key="admin-1")
        await hub.told(f"/tokens/{token}/finish", {"note": text}, key="admin-1")
    assert await texts(hub, token) == ["first", "second"]


async def test_the_same_finish_sent_twice_leaves_one_note(hub):
    command_id = new_id()
    token = await finished(hub, command_id=command_id)
    await hub.told(f"/tokens/{token}/finish", {"note": TEXT}, key="doctor-1", command_id=command_id)
    assert await texts(hub, token) == [TEXT]


async def test_a_finish_that_is_refused_leaves_no_note(hub):
    token = (await hub.issue())["token"]
    code, _ = await hub.refused(f"/tokens/{token}/finish", {"note": TEXT}, key="doctor-1")
    assert code == "impossible_transition"
    assert await texts(hub, token) == []
    code, _ = await hub.refused("/tokens/nobody/finish", {"note": TEXT}, key="doctor-1")
    assert code == "unknown_token"


async def test_an_undone_finish_takes_its_note_back(hub):
    command_id = new_id()
    token = await finished(hub, command_id=command_id)
    await hub.told("/rooms/room-1/undo", {"command": command_id}, key="doctor-1")
    assert await texts(hub, token) == []
    await hub.told(f"/tokens/{token}/finish", {"note": "right"}, key="doctor-1")
    assert await texts(hub, token) == ["right"]


async def test_a_note_may_be_empty_but_not_too_long_and_a_unit_writes_none(hub):
    token = (await hub.issue())["token"]
    await hub.call_next()
    code, problem = await hub.refused(f"/tokens/{token}/finish", {"note": "x" * 2001}, key="doctor-1")
    assert (code, problem["errors"]) == ("invalid_request", ["$.note: expected `str` of length <= 2000"])
    code, problem = await hub.refused(f"/tokens/{token}/finish", {"note": "x"}, key="desk-1")
    assert (code, problem["values"]["action"]) == ("not_permitted", "note")
    await hub.told(f"/tokens/{token}/finish", {"note": " \n"}, key="doctor-1")
    assert await texts(hub, token) == []
    assert not (hub.directory / notes.FILE).exists()


async def test_a_token_that_never_was_has_no_notes(hub):
    answer = await hub.get("/api/v1/tokens/nobody/note", key="doctor-1")
    assert (answer.status, answer.json["code"]) == (404, "unknown_token")


async def test_an_erased_note_is_gone_for_good_while_the_hub_runs(hub, capsys):
    erased, kept = await finished(hub), await finished(hub, "kept")
    words = ["erase-notes", "--data", str(hub.directory), "--token", erased]
    assert await asyncio.to_thread(main, words) == 0
    assert capsys.readouterr().out == "Tokens whose notes have been erased: 1\n"
    assert (await texts(hub, erased), await texts(hub, kept)) == ([None], ["kept"])
    assert await asyncio.to_thread(main, [*words, "--json"]) == 0
    assert capsys.readouterr().out == '{"tokens": 0}\n'


async def test_a_note_after_an_erasure_does_not_bring_the_earlier_ones_back(hub):
    token = (await hub.issue(visit_type="check-up"))["token"]
    await hub.told("/rooms/room-1/call-next", key="admin-1")
    await hub.told(f"/tokens/{token}/finish", {"note": "first"}, key="admin-1")
    notes.erase(hub.directory, token=TokenId(token))
    await hub.told("/rooms/window-3/call-next", key="admin-1")
    await hub.told(f"/tokens/{token}/finish", {"note": "second"}, key="admin-1")
    assert await texts(hub, token) == [None, "second"]


# --- the keys -----------------------------------------------------------------------------------------


@pytest.fixture
async def keys(tmp_path):
    made = NoteKeys(tmp_path)
    yield made
    made.close()


async def sealed(keys, token="t-1", command="command-1", at=1000, text=TEXT):
    return await keys.seal(TokenId(token), text, command=CommandId(command), by=DOCTOR, at=Instant(at))


async def test_the_key_is_on_disk_when_a_note_is_sealed(keys, tmp_path):
    note = await sealed(keys)
    with sqlite3.connect(tmp_path / notes.FILE) as database:
        rows = database.execute("SELECT token, length(key), made_at FROM keys").fetchall()
    database.close()
    assert rows == [("t-1", 32, 1000)]
    assert TEXT.encode() not in note.sealed
    assert await keys.unseal(note) == TEXT


async def test_the_same_text_never_looks_the_same(keys):
    one, two = await sealed(keys), await sealed(keys)
    assert one.sealed != two.sealed


async def test_a_note_can_not_be_moved_to_another_token_or_command(keys):
    note = await sealed(keys)
    await sealed(keys, token="t-2")
    for changed in ({"token": TokenId("t-2")}, {"command": CommandId("command-2")}):
        moved = type(note)(**{**{name: getattr(note, name) for name in note.__slots__}, **changed})
        assert await keys.unseal(moved) is None


async def test_keys_are_erased_by_age(keys, tmp_path):
    old, new = await sealed(keys, at=1000), await sealed(keys, token="t-2", at=2000)
    assert notes.erase(tmp_path, before=Instant(2000)) == 1
    assert (await keys.unseal(old), await keys.unseal(new)) == (None, TEXT)


async def test_an_erased_key_is_overwritten_in_its_file(keys, tmp_path):
    await sealed(keys)
    with sqlite3.connect(tmp_path / notes.FILE) as database:
        key = database.execute("SELECT key FROM keys").fetchone()[0]
    database.close()
    assert key in (tmp_path / notes.FILE).read_bytes()
    notes.erase(tmp_path, token=TokenId("t-1"))
    assert all(key not in path.read_bytes() for path in tmp_path.iterdir())


async def test_where_there_are_no_notes_there_is_nothing_to_erase(tmp_path):
    assert notes.erase(tmp_path, token=TokenId("t-1")) == 0
    assert list(tmp_path.iterdir()) == []


async def test_keys_that_can_not_be_used_are_told(keys, tmp_path):
    (tmp_path / notes.FILE).write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with pytest.raises(JournalFault, match="note-keys"):
        await sealed(keys)
