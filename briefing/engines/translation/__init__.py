"""Translators: a LibreTranslate-compatible server, a model, or models that lie on disk."""

from briefing.engines.translation.libretranslate import LibreTranslate
from briefing.engines.translation.model import ModelTranslator
from briefing.engines.translation.ondisk import ArgosTranslator, CTranslate2Translator

__all__ = ["ArgosTranslator", "CTranslate2Translator", "LibreTranslate", "ModelTranslator"]
