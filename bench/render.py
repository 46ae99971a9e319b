"""What setting an edition costs, beyond reading and writing files. Run: ``python bench/render.py``.

Prints, for editions of forty storylines in one and in four languages, milliseconds of processor time for mail (HTML and
text), for the whole static site (pages and feeds), and for both: when every storyline is new, and when the same
edition is set again, as the service and the preview do; the parts of the mail; and how many personalised messages a
second one core builds, unsigned and signed, with the ratio to setting the mail again for each subscriber.
Times are the best of several rounds of processor time, so that a busy machine changes them little.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from mjml import mjml2html

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing.cli.main import COLLECTING
from briefing.model import Edition, Sentence, Telling
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

ROUNDS = 15


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Give the least processor time of a piece of work, warm, in milliseconds."""
    work()
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1_000


def never_seen(made: Edition) -> Iterator[Edition]:
    """Give editions like this one, each with texts and addresses of its own, so that nothing kept serves for them."""
    for number in count(1):
        yield replace(made, storylines=tuple(_anew(told, f" {number}") for told in made.storylines))


def _anew(told: Telling, mark: str) -> Telling:
    def sentences(given: Sequence[Sentence]) -> tuple[Sentence, ...]:
        return tuple(replace(one, text=one.text + mark) for one in given)

    return replace(
        told,
        headline=told.headline + mark,
        id=told.id + mark,
        sentences=sentences(told.sentences),
        new=sentences(told.new),
        milestones=tuple(replace(one, sentence=sentences([one.sentence])[0]) for one in told.milestones),
        references=tuple(
            replace(one, title=one.title + mark, url=f"{one.url}{mark.strip()}") for one in told.references
        ),
    )


def setting() -> None:
    """Print what forty storylines cost when all are new, and when they were set before."""
    print("forty storylines, ms           mail   site   both   (to reach: 60)")
    for languages in (("en",), ("vi",), ("th",), ("fa",), ("en", "vi", "th", "fa")):
        made = edition(40, *languages)
        new = never_seen(made)
        for name, give in (("new", lambda new=new: next(new)), ("again", lambda made=made: made)):
            mailed = milliseconds(lambda give=give: mail(give(), SITE))  # type: ignore[misc]
            site = milliseconds(lambda give=give: pages.site_files([give()], [], SITE))  # type: ignore[misc]
            both = milliseconds(lambda give=give: set_whole(give()))  # type: ignore[misc]
            print(f"  {'+'.join(languages):<16} {name:<9} {mailed:6.1f} {site:6.1f} {both:6.1f}")


def set_whole(made: Edition) -> None:
    """Set an edition as a run does: the mail, then the site, which shares what the mail made of it."""
    mail(made, SITE)
    pages.site_files([made], [], SITE)


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
        ("view", lambda: view.__wrapped__(made, SITE)),
        ("HTML template", lambda: html.render(context)),
        (
            "text template, wrapped",
            lambda: text.render(
                context,
                wrap=mails.wrap,
                width=mails.WIDTH,
                numbering=mails._Marks,
                linked_above=False,
                once=lambda macro, story: macro(story),
            ),
        ),
        ("prepare", lambda: prepare_mjml(source)),
        ("compiler", lambda: mjml2html(ready, fonts={})),
        ("verify", lambda: verify(compiled)),
    ):
        print(f"  {name:<26} {milliseconds(work):6.1f}")


def messages(number: int = 10_000) -> None:
    """Print how many personalised messages one core builds."""
    print(f"messages a second, {number:,} of them")
    for language in ("en", "vi", "th"):
        made = edition(12, language)
        html, text = mail(made, SITE)
        mailing = prepare(made, html, text, "News <news@news.example.org>", unsubscribe="https://news.example.org/u/")
        start = time.process_time()
        for subscriber in range(number):
            mailing.to(f"subscriber-{subscriber}@example.com", f"https://news.example.org/u/{subscriber:024x}")
        rate = number / (time.process_time() - start)
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
    gc.set_threshold(*COLLECTING)  # as the command does
    setting()
    parts()
    messages()
