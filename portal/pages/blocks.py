"""What an editor builds a page from: typed blocks, each with a preview and a sentence of description."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from portal.jurisdictions.clauses import clause, clauses

from .rules.tables import MAX_COLUMNS, MAX_ROWS, pasted_table

TEXT, THINGS, MATTERS = _("文字"), _("图片和文件"), _("议事")
RICH_TEXT = ["bold", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("文字"), max_length=60)
    level = blocks.ChoiceBlock(
        label=_("层级"), choices=[("h2", _("大标题")), ("h3", _("小标题"))], default="h2", search_index=False
    )

    class Meta:
        icon = "title"
        label = _("标题")
        description = _("把长文章分成几段，读屏软件靠它跳转。")
        group = TEXT
        template = "pages/blocks/heading.html"
        form_layout = ["text", "level"]
        preview_value = {"text": "一、会议情况", "level": "h2"}


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("正文")
        description = _("一段或几段文字，可以加粗、分条、加链接。")
        group = TEXT
        template = "pages/blocks/paragraph.html"
        preview_value = "<p>会上，<b>议事代表</b>听取了电梯加装进展，并提出三条意见。</p>"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", RICH_TEXT)
        super().__init__(**kwargs)


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("标题"), max_length=30)
    text = blocks.TextBlock(label=_("内容"), max_length=300)

    class Meta:
        icon = "info-circle"
        label = _("提示")
        description = _("请大家特别留意的一两句话，例如截止日期。一篇里最多用一两处。")
        group = TEXT
        template = "pages/blocks/note.html"
        preview_value = {"title": "报名截止", "text": "请在3月20日17:00前到社区报名。"}


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("标题"), max_length=40, required=False)
    steps = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("这一步"), max_length=40)),
                ("text", blocks.TextBlock(label=_("怎么做"), max_length=300, required=False)),
            ]
        ),
        label=_("步骤"),
        min_num=1,
        max_num=12,
    )

    class Meta:
        icon = "list-ol"
        label = _("步骤")
        description = _("一件事分几步办，每步一句话。")
        group = TEXT
        template = "pages/blocks/steps.html"
        preview_value = {
            "title": "怎样报名",
            "steps": [{"title": "到社区领表", "text": "工作日都可以。"}, {"title": "交回社区", "text": ""}],
        }


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("表题"), max_length=60, help_text=_("一句话说明这是什么表，读屏软件会先读它。"))
    rows = blocks.TextBlock(
        label=_("内容"),
        help_text=_("可以直接从表格软件复制粘贴。每行一行，单元格之间用制表符或竖线“|”隔开，第一行是表头。"),
    )

    class Meta:
        icon = "table"
        label = _("表格")
        description = _("时间、地点、名单等对照着看的内容。手机上自动变成清单。")
        group = TEXT
        template = "pages/blocks/table.html"
        preview_value = {"caption": "会议安排", "rows": "日期 | 地点\n3月15日 | 社区会议室\n3月22日 | 议事厅"}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        table = pasted_table(cleaned["rows"])
        if len(table.columns) < 2 or not table.rows:
            problem = _("请至少写表头和一行内容，每行两格以上，用制表符或竖线“|”隔开。")
        elif len(table.columns) > MAX_COLUMNS or len(table.rows) > MAX_ROWS:
            problem = _("表格太大，手机上读不了。请分成几张，或作为文件上传。")
        else:
            return cleaned
        raise blocks.StructBlockValidationError(block_errors={"rows": ValidationError(problem)})

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["table"] = pasted_table(value["rows"])
        return context


class NamedImageBlock(ImageBlock):
    """Wagtail labels the chooser inside “Image”, in no language but its own."""

    def __init__(self, required: bool = True, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        self.child_blocks["image"].label = _("图片")


class PictureBlock(blocks.StructBlock):
    image = NamedImageBlock(label=_("图片"))
    caption = blocks.CharBlock(
        label=_("图片说明"), max_length=100, required=False, help_text=_("显示在图下面，可以不填。")
    )

    class Meta:
        icon = "image"
        label = _("图片")
        description = _("替代文字按这篇文章的用意来写；纯装饰的图请勾选“图片是装饰性的”。")
        group = THINGS
        template = "pages/blocks/picture.html"
        preview_template = "pages/blocks/picture_preview.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("文件"))
    title = blocks.CharBlock(
        label=_("显示的名称"), max_length=80, required=False, help_text=_("不填就用文件自己的名称。")
    )

    class Meta:
        icon = "doc-full"
        label = _("附件")
        description = _("供下载的文件，自动显示格式和大小。")
        group = THINGS
        template = "pages/blocks/document.html"
        preview_template = "pages/blocks/document_preview.html"


class ContactBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("单位或窗口"), max_length=60)
    phone = blocks.RegexBlock(
        regex=r"^[0-9\-－ ]{3,20}$",
        label=_("电话"),
        required=False,
        error_messages={"invalid": _("电话只写数字和“-”，例如 0731-12345678。")},
        help_text=_("请填单位的工作电话，不填个人手机号。"),
    )
    address = blocks.CharBlock(label=_("地址"), max_length=100, required=False)
    hours = blocks.CharBlock(label=_("时间"), max_length=60, required=False)

    class Meta:
        icon = "mail"
        label = _("联系方式")
        description = _("找谁、打哪个电话、什么时候去。手机上点号码即可拨打。")
        group = THINGS
        template = "pages/blocks/contact.html"
        preview_value = {
            "name": "望春门街道人大代表联络站",
            "phone": "0731-00000000",
            "address": "（待填）",
            "hours": "工作日 9:00–17:00",
        }


def clause_choices() -> list[tuple[str, str]]:
    return [(each.id, f"{each.id} {each.section} {each.quoted[:40]}") for each in clauses().values()]


class ClauseBlock(blocks.StructBlock):
    """法规条款: quoted from the registry, so that nobody retypes a regulation."""

    clause = blocks.ChoiceBlock(label=_("条款"), choices=clause_choices)
    note = blocks.TextBlock(
        label=_("说明"), max_length=300, required=False, help_text=_("用自己的话解释这一条，可以不填。")
    )

    class Meta:
        icon = "openquote"
        label = _("引用条款")
        description = _("原文取自条款库，一字不差，并注明出处。")
        group = MATTERS
        template = "pages/blocks/clause.html"
        preview_value = {"clause": "C33", "note": "这就是办理期限的由来。"}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["clause"] = clause(value["clause"]) if value["clause"] in clauses() else None
        return context


class WordsBlock(blocks.StreamBlock):
    """正文 of any page: what needs nothing of the features above."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    picture = PictureBlock()
    document = DocumentBlock()
    table = TableBlock()
    steps = StepsBlock()
    note = NoteBlock()
    contact = ContactBlock()
    clause = ClauseBlock()

    class Meta:
        block_counts = {"note": {"max_num": 3}}
