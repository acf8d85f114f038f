"""What the forms of staff have in common: version, and the unit's paper.

What must hold is asked by the service; here only the shape.
"""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import masked_name

from ..models import LedgerItem, Party
from .pieces import ScanField, SomeChoiceField, day_field, words_field


def party_label(party: Party) -> str:
    name = party.user.get_full_name() if party.user else str(party.name)
    return f"{party.get_capacity_display()} {masked_name(name) or _('未留姓名')}"


class ActionForm(forms.Form):
    """`version` is what the page showed; with `is_proxy` the unit's paper is asked for (由工委代录)."""

    use_required_attribute = False
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        item: LedgerItem,
        user: Any = None,
        is_proxy: bool = False,
        has_scans: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """`has_scans` where the caller knows whether papers lie with the item already."""
        self.item, self.user, self.is_proxy = item, user, is_proxy
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.prepare()
        if is_proxy:
            self.fields["paper_on"] = day_field(_("单位书面材料的日期"), is_required=True)
            self.fields["scan"] = ScanField(required=False)
            if item.scans.exists() if has_scans is None else has_scans:
                self.fields["earlier_scan"] = SomeChoiceField(label=_("或者用已上传的材料"), required=False)
                self.fields["earlier_scan"].offer(  # type: ignore[attr-defined]  # our field, typed as any Field
                    item.scans.all(), lambda scan: f"{scan.on:%Y-%m-%d} {scan.name}"
                )

    def show_version(self, version: str) -> None:
        """Of what the page shows now: after a refusal the same form can be sent again."""
        typed = cast(QueryDict, self.data).copy()
        typed[self.add_prefix("version")] = version
        self.data = typed

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

    in_rows: frozenset[str] = frozenset()  # fields that stand beside others

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.is_proxy and not cleaned.get("scan") and not cleaned.get("earlier_scan") and "scan" not in self.errors:
            self.add_error("scan", _("请上传单位的书面材料（盖章扫描件），代录以它为准。"))
        return cleaned

    def field(self, name: str) -> Any:
        return self.fields[name]


class ReasonForm(ActionForm):
    reason = words_field(_("理由"), message=_("请填写理由。"))


class DayForm(ActionForm):
    on = day_field(_("日期（不填为今天）"))
