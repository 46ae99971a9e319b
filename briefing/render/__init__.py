"""Editions into what people read: mail, text part, message, pages and feeds. Pure but for reading templates."""
