"""Pictures out of files from outside, made harmless: decoded, turned upright, and written anew.

What is written anew holds pixels and nothing else: no EXIF, no colour profile, no comment, no
second file behind the picture.
"""

import hashlib
import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from PIL import Image, ImageOps

from core.uploads import MEGABYTE

MAX_PICTURE_BYTES = 10 * MEGABYTE
MAX_PIXELS = 25_000_000
# A projector has 1920 pixels; more only costs the contestants' lines.
MAX_SIDE = 1_920

_FORMATS = ("PNG", "JPEG", "WEBP")
_FOREIGN = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x01\x00\x00\x00", "EMF"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"\x01\x00\x09\x00", "WMF"),
    (b"<svg", "SVG"),
    (b"<?xml", "SVG"),
    (b"%PDF", "PDF"),
)


class PictureFault(StrEnum):
    """Why a picture is refused. `importing/messages.py` has the words."""

    FORMAT = "picture_format"
    DAMAGED = "picture_damaged"
    TOO_LARGE = "picture_too_large"


class BadPicture(Exception):
    """``params``: ``name`` of the format with FORMAT, the limits with TOO_LARGE."""

    def __init__(self, code: PictureFault, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """Safe to be shown. Width and height in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


_MP4_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"}
)
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,  # what Pillow says of a broken PNG
    EOFError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    struct.error,
    zlib.error,
)


def is_whole(data: bytes) -> bool:
    """Whether a picture of ours can be read to its last line."""
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as picture:
            if _is_cut_off(data, picture.format):
                return False
            picture.load()
    except (*_BROKEN, Image.DecompressionBombError):
        return False
    return True


def video_type(head: bytes) -> str:
    """Media type, told by the first 64 bytes; "" for what is no video that browsers play."""
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return "video/mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return "video/webm"
    return ""


def clean_picture(data: bytes) -> CleanPicture:
    """PNG, JPEG or WebP in, the same kind of file out, at most MAX_SIDE wide and high; of a moving
    picture the first frame. The same bytes give the same bytes. Raises BadPicture."""
    if len(data) > MAX_PICTURE_BYTES:
        raise _too_large()
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            if _is_cut_off(data, opened.format):
                raise BadPicture(PictureFault.DAMAGED)
            if opened.width * opened.height > MAX_PIXELS:
                raise _too_large()
            is_jpeg = opened.format not in {"PNG", "WEBP"}
            keeps_format = "JPEG" if is_jpeg else opened.format or "PNG"
            picture = _plain_mode(ImageOps.exif_transpose(opened), opaque=is_jpeg)
        picture.thumbnail((MAX_SIDE, MAX_SIDE))
        return _written(picture, keeps_format)
    except Image.UnidentifiedImageError:
        raise _unknown(data) from None
    except Image.DecompressionBombError:
        raise _too_large() from None
    except _BROKEN as error:
        raise BadPicture(PictureFault.DAMAGED) from error


def _is_cut_off(data: bytes, file_format: str | None) -> bool:
    """Told by the end mark: what Pillow cannot read of a file it may fill with grey."""
    if file_format == "PNG":
        return b"IEND" not in data[-1024:]
    if file_format == "WEBP":
        return len(data) < int.from_bytes(data[4:8], "little") + 8
    return data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda")


def _plain_mode(picture: Image.Image, *, opaque: bool) -> Image.Image:
    """Grey or colour, with transparency where there is some."""
    has_alpha = not opaque and (
        "A" in picture.getbands() or picture.info.get("transparency") is not None
    )
    if has_alpha:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


def _written(picture: Image.Image, file_format: str) -> CleanPicture:
    picture.info = {}
    target = BytesIO()
    match file_format:
        case "JPEG":
            picture.save(target, "JPEG", quality=88)
        case "WEBP":
            picture.save(target, "WEBP", quality=90, exact=True)
        case _:
            picture.save(target, "PNG")
    media_type = f"image/{file_format.lower()}"
    return CleanPicture(target.getvalue(), media_type, picture.width, picture.height)


def _unknown(data: bytes) -> BadPicture:
    head = data[:64].lstrip()
    name = next((name for start, name in _FOREIGN if head.startswith(start)), "")
    if name:
        return BadPicture(PictureFault.FORMAT, name=name)
    return BadPicture(PictureFault.DAMAGED)


def _too_large() -> BadPicture:
    limits = {"limit_mb": MAX_PICTURE_BYTES // MEGABYTE, "limit_mp": MAX_PIXELS // 1_000_000}
    return BadPicture(PictureFault.TOO_LARGE, **limits)
