"""QR codes (二维码) of addresses, for pages and for paper: PNG in black on white, with its quiet zone (静区)."""

import io

from plugins.newspaper.making.derived import DerivedFile, recipe

SCALE = 10
"""Pixels of a module: an address of ours prints crisp at 3 cm."""
QUIET_ZONE = 4
"""White modules around it, as ISO/IEC 18004 asks; WeChat does not find codes with fewer."""

RECIPE = recipe(__file__, "segno")


def code_file(address: str) -> DerivedFile:
    """The code of a page, by its whole address."""
    return DerivedFile("code", (address, RECIPE), lambda: draw_code(address))


def draw_code(address: str) -> bytes:
    """PNG of an address. Level M, or better where the symbol is no larger for it."""
    import segno  # slow to import, so only where a code is due

    png = io.BytesIO()
    segno.make_qr(address, error="m").save(png, kind="png", scale=SCALE, border=QUIET_ZONE)
    return png.getvalue()
