"""Settings of the paper: plain data. These are for the preview, with drafts; publishconf.py is for the public site."""

import sys
from pathlib import Path

from jinja2 import StrictUndefined

sys.path.insert(0, str(Path(__file__).parent))

from plugins.strict_pelican import StrictPelican

# The paper
SITENAME = "伊滨新闻"
SITEURL = ""
MASTHEAD = {
    "name": "伊滨新闻",
    "sponsor": "洛阳伊滨区管委会",
    "publisher": "区融媒体中心",
    "approving_body": "河南省新闻出版局",
    "notice": "内部资料 免费交流",
}
# 备案号、党政机关网站标识（{"href": 核验地址, "image": content/images/ 里的文件}）：办好后填写，空着的不显示
COLOPHON = {"icp": "", "police": "", "government_mark": None}
PUBLIC = False
VISIBILITY = "public"  # 预览不管它；公开版的写在 publishconf.py
SECURITY_TXT = {"contact": "", "expires": ""}
# invoke voice 用什么程序读报（见 docs/publishing.md）：命令一条接一条；{text} 是念稿，{wav} 是中间的文件，{file} 是录音
VOICE = {
    "commands": [
        "espeak-ng -v cmn -s 160 -f {text} -w {wav}",
        "lame --quiet -m m -b 32 {wav} {file}",
    ],
    "format": "mp3",
}
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-CN"
DEFAULT_CATEGORY = "新闻"

# Places
PATH = "content"
OUTPUT_PATH = "preview"
PUBLIC_OUTPUT_PATH = str(Path(__file__).with_name("output"))  # may be put online at any time; publishconf.py prints it
THEME = "theme"
CACHE_PATH = ".cache"
PAGE_PATHS = ["pages"]
PAGE_TRANSLATION_ID = False  # two pages of one slug are no translations, but a problem that the paper's rules tell
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"

# Plugins, in running order
PELICAN_CLASS = StrictPelican
PLUGINS = [
    "plugins.reader",
    "plugins.filters",
    "plugins.partials",
    "plugins.assets",
    "plugins.writer",
    "plugins.edition",
]

# Pelican's blog is silent: the plan prints every page
ARTICLE_PATHS = []
STATIC_PATHS = []
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
CACHE_CONTENT = LOAD_CONTENT_CACHE = False

# Jinja
TEMPLATE_EXTENSIONS = [".html", ".xml"]
# Each run has a new environment, so no template needs a look at its file per page.
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "undefined": StrictUndefined,
    "auto_reload": False,
}
