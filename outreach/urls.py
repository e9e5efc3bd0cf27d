from django.urls import path

from outreach.views import log, manner, schedule, scripts, zalo

app_name = "outreach"
urlpatterns = [
    path("", scripts.scripts, name="scripts"),
    path("scripts/new/", scripts.new_script, name="new_script"),
    path("scripts/<int:pk>/", scripts.script, name="script"),
    path("scripts/<int:pk>/readings/", scripts.readings, name="readings"),
    path("scripts/<int:pk>/hand/", scripts.by_hand, name="by_hand"),
    path("scripts/<int:pk>/source/", scripts.source, name="source"),
    path("scripts/<int:pk>/versions/<int:number>/", scripts.version, name="version"),
    path("scripts/<int:pk>/sheet/", scripts.sheet, name="sheet"),
    path("scripts/<int:pk>/sheet.pdf", scripts.sheet_pdf, name="sheet_pdf"),
    path("schedule/", schedule.schedule, name="schedule"),
    path("schedule/new/", schedule.new_slot, name="new_slot"),
    path("schedule/<int:pk>/end/", schedule.end, name="end_slot"),
    path("log/", log.log, name="log"),
    path("log.pdf", log.log_pdf, name="log_pdf"),
    path("log.xlsx", log.log_xlsx, name="log_xlsx"),
    path("log/new/", log.new_line, name="new_line"),
    path("log/<int:pk>/correct/", log.correct, name="correct"),
    path("log/<int:pk>/strike/", log.strike, name="strike"),
    path("manner/", manner.manner, name="manner"),
    path("zalo/", zalo.posts, name="zalo"),
    path("zalo/<int:pk>/<slug:name>/", zalo.act, name="zalo_act"),
    path("zalo/account/", zalo.account, name="zalo_account"),
    path("zalo/account/disconnect/", zalo.disconnect, name="zalo_disconnect"),
]
