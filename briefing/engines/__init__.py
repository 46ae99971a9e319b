"""Engines: what embeds, summarises and translates; offline defaults and clients for model servers."""
