"""What residents say of an item: a rating, an objection."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.evaluations.models import QUESTIONS, VALUES
from participation.evaluations.states import NEEDS_REASON, STARRED, Question
from portal.frame.fields import CountedCharField
from portal.idempotency.fields import FormKeyField

REASON_LENGTH = 500


COMMENT_LENGTH = 500
NOT_RATED = _("不评这一项")
# five stars each, in words
STARS: dict[Question, tuple[Any, ...]] = {
    Question.SOLVED: (_("没有解决"), _("解决很少"), _("解决一部分"), _("基本解决"), _("完全解决")),
    Question.ATTITUDE: (_("很差"), _("较差"), _("一般"), _("较好"), _("很好")),
    Question.SPEED: (_("很慢"), _("较慢"), _("一般"), _("较快"), _("很快")),
}


class StarsForm(forms.Form):
    """The stars that a round asks for, in words; every one may be left out."""

    use_required_attribute = False
    is_unfolded = False

    def ask_for_stars(self, questions: Iterable[str]) -> None:
        asked, labels = set(questions), dict(QUESTIONS)
        for question in STARRED:
            if question in asked:
                words = [(str(number), f"{number} {word}") for number, word in enumerate(STARS[question], start=1)]
                self.fields[question.value] = forms.ChoiceField(
                    label=labels[question.value],
                    choices=[("", NOT_RATED), *words],
                    required=False,
                    widget=forms.RadioSelect,
                    initial="",
                    error_messages={"invalid_choice": _("星级请选一到五颗星。")},
                )

    @property
    def star_fields(self) -> list[forms.BoundField]:
        return [self[question.value] for question in STARRED if question.value in self.fields]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in list(STARRED)]

    @property
    def has_more(self) -> bool:
        return bool(self.star_fields) or Question.COMMENT.value in self.fields

    @property
    def shows_more(self) -> bool:
        """Unfolded where something was given or is wrong."""
        names = [*(field.name for field in self.star_fields), Question.COMMENT.value]
        return self.is_unfolded or any(self.errors.get(name) or self.data.get(name) for name in names)

    def stars(self) -> dict[str, int]:
        """What was given, as the services take it."""
        return {name: int(self.cleaned_data[name]) for name in STARRED if self.cleaned_data.get(name)}


class StarredForm(StarsForm):
    """满意度, and below it what the round asks besides: stars and a field for words, all left out at will."""

    template_name = "ledger/rating_form.html"
    value = forms.ChoiceField(
        label=_("您对办理结果"),
        choices=VALUES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择满意、基本满意或不满意"),
            "invalid_choice": _("请选择满意、基本满意或不满意"),
        },
    )

    def __init__(self, *args: Any, questions: Iterable[str] = (), is_unfolded: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_unfolded, asked = is_unfolded, set(questions)
        self.ask_for_stars(asked)
        if Question.COMMENT in asked:
            self.fields[Question.COMMENT.value] = CountedCharField(
                label=dict(QUESTIONS)[Question.COMMENT.value],
                help_text=_("不署名，工作人员审核后可能公开。请不要写姓名、电话和住址。"),
                required=False,
                count_limit=COMMENT_LENGTH,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def given(self) -> dict[str, Any]:
        """What was said, as the services take it."""
        cleaned = self.cleaned_data
        return {"value": cleaned["value"], "stars": self.stars(), "comment": cleaned.get("comment", "")}


class SecretRatingForm(StarredForm):
    """议事代表测评 and 社会监督. No form key: what would tell a repeat apart would tie the answer to its giver."""


class RatingForm(StarredForm):
    """“解决了吗？”: the answer is the rating (decisions.md 22)."""

    form_key = FormKeyField()
    reason = CountedCharField(
        label=_("理由"),
        help_text=_("选“不满意”时请写明哪里没有解决，承办单位据此重新办理。理由只有您和工作人员看得到。"),
        required=False,
        count_limit=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_public = forms.BooleanField(
        label=_("公开我的评价"),
        help_text=_("不勾选时，页面只显示“已评价”，不显示满意与否；勾选后显示评价，不显示您的姓名和理由。"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("value") in list(NEEDS_REASON) and "reason" in cleaned and not cleaned["reason"].strip():
            self.add_error("reason", _("请说明不满意的理由，以便重新办理。"))
        return cleaned

    def given(self) -> dict[str, Any]:
        return super().given() | {name: self.cleaned_data[name] for name in ("reason", "is_public")}


class ObjectionForm(forms.Form):
    """对销号提出异议."""

    use_required_attribute = False
    form_key = FormKeyField()
    reason = CountedCharField(
        label=_("为什么不应销号？"),
        help_text=_("请写明现在的情况，例如时间、地点。理由只有您和工作人员看得到，处理意见会公开。"),
        count_limit=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请说明异议的理由。")},
    )
