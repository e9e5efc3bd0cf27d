"""The frame around every page: language, theme, sign-out, refused pages."""

import pytest
from django.urls import reverse

from people.models import User

pytestmark = pytest.mark.django_db


def test_pages_are_vietnamese_whatever_language_the_browser_was_installed_in(client):
    page = client.get(reverse("account_login"), headers={"accept-language": "en-US,en"})
    assert '<html lang="vi">' in page.text
    assert "Đăng nhập" in page.text


def test_a_person_may_choose_english(client):
    client.post(reverse("set_language"), {"language": "en", "next": "/accounts/login/"})
    assert '<html lang="en">' in client.get(reverse("account_login")).text


def test_sign_out_is_on_every_page_of_a_signed_in_person(client):
    person = User.objects.create_user("CB001", "mat-khau-dai", full_name="Đỗ Thị Ngữ")
    client.force_login(person)
    page = client.get(reverse("account_logout")).text
    assert "Đỗ Thị Ngữ" in page
    assert f'action="{reverse("account_logout")}"' in page
    assert "Thoát" in page


def test_a_missing_page_says_so_in_vietnamese(client):
    page = client.get("/khong-co-trang-nay/")
    assert page.status_code == 404
    assert "Không có trang này" in page.text


def test_the_styleguide_is_for_staff(client):
    assert client.get(reverse("styleguide")).status_code == 404
    client.force_login(User.objects.create_user("QT001", full_name="Lữ Ẩn", is_staff=True))
    assert client.get(reverse("styleguide")).status_code == 200


def test_a_refused_form_names_each_field_with_its_error(client):
    page = client.post(reverse("account_login"), {"login": "", "password": ""}).text
    assert 'class="error-summary' in page
    assert 'href="#id_login"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_login_error"' in page
