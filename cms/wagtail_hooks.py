"""Registers what cms/ adds to the back office: our colours."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def back_office_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/back-office.css"))
