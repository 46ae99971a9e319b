"""The configuration that `briefing init` writes."""

import shutil
from collections import Counter
from pathlib import Path

from briefing import shipped
from briefing.config import CorpusSource, FeedSource, load


def test_it_loads_without_any_environment():
    """The shipped file is right as it is, with no variable set."""
    assert load(shipped.CONFIG, {}).newsletters[0].slug == "morning"


def test_it_lists_twelve_feeds_in_four_languages():
    """The corpus and at least twelve feeds, three or more a language, are there from the first run."""
    config = load(shipped.CONFIG, {})
    feeds = Counter(source.language for source in config.sources if isinstance(source, FeedSource))
    assert sum(feeds.values()) >= 12
    assert all(feeds[language] >= 3 for language in ("en", "vi", "th", "fa"))
    assert isinstance(config.sources[0], CorpusSource)


def test_the_shipped_seeds_stand_in_for_a_missing_folder(tmp_path: Path):
    """`corpus: seeds` reads the seeds that come with the program, until there is such a folder beside the file."""
    shutil.copy(shipped.CONFIG, tmp_path / "config.yaml")
    source = load(tmp_path / "config.yaml", {}).sources[0]
    assert isinstance(source, CorpusSource)
    assert source.corpus == shipped.SEEDS
    (tmp_path / "seeds").mkdir()
    source = load(tmp_path / "config.yaml", {}).sources[0]
    assert isinstance(source, CorpusSource)
    assert source.corpus == tmp_path / "seeds"
