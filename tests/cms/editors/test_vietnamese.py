"""The back office speaks Vietnamese: no page that editors meet says these English words."""

import re
from html import unescape

import pytest
from wagtail.models import Page

from cms.models import ArticlePage
from people import roles
from tests.cms.editors.people import make_member
from tests.cms.factories import make_article

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(
    r"\b(Edit|Editing|Delete|Save|Publish|Unpublish|Search|Choose|Add|Status|History|Privacy|"
    r"Comments?|Reports|Settings|Workflows?|Submit|Approve|Reject|Request|Locked|Page|Pages|"
    r"Images|Documents|Filter|Updated|Created|Select|Toggle|Preview|Schedule|Usage|Move|Copy|"
    r"Awaiting|Dashboard|Help|Log out|Actions|Title|Type|Live|Draft|Owner|Any|Back|Next|Previous)\b"
)
# Names, and what a machine reads
_NOT_TEXT = re.compile(
    r"<(script|style|template|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE
)
PAGES = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/images/chooser/",
    "/admin/documents/",
    "/admin/documents/multiple/add/",
    "/admin/choose-page/",
    "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/",
    "/admin/reports/aging-pages/",
    "/admin/reports/links/",
    "/admin/reports/calendar/",
    "/admin/reports/expired-in-use/",
    "/admin/snippets/cms/author/",
    "/admin/snippets/legal/instrument/",
    "/admin/workflows/list/",
    "/admin/collections/",
    "/admin/redirects/",
    "/admin/account/",
]
OF_AN_ARTICLE = ["edit/", "", "history/", "delete/", "drafts/", "usage/", "copy/", "unpublish/"]


def english_in(text):
    shown = unescape(_NOT_TEXT.sub(" ", text))
    return sorted({found[0] for found in ENGLISH.finditer(shown)})


@pytest.fixture
def administrator(client):
    user = make_member(roles.ADMINISTRATOR, is_superuser=True, name="Trần Quốc Khải")
    client.force_login(user)
    return user


@pytest.mark.parametrize("address", PAGES)
def test_pages_of_the_back_office(client, administrator, address):
    answer = client.get(address, HTTP_ACCEPT="text/html")
    assert answer.status_code == 200
    assert (
        english_in(answer.json()["html"] if "json" in answer["Content-Type"] else answer.text) == []
    )


def test_pages_of_an_article(client, administrator):
    editor = make_member(roles.EDITOR)
    article = make_article("Bài đang đăng")
    article.save_revision(user=editor)
    article = ArticlePage.objects.get(pk=article.pk)
    article.get_workflow().start(article, editor)
    assert Page.objects.filter(pk=article.pk).exists()
    found = {
        name: english_in(client.get(f"/admin/pages/{article.pk}/{name}", follow=True).text)
        for name in OF_AN_ARTICLE
    }
    assert {name: words for name, words in found.items() if words} == {}
