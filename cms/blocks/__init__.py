"""What a page's text may be made of. No raw HTML, no embeds: all that an editor writes is safe."""

from cms.blocks.bodies import ArticleBody, ShortBody
from cms.blocks.reading import texts_of
from cms.blocks.writing import LINE, RICH_TEXT

__all__ = ["LINE", "RICH_TEXT", "ArticleBody", "ShortBody", "texts_of"]
