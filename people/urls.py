from django.urls import URLPattern, path

from people.views import first_sign_in, profile, rosters, slips

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("me/", profile.profile, name="profile"),
    path("first-sign-in/", first_sign_in.enter_slip, name="enter_slip"),
    path("first-sign-in/password/", first_sign_in.choose_password, name="slip_password"),
    path("slips/", slips.slips, name="slips"),
    path("slips/print/", slips.print_slips, name="print_slips"),
    path("<int:pk>/slip/", slips.print_slip_of_person, name="print_slip_of_person"),
    path("units/", profile.units, name="units"),
    path("units/<int:pk>/", profile.unit_people, name="unit_people"),
    path("roster-imports/", rosters.roster_imports, name="roster_imports"),
    path("roster-imports/<int:pk>/", rosters.roster_import, name="roster_import"),
    path("roster-imports/<int:pk>/columns/", rosters.roster_columns, name="roster_columns"),
    path("roster-imports/<int:pk>/preview/", rosters.roster_preview, name="roster_preview"),
    path("roster-imports/<int:pk>/apply/", rosters.apply_roster_import, name="apply_roster_import"),
    path(
        "roster-imports/<int:pk>/resume/",
        rosters.resume_roster_import,
        name="resume_roster_import",
    ),
    path(
        "roster-imports/<int:pk>/discard/",
        rosters.discard_roster_import,
        name="discard_roster_import",
    ),
    path("roster-imports/<int:pk>/report.xlsx", rosters.roster_report, name="roster_report"),
]
