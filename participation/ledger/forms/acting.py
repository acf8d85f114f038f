"""What the forms of staff have in common: version, the unit's paper, a reply with what it promises.

What must hold is asked by the service; here only the shape.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import masked_name

from ..models import REPLY_KINDS, Commitment, LedgerItem, Party
from .pieces import ScanField, SomeChoiceField, day_field, words_field

COMMITMENT_ROWS = 3
MORE_ROWS = 3
MOST_ROWS = 30


def party_label(party: Party) -> str:
    name = party.user.get_full_name() if party.user else str(party.name)
    return f"{party.get_capacity_display()} {masked_name(name) or _('未留姓名')}"


class ActionForm(forms.Form):
    """`version` is what the page showed; with `is_proxy` the unit's paper is asked for (由工委代录)."""

    use_required_attribute = False
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: LedgerItem, user: Any = None, is_proxy: bool = False, **kwargs: Any) -> None:
        self.item, self.user, self.is_proxy = item, user, is_proxy
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.prepare()
        if is_proxy:
            self.fields["paper_on"] = day_field(_("单位书面材料的日期"), is_required=True)
            self.fields["scan"] = ScanField(required=False)
            if item.scans.exists():
                self.fields["earlier_scan"] = SomeChoiceField(label=_("或者用已上传的材料"), required=False)
                self.fields["earlier_scan"].offer(  # type: ignore[attr-defined]  # our field, typed as any Field
                    item.scans.all(), lambda scan: f"{scan.on:%Y-%m-%d} {scan.name}"
                )

    def prepare(self) -> None:
        """Fill in the choices from the item."""

    @property
    def is_offered(self) -> bool:
        """False where there is nothing to decide on."""
        return True

    @property
    def lines(self) -> list[Any]:
        """The fields to be shown one below the other."""
        return [field for field in self.visible_fields() if field.name not in self.in_rows]

    in_rows: frozenset[str] = frozenset()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_proxy and not cleaned.get("scan") and not cleaned.get("earlier_scan") and "scan" not in self.errors:
            self.add_error("scan", _("请上传单位的书面材料（盖章扫描件），代录以它为准。"))
        return cleaned

    def field(self, name: str) -> Any:
        return self.fields[name]


class ReasonForm(ActionForm):
    reason = words_field(_("理由"), message=_("请填写理由。"))


class OptionalReasonForm(ActionForm):
    reason = words_field(_("说明（可不填）"), is_required=False, rows=2)


class DayForm(ActionForm):
    on = day_field(_("日期（不填为今天）"))


class PromisesForm(ActionForm):
    """A reply and, for 已列计划, what is promised by when; more rows on demand, with scripts off too."""

    kind = forms.ChoiceField(
        label=_("答复类别"),
        choices=[("", _("请选择")), *REPLY_KINDS],
        error_messages={"required": _("请选择答复类别。")},
    )
    text = words_field(_("答复内容"), rows=8, message=_("请填写答复内容。"))

    def add_rows(self, promised: Sequence[Commitment] = ()) -> None:
        self.rows = max(len(promised), self._asked_rows(), COMMITMENT_ROWS)
        for number in range(1, self.rows + 1):
            row = promised[number - 1] if number <= len(promised) else None
            self.fields[f"commitment_{number}"] = forms.CharField(
                label=_("承诺事项%d") % number, required=False, max_length=300, initial=row.text if row else ""
            )
            self.fields[f"commitment_{number}_due_on"] = day_field(_("承诺事项%d的落实时限") % number)
            self.fields[f"commitment_{number}_due_on"].initial = row.due_on if row else None
        self.in_rows = frozenset(name for name in self.fields if name.startswith("commitment_"))

    def _asked_rows(self) -> int:
        asked = str(self.data.get(self.add_prefix("rows"), "")) if self.is_bound else ""
        return min(int(asked), MOST_ROWS) if asked.isascii() and asked.isdigit() else 0

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        return [(self[f"commitment_{n}"], self[f"commitment_{n}_due_on"]) for n in range(1, self.rows + 1)]

    @property
    def more_rows(self) -> int:
        return min(self.rows + MORE_ROWS, MOST_ROWS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(1, self.rows + 1):
            words, due_on = cleaned.get(f"commitment_{number}"), f"commitment_{number}_due_on"
            if words and not cleaned.get(due_on) and due_on not in self.errors:
                self.add_error(due_on, _("请填写落实时限。"))
            if cleaned.get(due_on) and not words:
                self.add_error(f"commitment_{number}", _("请填写承诺事项。"))
        return cleaned

    def commitments(self) -> list[tuple[str, Any]]:
        cleaned, numbers = self.cleaned_data, range(1, self.rows + 1)
        return [
            (cleaned[f"commitment_{n}"], cleaned[f"commitment_{n}_due_on"])
            for n in numbers
            if cleaned[f"commitment_{n}"]
        ]
