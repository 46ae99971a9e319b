-- What waits to be read and to be grouped is asked after every batch. To find it by what is missing (entries without an
-- extraction, articles without a membership) took half a second in an archive of 100,000; a row for each that waits,
-- written and removed in the same transactions, takes as long as there is waiting.

CREATE TABLE unread (
    number BIGINT NOT NULL PRIMARY KEY REFERENCES entries (number)
);
INSERT INTO unread (number)
    SELECT entries.number FROM entries
    LEFT JOIN extractions ON extractions.entry = entries.key AND extractions.hash = entries.hash
    WHERE extractions.entry IS NULL;
DROP TABLE extractions;
DROP INDEX entries_in_order;

CREATE TABLE ungrouped (
    sequence BIGINT NOT NULL PRIMARY KEY REFERENCES articles (sequence)
);
INSERT INTO ungrouped (sequence)
    SELECT articles.sequence FROM articles
    LEFT JOIN memberships ON memberships.article = articles.id
    WHERE memberships.article IS NULL;
