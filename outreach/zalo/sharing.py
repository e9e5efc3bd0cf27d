"""Opening Zalo with an address to share (docs/decisions/0045-zalo.md). Pure."""

import base64
import json
from urllib.parse import quote

_SHARE = "https://sp.zalo.me/share_inline?d="


def share_link(url: str) -> str:
    """What Zalo's own share button opens, as a plain link: no script of theirs on our pages.

    ``url`` is absolute. Wherever the link is shown, "Sao chép đường dẫn" stands beside it.
    """
    told = json.dumps({"url": quote(url, safe=":/?#[]@!$&'()*+,;=%")}, separators=(",", ":"))
    return _SHARE + quote(base64.b64encode(told.encode()), safe="")
