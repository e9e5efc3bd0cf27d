"""The roles of the product. A role is a group; people hold any number of them.

A contestant needs no role: whoever is on a contest's roster may enter it.
"""

from typing import Final

EDITOR: Final = "Biên tập viên"
AUTHOR: Final = "Người ra đề"
ORGANISER: Final = "Ban Tổ chức"
JURY: Final = "Ban Giám khảo"
UNIT_HEAD: Final = "Lãnh đạo đơn vị"
COUNTER: Final = "Cán bộ Một cửa"
LEGAL_OFFICER: Final = "Cán bộ pháp chế"
ADMINISTRATOR: Final = "Quản trị"

ROLES: Final = (EDITOR, AUTHOR, ORGANISER, JURY, UNIT_HEAD, COUNTER, LEGAL_OFFICER, ADMINISTRATOR)

# Who runs a contest may not enter it (contest-rules.md, "Who may not enter").
BARRED_FROM_ENTERING: Final = frozenset({AUTHOR, ORGANISER, JURY})

# Who must hold a second factor when settings.MFA_REQUIRED.
MFA_ROLES: Final = frozenset({EDITOR, AUTHOR, ORGANISER, LEGAL_OFFICER, ADMINISTRATOR})
