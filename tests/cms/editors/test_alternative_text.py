"""No picture is published without words for those who do not see it."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from wagtail.blocks import ListBlock, StreamBlock, StructBlock, StructBlockValidationError
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.images.tests.utils import get_test_image_file

from cms.blocks.media import PictureBlock
from cms.editors.alternative_text import says_something
from cms.models.base import PublicPage
from tests.cms.factories import make_article


@pytest.mark.parametrize(
    "text", ["", "  ", "IMG_2041.jpg", "IMG_2041", "DSC 0012", "zalo 123", "a.PNG"]
)
def test_what_says_nothing(text):
    assert not says_something(text)


@pytest.mark.parametrize("text", ["Người dân lấy số thứ tự", "Ảnh", "Quầy số 3 lúc 17:30"])
def test_what_says_something(text):
    assert says_something(text)


def picture(alt_text, *, decorative=False):
    image = get_image_model()(title="x", file=get_test_image_file())
    image.contextual_alt_text, image.decorative = alt_text, decorative
    return {"image": image, "caption": "", "credit": ""}


@pytest.mark.django_db
@pytest.mark.parametrize("alt_text", ["", "IMG_2041.jpg"])
def test_a_picture_in_the_text(alt_text):
    with pytest.raises(StructBlockValidationError):
        PictureBlock().clean(PictureBlock().normalize(picture(alt_text)))


@pytest.mark.django_db
def test_a_picture_at_the_head():
    image = get_image_model().objects.create(title="x", file=get_test_image_file())
    article = make_article()
    article.cover, article.cover_alt = image, "IMG_2041.jpg"
    with pytest.raises(ValidationError, match="ảnh đầu bài cho thấy gì"):
        article.full_clean()
    article.cover_alt = "Người dân lấy số"
    article.full_clean()


def _blocks(block, path=""):
    yield path, block
    children = {}
    if isinstance(block, StructBlock | StreamBlock) and not isinstance(block, ImageBlock):
        children = block.child_blocks
    elif isinstance(block, ListBlock):
        children = {"item": block.child_block}
    for name, child in children.items():
        yield from _blocks(child, f"{path}.{name}")


# Its video says what it is about; the picture before it adds nothing.
WITHOUT_WORDS = ("poster",)


def test_no_block_of_any_page_takes_a_picture_without_words():
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if issubclass(model, PublicPage) and isinstance(field, StreamField):
                for path, block in _blocks(field.stream_block, f"{model.__name__}.{field.name}"):
                    is_bare = isinstance(block, ImageChooserBlock)
                    assert not is_bare or path.endswith(WITHOUT_WORDS), path


def test_no_page_has_a_picture_field_without_a_field_for_its_words():
    for model in apps.get_models():
        if issubclass(model, PublicPage):
            names = {field.name for field in model._meta.get_fields()}
            for field in model._meta.fields:
                if field.related_model is get_image_model() and field.name != "share_image":
                    assert f"{field.name}_alt" in names, f"{model.__name__}.{field.name}"
