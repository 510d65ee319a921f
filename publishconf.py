"""What differs in public: the site's own address, its own folder, no drafts, the ledger is checked."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pelicanconf import *  # noqa: F403 - a settings file is its names
from pelicanconf import PUBLIC_OUTPUT_PATH

SITEURL = "https://yibin-news.example"  # 网站的正式地址，发布前改成自己的

# 谁看得见：
#   "public"    公开
#   "unlisted"  知道网址的人能看，搜索引擎不收录
#   "closed"    只给服务器放行的人看（密码或单位网络，见 docs/publishing.md），别人看到一页说明
VISIBILITY = "public"

# 发现了网站的漏洞向谁说（邮箱写 mailto:，网页写 https://），到哪一天为止（一年以内）；不写就没有 security.txt
SECURITY_TXT = {"contact": "", "expires": ""}

# 发布到哪里（写法和准备见 docs/publishing.md）：
#   "ssh://deploy@203.0.113.5/srv/yibin"  一台服务器，用 ssh 的钥匙登录，不写密码
#   "bucket:oss:yibin-site,yibin-keep"    对象存储：rclone 里的名字:网站的桶,留底的桶；钥匙在 rclone 里
#   "folder:/mnt/site"                    一个文件夹：挂上的磁盘，或托管服务的 git 工作区
PUBLISH_TO = ""

# 上网以后通知谁：["indexnow", "baidu"]；只在 VISIBILITY 是 "public" 时通知，钥匙写在环境变量里（见 docs/publishing.md）
ANNOUNCE_TO = []

# 搬过家：从前的网址，["https://旧域名/旧目录"]；invoke server-sample 的配置会把它们转到现在的（见 docs/publishing.md）
MOVED_FROM = []

OUTPUT_PATH = PUBLIC_OUTPUT_PATH
PUBLIC = True
