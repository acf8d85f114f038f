"""Components, as HTML."""

import datetime

import pytest
from django import forms
from django.forms import formset_factory
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from portal.frame.fields import CountedCharField, PhoneField
from portal.frame.paging import Page
from portal.frame.templatetags.frame import cn_date, cn_datetime, cn_weekday, date_element


class ProposalForm(forms.Form):
    body = CountedCharField(label="您的建议", count_limit=5, help_text="在哪里")
    phone = PhoneField(label="电话", required=False)
    category = forms.ChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="我已满14周岁")


def rendered(source: str, **values: object) -> str:
    return Template("{% load frame %}" + source).render(Context(values))


def test_no_field_carries_a_required_attribute() -> None:
    assert "required" not in rendered("{{ form }}", form=ProposalForm())


def test_errors_stand_on_top_with_links_to_the_focusable_element_and_beside_the_field() -> None:
    html = rendered("{{ form }}", form=ProposalForm({"body": "一二三四五六七"}))
    summary = html[: html.index("</ul>")]
    assert 'href="#id_body">“您的建议”超出2个字，请缩短到5字以内<' in summary
    assert 'href="#id_category_0">请选择类别<' in summary
    assert 'href="#id_agree">请勾选“我已满14周岁”<' in summary
    assert html.count("超出2个字") == 2
    assert 'aria-describedby="id_body_helptext id_body_error id_body_count"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="一二三四五六七"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in rendered("{{ form }}", form=ProposalForm())


def test_optional_fields_are_marked_and_a_heading_label_is_the_h1() -> None:
    html = rendered('{% field form.phone %}{% field form.body heading=True label="想说什么？" %}', form=ProposalForm())
    assert html.count("（选填）") == 1
    assert '<h1 class="field__heading"><label class="field__label" for="id_body">想说什么？</label></h1>' in html


def test_the_title_says_error_for_a_refused_form_and_formset_only() -> None:
    many = formset_factory(ProposalForm)
    refused = many({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-body": "一二三四五六"})
    assert rendered("{% title_prefix %}", form=ProposalForm()) == ""
    assert rendered("{% title_prefix %}", form=ProposalForm({})) == "错误："
    assert rendered("{% title_prefix %}", anything=refused) == "错误："


def test_what_is_typed_is_escaped_everywhere() -> None:
    evil = '"><script>alert(1)</script>'
    html = rendered(
        "{% card title=evil meta=evil url='/' %}{{ evil }}{% endcard %}{% chip evil %}"
        "{% notice title=evil %}x{% endnotice %}"
        "{% empty title=evil %}x{% endempty %}{% confirmation title=evil number=evil %}x{% endconfirmation %}"
        "{% timeline entries %}{% step_bar steps %}{% summary_list rows %}{% table columns cells caption=evil %}"
        "{% button evil %}{% link_button evil evil %}{% copy_text evil %}{% breadcrumbs evil evil %}"
        "{% figures figures %}"
        "{% clock_chip 'running' 2 evil %}{{ form }}",
        evil=evil,
        entries=[{"when": timezone.now(), "title": evil, "body": evil, "actor": evil}],
        steps=[{"label": evil, "note": evil, "state": "done"}],
        rows=[{"label": evil, "value": evil, "url": evil, "note": evil}],
        columns=[evil],
        cells=[[evil]],
        figures=[{"label": evil, "value": evil, "unit": evil, "note": evil, "url": evil}],
        form=ProposalForm({"body": evil, "phone": evil}),
    )
    assert "<script" not in html
    assert html.count("&lt;script&gt;") > 30


@pytest.mark.parametrize(
    ("call", "words", "kind"),
    [
        ('"running" 12', "还剩 12 天", "active"),
        ('"running" 3', "还剩 3 天", "due"),
        ('"running" 0', "今天到期", "due"),
        ('"due" 0', "今天到期", "due"),
        ('"late" 3', "已超期 3 天", "late"),
        ('"done"', "按期办结", "ok"),
        ('"done_late"', "逾期办结", "late"),
        ('"paused"', "暂停计时", "paused"),
    ],
)
def test_a_clock_chip_has_a_word_a_sign_and_a_colour(call: str, words: str, kind: str) -> None:
    html = rendered("{% clock_chip " + call + " %}")
    assert f'<span class="chip chip--{kind}"><svg' in html
    assert html.rstrip().endswith(f"</svg>{words}</span>")


def test_a_step_bar_can_be_read_without_styles() -> None:
    html = rendered(
        "{% step_bar steps %}", steps=[{"label": "受理", "state": "done"}, {"label": "答复", "state": "current"}]
    )
    assert '受理<span class="visually-hidden">（已完成）</span>' in html
    assert html.count('aria-current="step"') == 1


def test_pagination_keeps_the_other_parameters() -> None:
    request = RequestFactory().get("/proposals/", {"division": "430381001000", "cursor": "old"})
    html = rendered("{% pagination page %}", request=request, page=Page(items=[1], next="n:1", previous=""))
    assert 'rel="next" href="?division=430381001000&amp;cursor=n%3A1"' in html
    assert "上一页" not in html
    assert rendered("{% pagination page %}", request=request, page=Page()).strip() == ""


def test_check_answers_name_what_is_changed_and_what_was_left_out() -> None:
    html = rendered("{% summary_list rows %}", rows=[{"label": "标题", "value": "", "url": "/x/"}])
    assert "未填写" in html
    assert '修改<span class="visually-hidden">标题</span>' in html


def test_a_table_names_its_columns_in_every_cell_for_the_phone() -> None:
    html = rendered("{% table columns rows %}", columns=["社区", ("收到", "number")], rows=[["东风社区", 3]])
    assert '<td data-label="收到" class="table__number">3</td>' in html


def test_dates_are_chinese_full_and_in_shanghai() -> None:
    night = datetime.datetime(2026, 3, 9, 16, 5, tzinfo=datetime.UTC)
    assert cn_date(night) == "2026年3月10日"
    assert cn_datetime(night) == "2026年3月10日 0:05"
    assert cn_weekday(night) == "星期二"
    assert date_element(night) == '<time datetime="2026-03-10">2026年3月10日</time>'
    assert cn_date(datetime.date(2026, 12, 1)) == "2026年12月1日"
    assert (cn_date(None), cn_datetime(None), date_element(None)) == ("", "", "")
