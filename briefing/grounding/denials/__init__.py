"""Whether a claim says the opposite of the cited texts, or more than has happened."""
