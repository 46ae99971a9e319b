"""What setting an edition costs, beyond reading and writing files. Run: ``python bench/render.py``.

Prints, for editions of forty storylines in one and in four languages, milliseconds of processor time for mail (HTML and
text), for the whole static site (pages and feeds), and for both; the parts of the mail; and how many personalised
messages a second one core builds, unsigned and signed, with the ratio to setting the mail again for each subscriber.
Times are the best of several rounds of processor time, so that a busy machine changes them little.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from mjml import mjml2html

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing.render import mail as mails
from briefing.render import pages
from briefing.render.dkim import sign
from briefing.render.environment import environment
from briefing.render.mail import mail
from briefing.render.message import prepare
from briefing.render.mjml import prepare as prepare_mjml
from briefing.render.mjml import verify
from briefing.render.viewing import view
from tests.render.editions import SITE, edition

ROUNDS = 7


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the least processor time of a piece of work, warm, in milliseconds."""
    work()
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1_000


def setting() -> None:
    """Print what forty storylines cost."""
    print("forty storylines, ms           mail   site   both")
    for languages in (("en",), ("vi",), ("th",), ("fa",), ("en", "vi", "th", "fa")):
        made = edition(40, *languages)
        mailed = milliseconds(lambda made=made: mail(made, SITE))  # type: ignore[misc]
        site = milliseconds(lambda made=made: pages.site_files([made], [], SITE))  # type: ignore[misc]
        print(f"  {'+'.join(languages):<26} {mailed:6.1f} {site:6.1f} {mailed + site:6.1f}   (to reach: 60)")


def parts() -> None:
    """Print where the time of a mail goes."""
    made = edition(40, "en", "vi", "th", "fa")
    context = mails._context(made, SITE, ())
    html = environment("en").get_template("mail/edition.mjml")
    text = environment("en").get_template("mail/edition.txt")
    source = html.render(context)
    ready = prepare_mjml(source)
    compiled = mjml2html(ready, fonts={})
    print("parts of the mail, ms")
    for name, work in (
        ("view", lambda: view(made, SITE)),
        ("HTML template", lambda: html.render(context)),
        (
            "text template, wrapped",
            lambda: text.render(context, wrap=mails.wrap, width=mails.WIDTH, numbering=mails._Marks),
        ),
        ("prepare", lambda: prepare_mjml(source)),
        ("compiler", lambda: mjml2html(ready, fonts={})),
        ("verify", lambda: verify(compiled)),
    ):
        print(f"  {name:<26} {milliseconds(work):6.1f}")


def messages(count: int = 10_000) -> None:
    """Print how many personalised messages one core builds."""
    print(f"messages a second, {count:,} of them")
    for language in ("en", "vi", "th"):
        made = edition(12, language)
        html, text = mail(made, SITE)
        mailing = prepare(made, html, text, "News <news@news.example.org>", unsubscribe="https://news.example.org/u/")
        start = time.process_time()
        for number in range(count):
            mailing.to(f"subscriber-{number}@example.com", f"https://news.example.org/u/{number:024x}")
        rate = count / (time.process_time() - start)
        again = milliseconds(lambda made=made: mail(made, SITE)) * rate / 1_000  # type: ignore[misc]
        print(f"  {language}: {rate:8,.0f}   (to reach: 5,000; {again:.0f} x setting the mail again for each)")
        raw = mailing.to("anna@example.com").message
        for kind, key in (
            ("RSA", rsa.generate_private_key(65537, 2048)),
            ("Ed25519", ed25519.Ed25519PrivateKey.generate()),
        ):
            cost = milliseconds(lambda raw=raw, key=key: sign(raw, key, "s", "news.example.org"), 50)  # type: ignore[misc]
            print(f"      signed with {kind:<8} {1_000 / (cost + 1_000 / rate):8,.0f}")


if __name__ == "__main__":
    setting()
    parts()
    messages()
