"""Telephone numbers for messages: with consent, sealed, in no event and no answer, and gone for good once erased."""

import asyncio
import hashlib
import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from aiohttp.test_utils import make_mocked_request
from hub_world import make, new_id, running

from hub import contacts
from hub.api.application import make_app
from hub.api.context import HUB, Hub
from hub.api.origins import Origins
from hub.api.ticket_routes import set_contact
from hub.contacts import Contacts
from hub.journal import sqlite
from hub.journal.records import CONTACTS_KEPT_MS, Batch, ContactNumber
from hub.journal.sqlite import SqliteJournal
from smartqueue.cli import main
from smartqueue.errors import InsecureContact, JournalFault
from smartqueue.terms import ContactId, Instant

TYPED, PHONE = "+91 98765-43210", "+919876543210"
BODY = {"phone": TYPED, "consent": True}


async def leave(hub, token, body=BODY, key="hall", **more):
    return await hub.told(f"/tokens/{token}/contact", body, key=key, method="PUT", **more)


async def refused(hub, token, body, **more):
    return await hub.refused(f"/tokens/{token}/contact", body, key="hall", method="PUT", **more)


def journalled(hub, query):
    with closing(sqlite3.connect(f"file:{hub.directory}/journal.db?mode=ro", uri=True)) as journal:
        return journal.execute(query).fetchall()


def contact_of(hub, token):
    """Contact of the last event of this token that tells one."""
    rows = journalled(
        hub,
        "SELECT json_extract(body, '$.token'), json_extract(body, '$.contact') FROM events WHERE kind = 'contact_set'",
    )
    return [contact for one, contact in rows if one == token][-1]


async def test_a_number_is_taken_and_nothing_about_anybody_comes_back(hub):
    for who in ("hall", "reception-1", "nurse-1"):
        token = (await hub.issue())["token"]
        assert await leave(hub, token, key=who) == {}
        assert PHONE[1:] not in str(await hub.read(f"/tokens/{token}"))


async def test_the_same_number_is_the_same_person_and_another_one_is_not(hub):
    first, second, third = [(await hub.issue())["token"] for _ in range(3)]
    await leave(hub, first)
    await leave(hub, second, {"phone": "0091 (0) 98765 43210", "consent": True})
    await leave(hub, third, {"phone": "+91 98765 43211", "consent": True})
    known = [contact_of(hub, token) for token in (first, second, third)]
    assert known[0] == known[1] != known[2]
    assert len(journalled(hub, "SELECT * FROM contacts")) == 2


async def test_the_number_is_nowhere_in_the_journal_nor_can_it_be_found_by_trying(hub):
    token, command_id = (await hub.issue())["token"], new_id()
    await leave(hub, token, command_id=command_id)
    everything = b"".join(path.read_bytes() for path in hub.directory.glob("journal.db*"))
    for text in (TYPED, PHONE, PHONE[1:], PHONE[3:]):
        assert text.encode() not in everything
    keys = (hub.directory / contacts.FILE).read_bytes()
    assert PHONE[3:].encode() not in keys
    assert (hub.directory / contacts.FILE).stat().st_mode & 0o077 == 0
    ((kept,),) = journalled(hub, f"SELECT digest FROM commands WHERE id = '{command_id}'")
    assert kept not in digests_of_the_request(token)


def digests_of_the_request(token):
    """As of every other command: whoever has the journal could try all numbers on them."""
    head = f"PUT /api/v1/tokens/{token}/contact\n".encode()
    return [hashlib.sha256(head + json.dumps(BODY).encode()).digest()]


async def test_a_repeat_gets_the_first_answer_and_other_content_is_refused(hub):
    token, command_id = (await hub.issue())["token"], new_id()
    for _ in range(2):
        assert await leave(hub, token, command_id=command_id) == {}
    other = await hub.ask(
        "PUT",
        f"/api/v1/tokens/{token}/contact",
        {"phone": "+91 98765 43211", "consent": True},
        key="hall",
        Idempotency_Key=command_id,
    )
    assert (other.status, other.json["code"]) == (409, "idempotency_key_reused")
    assert len(journalled(hub, "SELECT * FROM events WHERE kind = 'contact_set'")) == 1


