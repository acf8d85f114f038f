"""What a station page is built from, beyond the words of any page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.pages.blocks import DocumentBlock, ParagraphBlock, PictureBlock

# 五大功能 (S2 第十四条一): tags of what a station does, no rules of their own
FUNCTIONS = [
    ("publicity", _("宣传站")),
    ("opinion", _("民意窗")),
    ("bridge", _("连心桥")),
    ("supervision", _("监督岗")),
    ("classroom", _("大课堂")),
]


class FunctionValue(blocks.StructValue):
    @property
    def label(self) -> str:
        return str(dict(FUNCTIONS).get(self["function"], ""))


class FunctionBlock(blocks.StructBlock):
    function = blocks.ChoiceBlock(label=_("功能"), choices=FUNCTIONS)
    text = blocks.TextBlock(label=_("在这里做什么"), max_length=200, required=False)

    class Meta:
        icon = "list-ul"
        value_class = FunctionValue
        label = _("功能")
        description = _("五大功能之一，和它在本站怎样做。")
        template = "stations/blocks/function.html"
        preview_value = {"function": "opinion", "text": "每月接待日听取居民意见。"}


class FunctionsBlock(blocks.StreamBlock):
    function = FunctionBlock()

    class Meta:
        max_num = len(FUNCTIONS)


class PhotosBlock(blocks.StreamBlock):
    picture = PictureBlock()

    class Meta:
        max_num = 12


class RegulationsBlock(blocks.StreamBlock):
    """规章制度: files to open, or the words themselves."""

    document = DocumentBlock()
    paragraph = ParagraphBlock()
