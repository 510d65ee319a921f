"""`python -m tests.bench [SIZES...] [--peers] [--runs N]`: see `invoke bench`."""

import argparse
import os
import sys
from pathlib import Path

from tests.bench.corpus import ROOT
from tests.bench.measure import BuildFailed
from tests.bench.run import bench


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="量一量生成网站要多少时间和内存。")
    parser.add_argument("sizes", nargs="*", type=int, default=[255, 2550], metavar="期数", help="默认 255 2550")
    parser.add_argument("--peers", action="store_true", help="同 Hugo、Eleventy、Pelican 比（第一次要联网安装）")
    parser.add_argument("--runs", type=int, default=5, metavar="次", help="每种情形量几次，取中位数；默认 5")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", metavar="文件夹", help="结果写到哪里；默认 docs")
    asked = parser.parse_args()
    if not hasattr(os, "wait4"):
        parser.error("这个系统没有 os.wait4，量不了；请在 Linux 或 macOS 上运行")
    if min(asked.sizes) < 2 or asked.runs < 1:
        parser.error("至少两期、量一次")
    try:
        return bench(asked.sizes, runs=asked.runs, peers=asked.peers, docs=asked.docs)
    except BuildFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
