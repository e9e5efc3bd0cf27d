from outreach.models.broadcasts import Broadcast, Slot
from outreach.models.scripts import Abbreviation, ReadingSettings, Script, ScriptVersion, Topic
from outreach.models.zalo import ZaloAccount, ZaloAttempt, ZaloPost

__all__ = [
    "Abbreviation",
    "Broadcast",
    "ReadingSettings",
    "Script",
    "ScriptVersion",
    "Slot",
    "Topic",
    "ZaloAccount",
    "ZaloAttempt",
    "ZaloPost",
]
