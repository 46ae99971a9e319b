"""Whether the figures of a claim stand in the cited texts, and count there what they count in the claim."""
