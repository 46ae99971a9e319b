"""Whether a claim sets something where the cited texts set it."""
