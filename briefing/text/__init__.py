"""What a language knows: decoding, cleaning, language, sentences, words, dates, numbers and names.

Pure: no input or output but the packaged tables (read when first needed), and no clock.
"""
