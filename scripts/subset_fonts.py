"""Cut from the Latin files of static/fonts what Vietnamese and English text needs, which is two
thirds of their bytes: ``python scripts/subset_fonts.py`` after the originals change.

The rest of Latin-1 stays in the originals and is loaded only by a page that has such a letter
(unicode-range in static/css/fonts.css). "Source" is a reserved name: what is cut bears another.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
CUTS = {
    "source-sans-3-latin-wght-normal.woff2": "motcua-sans-core-wght-normal.woff2",
    "source-serif-4-latin-500-normal.woff2": "motcua-serif-core-500-normal.woff2",
    "source-serif-4-latin-600-normal.woff2": "motcua-serif-core-600-normal.woff2",
}
# static/css/fonts.css says the same as unicode-range.
CHARACTERS = {
    *range(0x20, 0x7F),
    *map(ord, "\xa0§©«°·»×÷"),
    *map(ord, "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"),
    *map(ord, "–—‘’“”•…′″↑↓−"),
}
FEATURES = ["ccmp", "liga", "locl", "kern", "mark", "mkmk"]
WEIGHTS = (400, 700)  # the sans has an axis of 200 to 900; the site uses no more than this


def main() -> None:
    for original, cut in CUTS.items():
        font = TTFont(FONTS / original)
        options = subset.Options(flavor="woff2", layout_features=FEATURES, name_IDs=["*"])
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=CHARACTERS)
        cutter.subset(font)
        if "fvar" in font:
            font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS})
        for record in font["name"].names:
            if record.nameID in {1, 3, 4, 6, 16, 25}:
                name = str(record).replace("Source Sans 3", "Motcua Sans")
                name = name.replace("Source Serif 4", "Motcua Serif").replace(
                    "SourceSans3", "MotcuaSans"
                )
                record.string = name.replace("SourceSerif4", "MotcuaSerif")
        font.flavor = "woff2"
        font.save(FONTS / cut)


if __name__ == "__main__":
    main()
