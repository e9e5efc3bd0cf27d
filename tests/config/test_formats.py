"""Dates and numbers are read as Vietnamese offices write them."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation


@pytest.mark.parametrize("text", ["05/09/1985", "5/9/1985", "1985-09-05"])
def test_the_day_comes_before_the_month(text):
    with translation.override("vi"):
        assert forms.DateField().clean(text) == date(1985, 9, 5)


def test_american_dates_are_refused():
    with translation.override("vi"), pytest.raises(forms.ValidationError):
        forms.DateField().clean("09/25/1985")


def test_a_decimal_comma_is_a_decimal():
    with translation.override("vi"):
        assert forms.DecimalField(localize=True).clean("8,75") == Decimal("8.75")
