-- Copies of pictures that editions show, so that no reader's program need ask a source for them. A row without a body says
-- why there is none, so that a source is not asked again for what it does not have.
CREATE TABLE pictures (
    file TEXT NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    refused TEXT,
    body BLOB NOT NULL
);
