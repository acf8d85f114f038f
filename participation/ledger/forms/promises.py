"""A reply: what it says, what it promises by when, and what it shows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import REPLY_KINDS, Commitment
from .photos import EvidenceForm
from .pieces import day_field, words_field

COMMITMENT_ROWS = 3
MORE_ROWS = 3
MOST_ROWS = 30


class PromisesForm(EvidenceForm):
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
        self.in_rows |= {name for name in self.fields if name.startswith("commitment_")}
        self.add_photo_rows()

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
