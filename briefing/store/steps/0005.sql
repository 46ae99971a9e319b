-- The picture that a source shows with an article: its address, what it shows, its size.
ALTER TABLE entries ADD COLUMN image TEXT;
ALTER TABLE articles ADD COLUMN image TEXT;
