"""/counter/: what everyone may see and send, and under desk/ the staff's own pages."""

from django.urls import path

from counter.views import booking, desk, feedback, hours, public, report

app_name = "counter"
_OFFICE = "desk/<slug:code>/"

urlpatterns = [
    path("", public.office_list, name="offices"),
    path("booking/", booking.lookup, name="lookup"),
    path("booking/cancel/", booking.cancel, name="cancel"),
    path("booking/calendar/", booking.calendar, name="calendar"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/thanks/", feedback.thanks, name="feedback_thanks"),
    path("feedback/<slug:code>/", feedback.feedback, name="feedback_office"),
    path("desk/", desk.index, name="desk"),
    path("desk/new/", hours.new_office, name="desk_new"),
    path("desk/settings/", hours.retention, name="desk_settings"),
    path("desk/report/", report.overview, name="report"),
    path("desk/report.xlsx", report.export_overview, name="report_export"),
    path(_OFFICE, desk.day, name="desk_day"),
    path(f"{_OFFICE}print/", desk.print_day, name="desk_print"),
    path(f"{_OFFICE}day.pdf", desk.day_pdf, name="desk_pdf"),
    path(f"{_OFFICE}bookings/<int:booking_id>/", desk.mark, name="desk_mark"),
    path(f"{_OFFICE}edit/", hours.edit_office, name="desk_edit"),
    path(f"{_OFFICE}hours/", hours.edit_hours, name="desk_hours"),
    path(f"{_OFFICE}hours/extra/", hours.add_extra, name="desk_add_extra"),
    path(f"{_OFFICE}hours/extra/<int:pk>/", hours.remove_extra, name="desk_remove_extra"),
    path(f"{_OFFICE}hours/closures/", hours.add_closure, name="desk_add_closure"),
    path(f"{_OFFICE}hours/closures/<int:pk>/", hours.remove_closure, name="desk_remove_closure"),
    path(f"{_OFFICE}feedback/", report.office_report, name="desk_feedback"),
    path(f"{_OFFICE}feedback.xlsx", report.export_office, name="desk_feedback_export"),
    path(f"{_OFFICE}feedback/comments/", report.comments, name="desk_comments"),
    path(
        f"{_OFFICE}feedback/comments/<int:answer_id>/",
        report.mark_comment,
        name="desk_mark_comment",
    ),
    path(f"{_OFFICE}feedback/poster.pdf", report.poster, name="desk_poster"),
    path("<slug:code>/", public.office, name="office"),
    path("<slug:code>/book/", booking.book, name="book"),
]
