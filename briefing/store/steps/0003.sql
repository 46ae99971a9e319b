-- What searching needs. `documents` gives each indexed state of an article a number of its own, newer ones higher; the
-- terms of its title and text are in `search` under that number, which each dialect keeps in its own kind of index. A
-- changed article gets a new number, and what stands under the old one is found by nobody.

CREATE TABLE documents (
    number BIGINT NOT NULL PRIMARY KEY,
    article TEXT NOT NULL UNIQUE REFERENCES articles (id)
);

-- SQLite: the terms are not kept beside their index, and neither are their places.
/* sqlite */ CREATE VIRTUAL TABLE search USING fts5 (title, body, content = '', detail = column, tokenize = 'ascii');

/* postgresql */ CREATE TABLE search (
    number BIGINT NOT NULL PRIMARY KEY,
    title TSVECTOR NOT NULL,
    body TSVECTOR NOT NULL
);
/* postgresql */ CREATE INDEX search_by_title ON search USING GIN (title);
/* postgresql */ CREATE INDEX search_by_body ON search USING GIN (body);

-- Articles that wait to be indexed: those that were there before this step.
CREATE TABLE unindexed (
    sequence BIGINT NOT NULL PRIMARY KEY REFERENCES articles (sequence)
);
INSERT INTO unindexed (sequence) SELECT sequence FROM articles;
