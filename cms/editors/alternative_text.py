"""What a picture's alternative text must be. Pure."""

import re

_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|heic|bmp)", re.IGNORECASE)
_CAMERA = re.compile(r"(?:IMG|DSC|DSCN|PXL|Screenshot|image|photo|zalo)[\s_-]*\d*", re.IGNORECASE)


def says_something(text: str) -> bool:
    """Neither empty nor the name of a file ("IMG_2041.jpg", "DSC 0012")."""
    given = text.strip()
    return bool(given) and not _FILE_NAME.fullmatch(given) and not _CAMERA.fullmatch(given)
