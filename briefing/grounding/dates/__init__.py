"""Whether days, times and spans of time of a claim stand in the cited texts, and of what they are told there."""
