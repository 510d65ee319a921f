"""What differs in public: the site's own address, its own folder, no drafts, the ledger is checked."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403 - a settings file is its names
from pelicanconf import PUBLIC_OUTPUT_PATH

SITEURL = "https://yibin-news.example"  # 网站的正式地址，发布前改成自己的

# 发布到哪里（写法和准备见 docs/publishing.md）：
#   "ssh://deploy@203.0.113.5/srv/yibin"  一台服务器，用 ssh 的钥匙登录，不写密码
#   "folder:/mnt/site"                    一个文件夹：挂上的磁盘，或托管服务的 git 工作区
PUBLISH_TO = ""

OUTPUT_PATH = PUBLIC_OUTPUT_PATH
PUBLIC = True
