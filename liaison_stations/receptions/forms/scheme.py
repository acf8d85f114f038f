"""The lines of a scheme, each a row of plain fields."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..rules.days import is_day_rule, rule_in_words, rule_of_words
from ..rules.scheme import HOST_ROLES, TASKS, Requirement

ROLE_LABELS = {
    "any": _("不限"), "leading_cadre": _("领导干部代表"), "leading_or_upper": _("领导干部代表或上级代表"),
    "upper": _("上级代表（设区的市以上）"), "national": _("全国人大代表"), "province": _("省人大代表"),
    "city": _("设区的市人大代表"), "county": _("县级人大代表"), "township": _("乡镇人大代表"),
}  # fmt: skip
GUEST_LABELS = {
    "judge": _("法官"), "procurator": _("检察官"), "chief": _("一长（所长）"), "member": _("一员（调解员等）"),
    "state_organ": _("国家机关工作人员"),
}  # fmt: skip
VENUES = [("any", _("不限")), ("main", _("主站")), ("site", _("站点"))]
MODES = [("none", _("不要求")), ("at_least_one", _("至少一类")), ("all", _("每类都要"))]
UNITS = [("sessions", _("按场次")), ("per_session", _("每场之内"))]
EXTRA = 2
_BETWEEN = re.compile(r"[、,，;；\n]+")
_HOSTS = re.compile(r"(?P<who>.+?)\s*(?P<count>\d{1,2})\s*[名人个]?")


class LineForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label=_("要求"), max_length=40)
    min_count = forms.IntegerField(label=_("每月次数"), min_value=1, max_value=60)
    venue_kind = forms.ChoiceField(label=_("地点"), choices=VENUES)
    host_role = forms.ChoiceField(label=_("代表"), choices=[(key, ROLE_LABELS[key]) for key in HOST_ROLES])
    min_hosts = forms.CharField(
        label=_("每场代表人数"), required=False, max_length=80, help_text=_("例如：领导干部代表或上级代表1名、不限4名")
    )
    guest_mode = forms.ChoiceField(label=_("到站人员"), choices=MODES)
    guest_roles = forms.MultipleChoiceField(
        label=_("到站人员类别"), required=False, choices=list(GUEST_LABELS.items()),
        widget=forms.SelectMultiple(attrs={"size": 3}),
    )  # fmt: skip
    day_rule = forms.CharField(
        label=_("日期规则"),
        required=False,
        max_length=40,
        help_text=_("例如：每月15日、每月4、14、24日、每周三、每月第二个周六；可不填"),
    )
    distinct_sites = forms.BooleanField(label=_("站点不重复"), required=False)
    count_unit = forms.ChoiceField(label=_("计数"), choices=UNITS)
    tasks = forms.MultipleChoiceField(
        label=_("任务"), required=False, choices=[(t, t) for t in TASKS], widget=forms.SelectMultiple(attrs={"size": 4})
    )

    def clean_day_rule(self) -> str:
        rule = rule_of_words(str(self.cleaned_data["day_rule"]))
        if not is_day_rule(rule):
            raise forms.ValidationError(gettext("日期规则看不懂，请写成“每月15日”“每周三”或“每月第二个周六”的样子。"))
        return rule

    def clean_min_hosts(self) -> dict[str, int]:
        """{role: how many}, written in the words of the labels."""
        words = {str(label): role for role, label in ROLE_LABELS.items()}
        words |= {word.partition("（")[0]: role for word, role in words.items()}
        found = {}
        for piece in filter(None, (each.strip() for each in _BETWEEN.split(self.cleaned_data["min_hosts"]))):
            match = _HOSTS.fullmatch(piece)
            role = words.get(match["who"].strip()) if match else None
            if match is None or role is None or not 1 <= int(match["count"]) <= 50:
                raise forms.ValidationError(gettext("人数看不懂，请写成“领导干部代表1名、不限4名”的样子。"))
            found[role] = int(match["count"])
        return found

    @property
    def requirement(self) -> Requirement:
        cleaned = self.cleaned_data
        return Requirement(**cleaned | {"guest_roles": tuple(cleaned["guest_roles"]), "tasks": tuple(cleaned["tasks"])})


class LineGrid:
    """The lines as they are, with two empty ones; a line without a name is passed over."""

    def __init__(self, requirements: Sequence[Requirement], data: Any = None) -> None:
        if data is None:
            initial: list[dict[str, Any]] = [_initial(each) for each in requirements]
            initial += [{"min_count": 1}] * EXTRA
            self.forms = [self._form(n, initial=each) for n, each in enumerate(initial)]
        else:
            text = str(data.get("lines", ""))
            count = min(int(text), 20) if text.isdecimal() and len(text) < 4 else 0
            self.forms = [self._form(n, data=data) for n in range(count)]

    def _form(self, number: int, **kwargs: Any) -> LineForm:
        return LineForm(prefix=f"line{number}", label_suffix="", **kwargs)

    @property
    def filled(self) -> list[LineForm]:
        return [form for form in self.forms if form.data.get(form.add_prefix("name"), "").strip()]

    def is_valid(self) -> bool:
        return not [form for form in self.filled if not form.is_valid()]  # each line says what is wrong with it

    @property
    def requirements(self) -> list[Requirement]:
        return [form.requirement for form in self.filled]


def _initial(each: Requirement) -> dict[str, Any]:
    facts = {name: getattr(each, name) for name in LineForm.base_fields}
    hosts = (f"{ROLE_LABELS[role]}{gettext('%d名') % count}" for role, count in each.min_hosts.items())
    return facts | {"min_hosts": "、".join(hosts), "day_rule": rule_in_words(each.day_rule) if each.day_rule else ""}


def lines_in_words(requirements: Sequence[Requirement]) -> list[str]:
    """Each line as a sentence, for staff only."""
    venues, found = dict(VENUES), []
    for each in requirements:
        parts = [gettext("%(name)s：每月%(count)d次") % {"name": each.name, "count": each.min_count}]
        if each.venue_kind != "any":
            parts.append(str(venues[each.venue_kind]))
        if each.host_role != "any":
            parts.append(str(ROLE_LABELS[each.host_role]))
        parts += [gettext("每场%(role)s%(count)d名") % {"role": ROLE_LABELS[role], "count": count}
                  for role, count in each.min_hosts.items()]  # fmt: skip
        if each.guest_mode != "none":
            parts.append(
                f"{dict(MODES)[each.guest_mode]}：" + "、".join(str(GUEST_LABELS.get(r, r)) for r in each.guest_roles)
            )
        if each.day_rule:
            parts.append(rule_in_words(each.day_rule))
        if each.distinct_sites:
            parts.append(gettext("站点不重复"))
        if each.tasks:
            parts.append("、".join(each.tasks))
        found.append("，".join(parts))
    return found