@pytest.mark.parametrize("phone", ["98765 01234", "+91", "call me", "", "+91 98765 4321x"])
async def test_a_number_that_is_not_whole_is_refused_in_words_without_repeating_it(hub, phone):
    token = (await hub.issue())["token"]
    code, problem = await refused(hub, token, {"phone": phone, "consent": True}, Accept_Language="hi")
    assert (code, problem["status"], problem["values"]) == ("bad_phone", 422, {})
    assert problem["title"] == "यह पूरा फ़ोन नंबर नहीं है।"
    assert len(phone) < 4 or phone not in str(problem)


async def test_without_consent_nothing_is_kept(hub):
    token = (await hub.issue())["token"]
    for body in ({"phone": TYPED}, {"phone": TYPED, "consent": False}, {"phone": "nonsense"}):
        assert (await refused(hub, token, body))[0] == "consent_needed"
    assert not (hub.directory / contacts.FILE).exists()


async def test_of_a_visit_that_is_over_and_of_one_that_never_was_no_number_is_kept(hub):
    token = (await hub.issue())["token"]
    await hub.told(f"/tokens/{token}/cancel")
    assert (await refused(hub, token, BODY))[0] == "token_over"
    assert (await refused(hub, "nobody", BODY))[0] == "unknown_token"
    assert journalled(hub, "SELECT * FROM contacts") == []


async def test_the_feed_tells_nobody_who_left_a_number(hub):
    token = (await hub.issue())["token"]
    async with hub.feed("hall") as units, hub.feed() as public:
        for reader in (units, public):
            await reader.greeted()
        await leave(hub, token)
        for reader in (units, public):
            change = await reader.next("change")
            assert change["kind"] == "contact_set"
            assert token not in str(change)
            assert (change["departments"], change["rooms"], change["call"]) == ([], [], None)


async def test_a_hub_that_listens_in_the_open_takes_numbers_on_its_own_machine_alone(tmp_path):
    await make(tmp_path)
    async with running(tmp_path, host="0.0.0.0", insecure_lan=True) as hub:
        token = (await hub.issue())["token"]
        await leave(hub, token)
    app = make_app(Hub("1", Origins(frozenset(), None), insecure_lan=True))
    request = make_mocked_request("PUT", "/api/v1/tokens/t-1/contact", app=app)
    assert request.remote is None
    assert app[HUB].insecure_lan
    with pytest.raises(InsecureContact):
        await set_contact(request)


async def test_numbers_live_through_a_restart_and_are_the_same_person_after_it(tmp_path):
    await make(tmp_path)
    async with running(tmp_path) as hub:
        first = (await hub.issue())["token"]
        await leave(hub, first)
    async with running(tmp_path) as hub:
        second = (await hub.issue())["token"]
        await leave(hub, second)
        assert contact_of(hub, first) == contact_of(hub, second)


def typed(hub, phone):
    """What the verb says to who types the number instead of leaving it among the commands of a shell."""
    words = [sys.executable, "-m", "smartqueue", "erase-contacts", "--data", str(hub.directory), "--phone", "-"]
    return subprocess.run(words, input=f"{phone}\n", capture_output=True, text=True, check=True).stdout


async def test_an_erased_number_is_gone_for_good_while_the_hub_runs(hub, capsys):
    tokens = [(await hub.issue())["token"] for _ in range(2)]
    for token, phone in zip(tokens, (PHONE, "+442079460000"), strict=True):
        await leave(hub, token, {"phone": phone, "consent": True})
    before = contact_of(hub, tokens[0])
    assert await asyncio.to_thread(typed, hub, TYPED) == "Telephone numbers that have been erased: 1\n"
    await leave(hub, tokens[0])
    assert contact_of(hub, tokens[0]) != before
    assert await asyncio.to_thread(main, ["erase-contacts", "--data", str(hub.directory), "--older-than", "0"]) == 0
    assert capsys.readouterr().out == "Telephone numbers that have been erased: 2\n"


