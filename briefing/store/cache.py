"""What engines answered, keyed by the digest of what they were asked: nothing is embedded or asked twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from briefing.store.database import Database, batches
from briefing.store.schema import answers, digest, embeddings

Vector = NDArray[np.float32]
"""One unit vector."""


class Cache:
    """Vectors and answers of engines; ``engine`` is the engine's name, which changes with model and version."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @staticmethod
    def hash(text: str) -> str:
        """Give the key of a text."""
        return digest(text)

    def vectors(self, engine: str, hashes: Iterable[str]) -> dict[str, Vector]:
        """Give the vectors known, by key in the order asked for; the missing ones are left out."""
        wanted = list(dict.fromkeys(hashes))
        found: dict[str, Vector] = {}
        with self._database.reading() as connection:
            for batch in batches(wanted):
                query = select(embeddings.c.hash, embeddings.c.vector).where(
                    embeddings.c.engine == engine, embeddings.c.hash.in_(batch)
                )
                found.update((row.hash, _read(row.vector)) for row in connection.execute(query))
        return {hash_: found[hash_] for hash_ in wanted if hash_ in found}

    def save_vectors(self, engine: str, vectors: Mapping[str, Vector]) -> dict[str, Vector]:
        """Keep vectors as half-precision numbers, and give them back as `vectors` will give them from now on.

        Half the bytes cost 0.0003 of a cosine at most; whoever goes on with what is returned here decides
        the same today as a run that finds them in the store.
        """
        rows = [
            {"engine": engine, "hash": hash_, "vector": vector.astype("<f2").tobytes()}
            for hash_, vector in vectors.items()
        ]
        with self._database.writing() as connection:
            self._database.upsert(connection, embeddings, rows)
        return {row["hash"]: _read(row["vector"]) for row in rows}  # type: ignore[misc, arg-type]

    def answers(self, engine: str, hashes: Iterable[str]) -> dict[str, str]:
        """Give the answers known, by key; the missing ones are left out."""
        wanted = list(dict.fromkeys(hashes))
        found: dict[str, str] = {}
        with self._database.reading() as connection:
            for batch in batches(wanted):
                query = select(answers.c.hash, answers.c.body).where(
                    answers.c.engine == engine, answers.c.hash.in_(batch)
                )
                found.update((row.hash, row.body) for row in connection.execute(query))
        return {hash_: found[hash_] for hash_ in wanted if hash_ in found}

    def save_answers(self, engine: str, given: Mapping[str, str]) -> None:
        """Keep answers by key."""
        rows = [{"engine": engine, "hash": hash_, "body": body} for hash_, body in given.items()]
        with self._database.writing() as connection:
            self._database.upsert(connection, answers, rows)


def _read(stored: bytes) -> Vector:
    vector = np.frombuffer(stored, dtype="<f2").astype(np.float32)
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector
