from django.urls import path

from posters.views import following, posters, scans

app_name = "posters"
urlpatterns = [
    path("q/<str:code>", following.follow, name="follow"),
    path("q/<str:code>/", following.follow),
    path("posters/", posters.poster_list, name="list"),
    path("posters/scans/", scans.scans, name="scans"),
    path("posters/<int:pk>/", posters.poster, name="poster"),
    path("posters/<int:pk>/poster.pdf", posters.poster_file, name="file"),
]
