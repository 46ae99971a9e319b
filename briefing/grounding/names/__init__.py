"""Whether who is named is named in the cited texts, and did there what a claim tells of them."""