async def test_what_is_to_be_erased_must_be_a_number_of_a_site(tmp_path, capsys):
    missing = ["erase-contacts", "--data", str(tmp_path / "nothing"), "--older-than", "1"]
    assert await asyncio.to_thread(main, missing) == 1
    assert await asyncio.to_thread(main, ["erase-contacts", "--data", str(tmp_path), "--phone", "98765"]) == 1
    assert "country prefix" in capsys.readouterr().err
    assert await asyncio.to_thread(main, ["erase-contacts", "--data", str(tmp_path), "--phone", PHONE]) == 0
    assert list(tmp_path.iterdir()) == []


# --- the keys -----------------------------------------------------------------------------------------


@pytest.fixture
async def kept(tmp_path):
    made = Contacts(tmp_path)
    yield made
    made.close()


async def test_what_is_kept_can_be_read_again_by_whoever_has_both_files(kept):
    number = await kept.keep(PHONE, Instant(1000))
    again = await kept.keep(PHONE, Instant(2000))
    assert number.contact == again.contact
    assert number.sealed != again.sealed
    assert [await kept.phone_of(one) for one in (number, again)] == [PHONE, PHONE]
    moved = ContactNumber(ContactId("another"), number.at, number.sealed)
    assert await kept.phone_of(moved) is None


async def test_a_number_stays_as_long_as_it_was_given_lately(kept, tmp_path):
    old, new = await kept.keep(PHONE, Instant(1000)), await kept.keep("+442079460000", Instant(1000))
    await kept.keep(PHONE, Instant(2000))
    assert contacts.erase(tmp_path, before=Instant(2000)) == 1
    assert (await kept.phone_of(old), await kept.phone_of(new)) == (PHONE, None)


async def test_the_hub_erases_by_itself_what_was_given_too_long_ago(kept):
    old = await kept.keep(PHONE, Instant(1000))
    new = await kept.keep("+442079460000", Instant(1001))
    erasing = asyncio.create_task(kept.keep_erasing(lambda: Instant(1001 + CONTACTS_KEPT_MS)))
    await asyncio.sleep(0)
    assert await kept.phone_of(old) is None
    erasing.cancel()
    await asyncio.gather(erasing, return_exceptions=True)
    assert await kept.phone_of(new) == "+442079460000"


async def test_the_journal_forgets_sealed_numbers_when_a_day_opens_a_month_later(tmp_path):
    sqlite.create(tmp_path, "clinic", "epoch-1")
    journal = SqliteJournal(tmp_path)
    await journal.open()
    rows = [ContactNumber(ContactId(f"c-{at}"), Instant(at), b"sealed") for at in (1, 2)]
    await journal.append(Batch(side_rows=rows))
    await journal.append(Batch(new_day=Instant(2 + CONTACTS_KEPT_MS)))
    assert [await journal.contact(row.contact) for row in rows] == [None, rows[1]]
    await journal.close()


async def test_an_erased_number_leaves_no_trace_in_its_file(kept, tmp_path):
    await kept.keep(PHONE, Instant(1000))
    with closing(sqlite3.connect(tmp_path / contacts.FILE)) as database:
        key, digest = database.execute("SELECT key, digest FROM contacts").fetchone()
    contacts.erase(tmp_path, phone=PHONE)
    assert all(key not in path.read_bytes() and digest not in path.read_bytes() for path in tmp_path.iterdir())


async def test_keys_that_can_not_be_used_are_told(kept, tmp_path):
    (tmp_path / contacts.FILE).write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with pytest.raises(JournalFault, match="Telephone numbers can be neither written nor read"):
        await kept.keep(PHONE, Instant(1))
