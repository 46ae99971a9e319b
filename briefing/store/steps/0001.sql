-- Written for SQLite and PostgreSQL at once. On PostgreSQL `briefing.store.migrations` reads BLOB as BYTEA and TEXT as
-- TEXT COLLATE "C", so that both sort by code point. Long words of strangers (guids, URLs) are never in an index:
-- a PostgreSQL index row ends at 2,704 bytes; a digest stands for them.

CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE sources (
    slug TEXT NOT NULL PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    moved_to TEXT,
    gone BOOLEAN NOT NULL,
    not_before TEXT,
    checked_at TEXT,
    fingerprint TEXT
);

CREATE TABLE entries (
    key TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    guid TEXT NOT NULL,
    hash TEXT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    collected_at TEXT NOT NULL,
    media_type TEXT NOT NULL,
    url TEXT,
    title TEXT,
    language TEXT,
    outlet TEXT,
    published TEXT,
    basis TEXT,
    categories TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX entries_by_source ON entries (source, number);
CREATE INDEX entries_in_order ON entries (number, key, hash, withdrawn);

CREATE TABLE extractions (
    entry TEXT NOT NULL PRIMARY KEY REFERENCES entries (key),
    hash TEXT NOT NULL
);

CREATE TABLE articles (
    id TEXT NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    guid TEXT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    collected_at TEXT NOT NULL,
    published TEXT,
    basis TEXT,
    url TEXT,
    outlet TEXT,
    credit TEXT,
    credit_date TEXT,
    title_made BOOLEAN NOT NULL,
    related_to TEXT,
    categories TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX articles_in_order ON articles (sequence, id, withdrawn);

-- Which entries gave an article: wire copy and one page in two feeds are one article of several origins.
CREATE TABLE origins (
    article TEXT NOT NULL REFERENCES articles (id),
    entry TEXT NOT NULL REFERENCES entries (key),
    main BOOLEAN NOT NULL,
    PRIMARY KEY (article, entry)
);
CREATE INDEX origins_by_entry ON origins (entry, article);

CREATE TABLE embeddings (
    engine TEXT NOT NULL,
    hash TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (engine, hash)
);

CREATE TABLE answers (
    engine TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (engine, hash)
);

CREATE TABLE features (
    version TEXT NOT NULL,
    article TEXT NOT NULL REFERENCES articles (id),
    body BLOB NOT NULL,
    PRIMARY KEY (version, article)
);
CREATE INDEX features_by_article ON features (article);

CREATE TABLE states (
    name TEXT NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
);

CREATE TABLE storylines (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    muted BOOLEAN NOT NULL,
    followed BOOLEAN NOT NULL,
    merged_into TEXT REFERENCES storylines (id),
    newest BIGINT
);
CREATE INDEX storylines_by_newest ON storylines (newest, id);
CREATE INDEX storylines_by_heir ON storylines (merged_into);

CREATE TABLE developments (
    id TEXT NOT NULL PRIMARY KEY,
    storyline TEXT NOT NULL REFERENCES storylines (id),
    first TEXT,
    last TEXT
);
CREATE INDEX developments_by_storyline ON developments (storyline, id);

CREATE TABLE memberships (
    article TEXT NOT NULL PRIMARY KEY REFERENCES articles (id),
    development TEXT NOT NULL REFERENCES developments (id),
    storyline TEXT NOT NULL REFERENCES storylines (id),
    nearest TEXT,
    duplicate_of TEXT,
    reasons TEXT NOT NULL
);
CREATE INDEX memberships_by_storyline ON memberships (storyline, article);
CREATE INDEX memberships_by_development ON memberships (development, article);

CREATE TABLE corrections (
    number BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    storylines TEXT NOT NULL,
    articles TEXT NOT NULL,
    made_at TEXT NOT NULL
);

CREATE TABLE editions (
    newsletter TEXT NOT NULL,
    date TEXT NOT NULL,
    title TEXT NOT NULL,
    made_at TEXT NOT NULL,
    upto BIGINT NOT NULL,
    storylines INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (newsletter, date)
);
CREATE INDEX editions_by_date ON editions (date, newsletter);

CREATE TABLE failures (
    key TEXT NOT NULL PRIMARY KEY,
    stage TEXT NOT NULL,
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    at TEXT NOT NULL,
    transient BOOLEAN NOT NULL,
    run BIGINT
);

CREATE TABLE runs (
    number BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT
);
CREATE INDEX runs_by_kind ON runs (kind, number);

CREATE TABLE deliveries (
    newsletter TEXT NOT NULL,
    date TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    message_id TEXT NOT NULL,
    at TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (newsletter, date, address)
);
CREATE INDEX deliveries_by_state ON deliveries (state, newsletter, date, address);

-- Who holds a lock, for the error message alone: what is held is the lock file or the advisory lock.
CREATE TABLE locks (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    since TEXT NOT NULL
);
