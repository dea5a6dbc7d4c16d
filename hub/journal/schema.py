"""Tables of the embedded journal, their schema number, and how older ones become the present one."""

SCHEMA = 3

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    by TEXT NOT NULL,
    command_id TEXT
);
CREATE INDEX days ON events (seq) WHERE kind = 'day_opened';
CREATE TABLE commands (
    id TEXT PRIMARY KEY,
    actor TEXT NOT NULL,
    digest BLOB NOT NULL,
    status INTEGER NOT NULL,
    answer BLOB NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE unit_keys (unit TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE status_secrets (token TEXT PRIMARY KEY, secret TEXT NOT NULL, code TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE people (operator TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE setup_codes (digest BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE appointment_codes (appointment TEXT PRIMARY KEY, code TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (
    token TEXT NOT NULL,
    command TEXT NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (token, command)
) WITHOUT ROWID;
CREATE TABLE contacts (contact TEXT PRIMARY KEY, at INTEGER NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID;
"""

UPGRADES: dict[int, tuple[str, ...]] = {
    1: (
        "CREATE TABLE appointment_codes (appointment TEXT PRIMARY KEY, code TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE notes (
            token TEXT NOT NULL,
            command TEXT NOT NULL,
            at INTEGER NOT NULL,
            by TEXT NOT NULL,
            sealed BLOB NOT NULL,
            PRIMARY KEY (token, command)
        ) WITHOUT ROWID""",
    ),
    2: ("CREATE TABLE contacts (contact TEXT PRIMARY KEY, at INTEGER NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID",),
}
"""From each older number to the next."""

INSERT_EVENT = "INSERT INTO events (seq, at, day, kind, body, by, command_id) VALUES (?, ?, ?, ?, ?, ?, ?)"
INSERT_ANSWER = "INSERT INTO commands (id, actor, digest, status, answer, at) VALUES (?, ?, ?, ?, ?, ?)"
