"""One small form for each verb on a session; what must hold is asked by the service."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import DocumentKind, ReceptionSession
from ..rules.presets import PRESETS
from ..rules.scheme import TASKS
from .grid import day_field, time_field


class StepForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, session: ReceptionSession, **kwargs: Any) -> None:
        self.session = session
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class SubstituteForm(StepForm):
    leaving = forms.ChoiceField(label=_("不能到站的代表"), error_messages={"required": _("请选择代表。")})
    coming = forms.ChoiceField(label=_("替班的代表"), error_messages={"required": _("请选择替班的代表。")})

    def __init__(self, *args: Any, deputies: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = {row.deputy_id: row.deputy for row in self.session.host_rows.all()}
        self.deputies = {str(row.pk): row for row in [*deputies, *hosts.values()]}
        cast(forms.ChoiceField, self.fields["leaving"]).choices = [(str(pk), row.name) for pk, row in hosts.items()]
        others = [(str(row.pk), f"{row.name}（{row.title}）") for row in deputies if row.pk not in hosts]
        cast(forms.ChoiceField, self.fields["coming"]).choices = [("", _("请选择")), *others]

    def facts(self) -> dict[str, Any]:
        return {name: self.deputies[self.cleaned_data[name]] for name in ("leaving", "coming")}


class HoldForm(StepForm):
    """The signed sheet, typed: ticks for who came."""

    hosts = forms.MultipleChoiceField(label=_("到站的代表"), required=False, widget=forms.CheckboxSelectMultiple)
    guests = forms.MultipleChoiceField(label=_("到站的人员"), required=False, widget=forms.CheckboxSelectMultiple)
    also = forms.CharField(label=_("另外到站的代表（姓名，用顿号分开）"), required=False, max_length=200)
    theme = forms.CharField(label=_("主题"), required=False, max_length=60)
    tasks = forms.MultipleChoiceField(
        label=_("做了什么"), required=False, widget=forms.CheckboxSelectMultiple, choices=[(t, t) for t in TASKS]
    )
    sheet = forms.FileField(label=_("签到表扫描件（PDF或照片，可以不传）"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = [(str(row.pk), row.deputy.name) for row in self.session.host_rows.all()]
        guests = [(str(row.pk), str(row)) for row in self.session.guest_rows.all()]
        cast(forms.MultipleChoiceField, self.fields["hosts"]).choices = hosts
        cast(forms.MultipleChoiceField, self.fields["guests"]).choices = guests
        self.fields["theme"].initial = self.session.theme
        if not guests:
            del self.fields["guests"]

    def facts(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "hosts": {int(pk) for pk in cleaned["hosts"]}, "guests": {int(pk) for pk in cleaned.get("guests", [])},
            "theme": cleaned["theme"], "tasks": cleaned["tasks"], "sheet": cleaned["sheet"],
        }  # fmt: skip


class ThemeForm(StepForm):
    """进站履职主题 in planning and afterwards."""

    theme = forms.CharField(label=_("主题"), max_length=60, error_messages={"required": _("请填写主题。")})
    is_themed_activity = forms.BooleanField(label=_("计为集中进站主题活动"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].initial = self.session.theme
        self.fields["is_themed_activity"].initial = self.session.is_themed_activity

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CancelForm(StepForm):
    reason = forms.CharField(label=_("取消的原因（公开）"), max_length=100,
                             error_messages={"required": _("请写明取消的原因，原因会公开。")})  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class MoveForm(StepForm):
    to = day_field(_("改到哪一天"))
    start = time_field(_("开始"))
    end = time_field(_("结束"))
    venue = forms.ChoiceField(label=_("场所"), required=False)
    reason = forms.CharField(label=_("改期的原因（公开）"), max_length=100,
                             error_messages={"required": _("请写明改期的原因，原因会公开。")})  # fmt: skip
    accepts_clashes = forms.BooleanField(label=_("已核对，时间或场所重叠没有问题"), required=False)

    def __init__(self, *args: Any, venues: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = self.fields.pop("accepts_clashes")
        if self.add_prefix("accepts_clashes") in self.data:
            self.fields["accepts_clashes"] = self.question
        self.venues = {str(row.pk): row for row in venues}
        cast(forms.ChoiceField, self.fields["venue"]).choices = [("", "—"), *((str(v.pk), v.name) for v in venues)]
        self.fields["start"].initial, self.fields["end"].initial = self.session.start, self.session.end
        self.fields["venue"].initial = str(self.session.venue_id or "")

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"venue": self.venues.get(self.cleaned_data["venue"])}

    def ask(self, doubt: str) -> None:
        """A place or a time is taken: the same again with a tick saves it."""
        self.add_error(None, doubt)
        self.fields["accepts_clashes"] = self.question


class CallerForm(StepForm):
    slot = forms.ChoiceField(label=_("时段"))
    name = forms.CharField(label=_("称呼"), max_length=20, error_messages={"required": _("请填写来电人的称呼。")})
    phone = forms.CharField(label=_("电话"), max_length=30, error_messages={"required": _("请填写电话。")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slots = [(str(n), f"{start:%H:%M}—{end:%H:%M}") for n, (start, end) in enumerate(self.session.slots)]
        cast(forms.ChoiceField, self.fields["slot"]).choices = slots

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"slot": int(self.cleaned_data["slot"])}


class DocumentForm(forms.Form):
    use_required_attribute = False
    kind = forms.ChoiceField(label=_("种类"), choices=DocumentKind.choices)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    title = forms.CharField(label=_("标题"), max_length=80)
    upload = forms.FileField(label=_("文件（PDF）"), error_messages={"required": _("请选择PDF文件。")})
    is_public = forms.BooleanField(label=_("公开"), required=False, initial=True)


PRESET_LABELS = {
    "A": _("A：主站1次、站点4次"),
    "B": _("B：代表1名、法律工作者4名"),
    "C": _("C：集中接待1次、轮值4次"),
    "D": _("D：领导干部代表或上级代表1名、其他代表4名"),
    "E": _("E：主题1个、任务4项"),
}


class SchemeForm(forms.Form):
    """A preset from a day on, or the present one's lines changed (`lines`)."""

    use_required_attribute = False
    preset = forms.ChoiceField(label=_("预设口径"), choices=[(key, PRESET_LABELS[key]) for key in PRESETS])
    label = forms.CharField(label=_("名称（公开）"), max_length=60)
    starts_on = day_field(_("起始日期"))
