"""A plain Pelican site: an issue is a category, a topic is a tag, and the caches are on."""

SITENAME = "伊滨新闻"
SITEURL = "https://example.org"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-CN"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = []
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CACHE_PATH = ".cache"

ARTICLE_URL = "issues/{slug}/"
ARTICLE_SAVE_AS = "issues/{slug}/index.html"
CATEGORY_URL = "issues/{slug}/"
CATEGORY_SAVE_AS = "issues/{slug}/index.html"
TAG_URL = "topics/{slug}/"
TAG_SAVE_AS = "topics/{slug}/index.html"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
DEFAULT_PAGINATION = False
STATIC_PATHS = []
THEME_STATIC_PATHS = []

FEED_DOMAIN = SITEURL
FEED_ALL_RSS = "feed.xml"
FEED_MAX_ITEMS = 24
RSS_FEED_SUMMARY_ONLY = False
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
