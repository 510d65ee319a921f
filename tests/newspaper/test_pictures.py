"""Pictures as an editor's folder has them, and what readers get of them; codes, and the store that keeps both."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.TiffImagePlugin import IFDRational

from plugins.newspaper.gathering.pictures import PictureFacts, PictureUnfit, inspect
from plugins.newspaper.making import pictures
from plugins.newspaper.making.codes import QUIET_ZONE, SCALE, draw_code
from plugins.newspaper.making.derived import DerivedFile
from plugins.newspaper.making.pictures import (
    Size,
    derive,
    picture_file,
    planned,
    sizes,
)
from plugins.newspaper.store import Store

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., Path]:
    """A picture's file: red above, blue below."""

    def save(name: str = "a.jpg", size: tuple[int, int] = (480, 360), mode: str = "RGB", **options: Any) -> Path:
        image = Image.new("RGB", size, "blue")
        ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 2), fill="red")
        image.convert(mode).save(tmp_path / name, **options)
        return tmp_path / name

    return save


def phone_exif(orientation: int) -> Image.Exif:
    """What a phone writes into a picture: how it was held, its maker, and where it was."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "SecretPhone"
    exif.get_ifd(GPS)[2] = (IFDRational(34), IFDRational(37), IFDRational(12))
    return exif


def derived_images(path: Path) -> list[tuple[Size, Image.Image]]:
    facts = inspect(path)
    return [(size, Image.open(io.BytesIO(derive(path, facts, size)))) for size in planned(facts)]


def is_nearly(image: Image.Image, place: tuple[float, float], colour: tuple[int, int, int]) -> bool:
    at = (int(image.width * place[0]), int(image.height * place[1]))
    seen = image.convert("RGB").getpixel(at)
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 12 for one, other in zip(seen, colour, strict=True))


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (4000, 3000, (360, 720, 1280)),
        (1280, 800, (360, 720, 1280)),
        (1000, 800, (360, 720, 1000)),
        (800, 600, (360, 800)),
        (400, 300, (400,)),
        (120, 90, (120,)),
        (1, 1, (1,)),
        (1000, 40_000, (409,)),
        (10, 60_000, (2,)),
        (40_000, 1000, (360, 720, 1280)),
    ],
)
def test_no_width_is_above_the_pictures_own(width: int, height: int, expected: tuple[int, ...]) -> None:
    assert sizes(PictureFacts(width, height, "")) == expected


def test_each_width_comes_in_webp_and_jpeg_of_the_size_that_was_planned(picture: Callable[..., Path]) -> None:
    found = [(size.format, image.format, image.size) for size, image in derived_images(picture(size=(1600, 1200)))]
    assert found == [
        ("webp", "WEBP", (360, 270)),
        ("webp", "WEBP", (720, 540)),
        ("webp", "WEBP", (1280, 960)),
        ("jpg", "JPEG", (360, 270)),
        ("jpg", "JPEG", (720, 540)),
        ("jpg", "JPEG", (1280, 960)),
    ]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_is_upright_however_the_phone_was_held(picture: Callable[..., Path], orientation: int) -> None:
    path = picture(exif=phone_exif(orientation))
    red_at = {1: (0.5, 0.1), 2: (0.5, 0.1), 3: (0.5, 0.9), 4: (0.5, 0.9)}
    red_at |= {5: (0.1, 0.5), 6: (0.9, 0.5), 7: (0.9, 0.5), 8: (0.1, 0.5)}
    blue_at = {key: (1 - across, 1 - down) for key, (across, down) in red_at.items()}

    facts = inspect(path)
    assert (facts.width, facts.height) == ((480, 360) if orientation < 5 else (360, 480))
    for size, image in derived_images(path):
        assert image.size == (size.width, size.height)
        assert is_nearly(image, red_at[orientation], (254, 0, 0))
        assert is_nearly(image, blue_at[orientation], (0, 0, 254))


def test_place_camera_and_comments_are_gone(picture: Callable[..., Path]) -> None:
    path = picture(exif=phone_exif(6), comment=b"secret comment", xmp=b"<secret/>", dpi=(300, 300))
    assert b"SecretPhone" in path.read_bytes()
    facts = inspect(path)
    for size in planned(facts):
        content = derive(path, facts, size)
        assert b"ecret" not in content
        assert b"Exif" not in content
        assert not Image.open(io.BytesIO(content)).getexif()


def test_colours_of_a_camera_become_the_webs_and_the_profile_goes(picture: Callable[..., Path]) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert srgb.count(b"rXYZ") == srgb.count(b"gXYZ") == 1
    red_is_green = srgb.replace(b"rXYZ", b"-XYZ").replace(b"gXYZ", b"rXYZ").replace(b"-XYZ", b"gXYZ")
    for _, image in derived_images(picture(icc_profile=red_is_green)):
        assert "icc_profile" not in image.info
        assert is_nearly(image, (0.5, 0.1), (0, 254, 0))


def test_profile_that_says_nothing_leaves_the_colours(picture: Callable[..., Path]) -> None:
    of_other_colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (of_other_colours, b"nonsense"):
        for _, image in derived_images(picture(icc_profile=profile)):
            assert is_nearly(image, (0.5, 0.1), (254, 0, 0))


def test_transparent_picture_stands_on_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 299, 399), fill=(0, 128, 0, 255))
    image.save(tmp_path / "a.png")
    for _, printed in derived_images(tmp_path / "a.png"):
        assert is_nearly(printed, (0.9, 0.5), (255, 255, 255))
        assert is_nearly(printed, (0.1, 0.5), (0, 128, 0))


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.png", "L"),
        ("a.png", "1"),
        ("a.png", "P"),
        ("a.png", "LA"),
        ("a.jpg", "CMYK"),
        ("a.jpg", "L"),
        ("a.gif", "P"),
        ("a.mpo", "RGB"),
        ("a.webp", "RGB"),
        ("a.bmp", "RGB"),
        ("a.tif", "RGB"),
        ("a.tif", "CMYK"),
    ],
)
def test_every_kind_of_picture_is_read(picture: Callable[..., Path], name: str, mode: str) -> None:
    for _, image in derived_images(picture(name, mode=mode)):
        assert image.mode == "RGB"


def test_grey_of_sixteen_bits_keeps_its_shades(tmp_path: Path) -> None:
    Image.new("I;16", (400, 300), 128 * 256).save(tmp_path / "a.png")
    for _, image in derived_images(tmp_path / "a.png"):
        assert is_nearly(image, (0.5, 0.5), (128, 128, 128))


def test_moving_gif_shows_its_first_picture(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("red", "green", "blue")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    for _, image in derived_images(tmp_path / "a.gif"):
        assert is_nearly(image, (0.5, 0.5), (254, 0, 0))


@pytest.mark.parametrize("size", [(300, 9000), (9000, 300), (3, 5)], ids=["高", "宽", "小"])
def test_tall_wide_and_tiny_pictures_keep_their_shape(picture: Callable[..., Path], size: tuple[int, int]) -> None:
    for planned_size, image in derived_images(picture(size=size)):
        assert image.size == (planned_size.width, planned_size.height)
        assert abs(image.height - image.width * size[1] / size[0]) < 1


def unfit(path: Path) -> tuple[str, str]:
    with pytest.raises(PictureUnfit) as caught:
        inspect(path)
    return caught.value.code, str(caught.value)


def test_file_above_thirty_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.jpg"
    with open(path, "wb") as file:
        file.truncate(31_400_000)
    assert unfit(path) == ("picture-too-large", "图片 大.jpg 有 31.4 MB，超过 30 MB；请缩小后再放")


@pytest.mark.parametrize("side", [10_001, 15_000])
def test_picture_of_too_many_pixels_is_not_unpacked(tmp_path: Path, side: int) -> None:
    Image.new("1", (side, side)).save(tmp_path / "a.png")
    code, message = unfit(tmp_path / "a.png")
    assert code == "picture-too-large"
    assert "超过 1 亿像素" in message


def test_picture_cut_off_is_broken(picture: Callable[..., Path]) -> None:
    for name in ("a.jpg", "a.png", "a.webp"):
        path = picture(name)
        content = path.read_bytes()
        for share in (0.02, 0.5, 0.9):
            path.write_bytes(content[: int(len(content) * share)])
            assert unfit(path)[0] == "picture-broken"


def test_what_is_no_picture_says_so(tmp_path: Path) -> None:
    for content in (b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", os.urandom(4096)):
        (tmp_path / "a.jpg").write_bytes(content)
        code, message = unfit(tmp_path / "a.jpg")
        assert code == "picture-broken"
        assert "请另存为 JPG" in message
    (tmp_path / "a.jpg").write_bytes(b"")
    assert unfit(tmp_path / "a.jpg") == ("picture-broken", "图片 a.jpg 是空文件；请重新导出再放")


def test_picture_that_is_not_there_is_no_broken_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "a.jpg")


def test_picture_exchanged_under_the_build_is_not_kept_as_the_old_one(picture: Callable[..., Path]) -> None:
    facts = inspect(picture())
    other = picture(size=(800, 600))
    with pytest.raises(PictureUnfit, match="刚刚换过"):
        derive(other, facts, planned(facts)[0])


def test_same_picture_gives_the_same_bytes_and_names(picture: Callable[..., Path]) -> None:
    one, other = picture("a.jpg"), picture("b.jpg")
    facts = inspect(one)
    assert inspect(other) == facts
    assert all(derive(one, facts, size) == derive(other, facts, size) for size in planned(facts))


def test_names_are_ascii_and_follow_the_content(picture: Callable[..., Path]) -> None:
    one, other = inspect(picture("图一.jpg")), inspect(picture("图二.jpg", size=(481, 360)))
    names = [size.file for facts in (one, other) for size in planned(facts)]
    assert len(set(names)) == 8
    assert all(name.isascii() and len(name) <= 22 for name in names)


def test_wechat_takes_pictures_from_300_pixels(picture: Callable[..., Path]) -> None:
    assert inspect(picture(size=(300, 300))).fits_card
    assert not inspect(picture(size=(1200, 299))).fits_card


# The code


def test_code_is_crisp_and_has_its_quiet_zone() -> None:
    image = Image.open(io.BytesIO(draw_code("https://news.example.cn/issues/255/linli-zhongxin/")))
    ink = image.convert("L").point(lambda value: 255 - value).getbbox()
    assert image.mode == "1"
    assert ink == (QUIET_ZONE * SCALE, QUIET_ZONE * SCALE, *(side - QUIET_ZONE * SCALE for side in image.size))
    assert image.width % SCALE == 0


def test_code_is_small_and_the_same_each_time() -> None:
    one, other = (draw_code("https://news.example.cn/issues/255/linli-zhongxin/") for _ in range(2))
    assert one == other
    assert len(one) < 1000


# The store


def derived_file(made: list[str], name: str) -> DerivedFile:
    def make() -> bytes:
        made.append(name)
        return name.encode()

    return DerivedFile("test", (name,), make)


def test_store_makes_a_file_once(tmp_path: Path) -> None:
    made: list[str] = []
    assert [derived_file(made, "a").content(Store(tmp_path)) for _ in range(3)] == [b"a", b"a", b"a"]
    assert made == ["a"]


def test_damaged_entry_is_made_anew(tmp_path: Path) -> None:
    made: list[str] = []
    store = Store(tmp_path)
    for damage in (b"", b"short", b"x" * 100):
        derived_file(made, "a").content(store)
        (tmp_path / derived_file(made, "a").name).write_bytes(damage)
        assert derived_file(made, "a").content(store) == b"a"
    assert len(made) == 4


def test_entry_under_another_name_does_not_pass(tmp_path: Path) -> None:
    made: list[str] = []
    store = Store(tmp_path)
    derived_file(made, "a").content(store)
    os.replace(tmp_path / derived_file(made, "a").name, tmp_path / derived_file(made, "b").name)
    assert derived_file(made, "b").content(store) == b"b"


def test_entry_let_go_is_made_anew(tmp_path: Path) -> None:
    made: list[str] = []
    store = Store(tmp_path)
    derived_file(made, "a").content(store)
    store.drop(derived_file(made, "a").name)
    store.drop("test/never-kept")
    assert not list((tmp_path / "test").iterdir())
    assert derived_file(made, "a").content(store) == b"a"


def test_disk_that_takes_nothing_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    made: list[str] = []
    store = Store(tmp_path / "file")
    assert [derived_file(made, "a").content(store) for _ in range(2)] == [b"a", b"a"]
    assert made == ["a", "a"]


def test_new_code_or_package_makes_a_new_file(picture: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture()
    facts = inspect(path)
    size = planned(facts)[0]
    before = picture_file(path, facts, size).name
    assert picture_file(path, facts, size).name == before
    monkeypatch.setattr(pictures, "RECIPE", "another")
    assert picture_file(path, facts, size).name != before
