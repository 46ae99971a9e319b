"""Ways to hand a message over: a mail server, and a folder of .eml files; each is imported where it is used."""
