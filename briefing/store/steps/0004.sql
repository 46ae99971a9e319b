-- What the site lists of the storylines that editions told, and when each entry of a feed was first told: both are in
-- the editions themselves, but to read thousands of those for a list took longer than to make the site.

CREATE TABLE tellings (
    newsletter TEXT NOT NULL,
    date TEXT NOT NULL,
    rank INTEGER NOT NULL,
    storyline TEXT NOT NULL,
    slug TEXT NOT NULL,
    headline TEXT NOT NULL,
    language TEXT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (newsletter, date, rank)
);
CREATE INDEX tellings_by_date ON tellings (date, newsletter, rank);

CREATE TABLE told (
    newsletter TEXT NOT NULL,
    subject TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (newsletter, subject)
);
CREATE INDEX told_by_time ON told (at);

-- Editions that wait to be listed so: those that were there before this step.
CREATE TABLE unlisted (
    newsletter TEXT NOT NULL,
    date TEXT NOT NULL,
    PRIMARY KEY (newsletter, date)
);
INSERT INTO unlisted (newsletter, date) SELECT newsletter, date FROM editions;
