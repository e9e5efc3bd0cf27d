"""An editor translates an article; a reader on a phone changes the language and reads it."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from cms.models import ArticleIndexPage, ArticlePage
from people.roles import ADMINISTRATOR
from tests.e2e.browsing import DESKTOP, PHONE
from tests.training.factories import make_person

PASSWORD = "mat-khau-tot"
VIETNAMESE, ENGLISH = "Quầy lưu động về thôn", "A counter that comes to the village"


def test_an_article_is_translated_and_read_in_the_other_language(site, visit):
    person = make_person("Trần Quản Trị", ADMINISTRATOR)
    article = ArticlePage(
        title=VIETNAMESE, summary="Mỗi thứ Bảy một thôn.", published_on=timezone.localdate()
    )
    article.body = ArticlePage.body.field.to_python([{"type": "text", "value": "<p>Một.</p>"}])
    ArticleIndexPage.objects.get(locale__language_code="vi").add_child(instance=article)

    with visit(width=PHONE) as reader:
        reader.goto(article.url)
        switch_language(reader)
        reader.says("This page is in Vietnamese only.")
        expect(reader.page.locator("main")).to_have_attribute("lang", "vi")
        reader.check()

    with visit(width=DESKTOP) as editor:
        editor.sign_in(person.staff_code, PASSWORD)
        editor.goto(f"/admin/translation/submit/page/{article.pk}/")
        page = editor.page
        page.get_by_label("English").check()
        page.locator("main form [type=submit], form [type=submit]").last.click()
        page.wait_for_url(re.compile(r"/admin/pages/[0-9]+/edit/$"))
        page.locator("[name=title]").fill(ENGLISH)
        editor.fill(summary="Each Saturday another village.")
        page.locator("footer [data-w-dropdown-target='toggle']").last.click()
        page.locator("[name=action-publish]").click()
        page.wait_for_url(re.compile(r"/admin/pages/[0-9]+/$"))

    with visit(width=PHONE) as reader:
        reader.goto(article.url)
        switch_language(reader)
        reader.page.wait_for_url(re.compile(r"/en/articles/"))
        expect(reader.page.locator("h1")).to_have_text(ENGLISH)
        expect(reader.page.locator("html")).to_have_attribute("lang", "en")
        reader.check()
        reader.goto("/en/")
        reader.says(ENGLISH)
        expect(reader.page.get_by_text(VIETNAMESE)).to_have_count(0)
        reader.check()


def switch_language(reader) -> None:
    """On a phone the switch is at the foot of the page."""
    reader.page.locator("footer [name=language]").click()
