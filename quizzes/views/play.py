"""Taking a round."""

from django.http import HttpRequest, JsonResponse


def answer(request: HttpRequest) -> JsonResponse:
    return JsonResponse({}, status=404)
