"""One demo account for each role."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from people import roles
from people.models import Unit, User

PASSWORD = "motcua-demo-2026"  # noqa: S105 - printed by the command; the demo only


@dataclass(frozen=True, slots=True)
class DemoAccount:
    staff_code: str
    full_name: str
    job_title: str
    role: str


STAFF = (
    DemoAccount("QT001", "Trần Quốc Khải", "Quản trị hệ thống", roles.ADMINISTRATOR),
    DemoAccount("BTC001", "Nguyễn Thị Hồng Hạnh", "Thư ký Ban Tổ chức", roles.ORGANISER),
    DemoAccount("RD001", "Lê Đức Thuận", "Chuyên viên pháp chế", roles.AUTHOR),
    DemoAccount("RD002", "Hoàng Minh Châu", "Phó Trưởng phòng Tư pháp", roles.AUTHOR),
    DemoAccount("BT001", "Phạm Thu Uyên", "Biên tập viên", roles.EDITOR),
    DemoAccount("PC001", "Bùi Thanh Hương", "Cán bộ pháp chế", roles.LEGAL_OFFICER),
    DemoAccount("GK001", "Đỗ Văn Quyết", "Giám khảo", roles.JURY),
    # Moved to the unit of the first demo office by counter.demo.
    DemoAccount("MC001", "Vũ Thị Lan Phương", "Công chức Một cửa", roles.COUNTER),
)
# People of the roster who are given a password: one has a result, one has not yet taken anything,
# and one heads the unit of both.
CONTESTANTS = ("CB00001", "CB00005")
UNIT_HEAD = "CB00020"
# Reviews what the first author writes.
REVIEWER = "RD002"


def create_staff(root: Unit) -> dict[str, User]:
    """The staff by role, of two with one role the first, and by staff code. They work outside the
    competing units."""
    staff: dict[str, User] = {}
    for account in STAFF:
        administrator = account.role == roles.ADMINISTRATOR
        user = User.objects.filter(
            staff_code=account.staff_code
        ).first() or User.objects.create_user(
            account.staff_code,
            PASSWORD,
            full_name=account.full_name,
            job_title=account.job_title,
            unit=root,
            is_staff=administrator,
            is_superuser=administrator,
        )
        user.groups.add(Group.objects.get(name=account.role))
        staff.setdefault(account.role, user)
        staff[account.staff_code] = user
    return staff


def give_passwords() -> None:
    User.objects.get(staff_code=UNIT_HEAD).groups.add(Group.objects.get(name=roles.UNIT_HEAD))
    for user in User.objects.filter(staff_code__in=[*CONTESTANTS, UNIT_HEAD]):
        user.set_password(PASSWORD)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
