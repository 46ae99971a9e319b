"""A mail, a message and a page with nothing to find in them: what each test breaks in one place."""

from __future__ import annotations

STYLE = "@media (prefers-color-scheme: dark) { .ink { color: #eeeeee !important } .paper { background: #111111 } }"
MAIL = f"""<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>Upper house sets a date</title>
<style>{STYLE}</style></head>
<body class="paper" style="background-color:#ffffff">
<div lang="en" dir="ltr" style="display:none">River levels fall after a week of flooding in the delta</div>
<!--[if mso | IE]><table role="presentation" width="640"><tr><td><![endif]-->
<div lang="en" dir="ltr" class="paper ink" style="color:#222222">
<h1>Morning</h1>
<h2>The upper house</h2>
<table role="presentation"><tr><td style="font-size:17px">
<p>The upper house will vote on the partnership treaty on Wednesday, its speaker said.
<a class="ink" style="color:#333333" href="https://example.org/treaty">The Harbour Post</a></p>
<p><img src="https://example.org/a.png" alt="A map of the delta" width="600" height="300"></p>
<p><a class="ink" style="color:#333333" href="https://example.org/u/1">Unsubscribe</a></p>
</td></tr></table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</body></html>
"""
TEXT = """MORNING

The upper house will vote on the partnership treaty on Wednesday, its speaker
said. [1]

[1] The Harbour Post: https://example.org/treaty
Unsubscribe: https://example.org/u/1
"""
HEAD = """From: Morning briefing <morning@news.example.org>
To: reader@example.com
Message-ID: <1f2e@news.example.org>
List-Unsubscribe: <https://example.org/u/1>,
 <mailto:morning@news.example.org?subject=unsubscribe>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
List-Id: Morning briefing <morning.news.example.org>
Feedback-ID: 1:morning:briefing:example
Precedence: bulk
MIME-Version: 1.0
Subject: Upper house sets a date
Date: Fri, 08 Nov 2024 00:00:00 +0000
Content-Type: multipart/alternative; boundary="b"
"""
PART = 'Content-Type: text/{kind}; charset="utf-8"\nContent-Transfer-Encoding: 7bit\n'
SIGNATURE = """DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s1;
 h=from:to:subject:date:message-id:mime-version:content-type:list-unsubscribe:
 list-unsubscribe-post; bh=AAAA; b=BBBB
"""
PAGE = """<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Morning</title><link rel="stylesheet" href="assets/style.css">
<link rel="alternate" type="application/rss+xml" title="Morning" href="feed.xml"></head>
<body><a class="skip" href="#main">Skip to the content</a>
<main id="main"><h1>Morning</h1><h2 id="one">The upper house</h2>
<p>It will vote on Wednesday. <a href="storylines/treaty/">The whole storyline</a></p></main></body></html>
"""
SHEET = """:root { --ink: #222222; --paper: #ffffff }
@media (prefers-color-scheme: dark) { :root { --ink: #eeeeee; --paper: #111111 } }
body { background: var(--paper); color: var(--ink); font: 17px/1.5 serif } a { color: inherit }
"""


def message(html: str = MAIL, text: str = TEXT, head: str = HEAD, part: str = PART) -> bytes:
    """Give a message of two parts with CRLF line ends."""
    plain, hyper = (f"--b\n{part.format(kind=kind)}\n{body}\n" for kind, body in (("plain", text), ("html", html)))
    return f"{head}\n{plain}{hyper}--b--\n".replace("\n", "\r\n").encode()
