"""Whether a translator could be asked, found out without translating: a server that answers, models on disk."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import httpx

_PARTS = ("model.bin", "source.spm", "target.spm")
_SHOWN = 6  # pairs of languages that are named


def server_ready(url: str, path: str, *, timeout: float = 5.0, transport: httpx.BaseTransport | None = None) -> str:
    """Ask a server for a list that it has (``/languages``, ``/models``) and say what it answered.

    A refusal for want of a key is an answer, too. Raises ValueError, with what is wrong, where none comes within
    ``timeout`` seconds or it says that the server is broken.
    """
    asked = url.rstrip("/") + path
    try:
        with httpx.Client(timeout=timeout, transport=transport) as client:
            answer = client.get(asked)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise ValueError(
            f"{url} does not answer: {str(error) or type(error).__name__}; is the server running?"
        ) from error
    if answer.status_code >= 500:
        raise ValueError(f"{asked} answers {answer.status_code}; look at the server's log")
    if answer.status_code == 404:
        return f"{url} answers, but has no {path}"
    return f"{url} answers"


def models_ready(folder: Path) -> str:
    """Say which pairs of languages lie in a folder of CTranslate2 models.

    Raises ValueError, with the mend, where a package, the folder or a file of a pair is missing.
    """
    for package in ("ctranslate2", "sentencepiece"):
        if find_spec(package) is None:
            raise ValueError(f"needs the package {package}: pip install {package}")
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder; put the models there or name another `folder`")
    pairs = sorted(entry for entry in folder.iterdir() if entry.is_dir() and "-" in entry.name)
    if not pairs:
        raise ValueError(f"{folder} holds no models; each lies in a folder SOURCE-TARGET/ of its own, such as de-en/")
    for pair in pairs:
        for part in _PARTS:
            if not (pair / part).is_file():
                raise ValueError(f"{pair / part} is missing")
    named = ", ".join(pair.name for pair in pairs[:_SHOWN])
    return f"{folder}: {named}" + (f" and {len(pairs) - _SHOWN} more" if len(pairs) > _SHOWN else "")


def argos_ready() -> str:
    """Say that Argos Translate is installed. Raises ValueError, with the mend, where it is not."""
    if find_spec("argostranslate") is None:
        raise ValueError("needs the package argostranslate: pip install argostranslate")
    return "argostranslate is installed"
