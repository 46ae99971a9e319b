"""How a publisher is spoken to and spoken of."""

from briefing.collectors.answers import explain, shown, user_agent


def test_a_mail_address_is_a_contact():
    """An e-mail address is written as a link that programs understand."""
    assert user_agent("me@example.org").endswith("(+mailto:me@example.org)")


def test_statuses_are_explained():
    """A status is shown with its name and what it usually means."""
    assert explain(404) == "answered 404 Not Found: the address may be wrong or outdated"
    assert explain(799) == "answered 799 an unknown status: the fault is the publisher's"


def test_addresses_are_shown_without_what_may_be_secret():
    """Login and query stay out of messages."""
    assert shown("https://me:pass@example.org/feed?key=secret#part") == "https://example.org/feed"
