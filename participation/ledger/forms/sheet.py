"""The heading of the paper ledger."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .pieces import day_field


class SheetForm(forms.Form):
    use_required_attribute = False
    title = forms.CharField(label=_("表名"), required=False, max_length=60, initial=_("事项办理台账"))
    reporting_unit = forms.CharField(label=_("填报单位"), required=False, max_length=60)
    filled_by = forms.CharField(label=_("填报人"), required=False, max_length=40)
    checked_by = forms.CharField(label=_("审核人"), required=False, max_length=40)
    on = day_field(_("日期"), is_required=True)
    paper = forms.ChoiceField(label=_("纸张"), choices=[("a4", _("A4横向")), ("a3", _("A3横向"))])
    format = forms.ChoiceField(
        label=_("格式"),
        choices=[
            ("xlsx", _("Excel 工作簿")),
            ("csv", _("CSV（UTF-8，Excel 和 WPS 可直接打开）")),
            ("print", _("打印页面")),
        ],
    )
