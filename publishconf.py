"""What differs in public: the site's own address, its own folder, no drafts, the ledger is checked."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403 - a settings file is its names
from pelicanconf import PUBLIC_OUTPUT_PATH

SITEURL = "https://yibin-news.example"  # 网站的正式地址，发布前改成自己的
OUTPUT_PATH = PUBLIC_OUTPUT_PATH
PUBLIC = True
