"""编辑手册: the chapters that the admin's help menu shows. For people who know Word; pictures: `make screenshots`."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image

FOLDER = "img/handbook"


@dataclass(frozen=True)
class Picture:
    name: str
    alt: Any

    @property
    def path(self) -> str:
        return f"{FOLDER}/{self.name}.webp"

    @property
    def file(self) -> Path:
        return settings.BASE_DIR / "portal" / "static" / FOLDER / f"{self.name}.webp"

    def size(self) -> tuple[int, int]:
        with Image.open(self.file) as image:
            return image.size

    @property
    def width(self) -> int:
        return self.size()[0]

    @property
    def height(self) -> int:
        return self.size()[1]


@dataclass(frozen=True)
class Chapter:
    key: str
    title: Any
    steps: list[Any]
    opening: Any = ""
    note: Any = ""
    pictures: list[Picture] = field(default_factory=list)


CHAPTERS = [
    Chapter(
        "write",
        _("写一篇动态"),
        [
            _("左边点“页面”，进到要发的栏目，例如“议事动态”。"),
            _("点标题旁的加号（添加下级页面）。标题要说清楚什么事，例如“东风社区加装电梯议事会形成三点意见”。"),
            _("填“摘要”：一两句话，列表和转发到群里时显示。"),
            _("填“来源”“作者”“责任编辑”。审核人不用填，审核通过后自动写上。"),
            _("正文一块一块加：点加号，选段落、小标题、图片、表格或文件。从 Word 粘贴用 Ctrl + Shift + V，只留文字。"),
            _("右下角“保存草稿”。草稿只有后台的人看得到，可以随时再改。"),
        ],
        pictures=[
            Picture("pages", _("页面列表：从这里进到栏目")),
            Picture("write", _("写稿的页面：上面填标题和摘要，下面一块一块加正文")),
        ],
        note=_("涉密不上网，上网不涉密。身份证号、手机号、家庭住址不要写进正文；保存时系统会检查并提示。"),
    ),
    Chapter(
        "comments",
        _("批注"),
        [
            _("点右上角的批注图标，再点要说的那一栏旁边的“添加批注”，写好点“批注”。"),
            _("写稿的人、送审的人和在同一条批注里说过话的人会收到消息；别的稿件也想知道，打开“批注通知”。"),
            _("改好了点“解决”，写批注的人会收到消息。"),
        ],
        note=_("批注只有后台的人看得到，发布以后也不会出现在网页上。"),
    ),
    Chapter(
        "pictures",
        _("配图和替代文字"),
        [
            _("正文里加一块“图片”，点“选择一个图片”，可以从图库选，也可以从电脑上传。"),
            _(
                "写替代文字：看不见图的人听到的一句话。写图里有什么、说明什么，例如“十二位居民围坐在社区活动室讨论图纸”。不要写“图片1”。"
            ),
            _("纯装饰的图勾选“图片是装饰性的”，不用写替代文字。"),
            _("人脸和车牌不能让人认出来的，先处理再上传；群众照片要征得本人同意。"),
        ],
        pictures=[Picture("images", _("图库：左上角上传新图片，右边按文件夹筛选"))],
    ),
    Chapter(
        "submit",
        _("提交审核"),
        [
            _("写好后先看右侧“预览”，手机和电脑各看一遍。"),
            _("点右下角箭头，选“提交审核”。需要几级审核由本地口径决定（一审、二审或三审）。"),
            _("提交后稿件锁定，您会在首页“您的稿件，正在审核或待修改”里看到它走到哪一步。"),
            _("被退回修改的，打开稿件，最上面写着谁退回、为什么；照着改好，再次提交。"),
        ],
        pictures=[Picture("submit", _("右下角的菜单：保存草稿、提交审核"))],
        note=_("写的人、改的人、送审的人都不能审自己的稿件，这是三审三校的要求，系统会拦住。"),
    ),
    Chapter(
        "review",
        _("审核别人的稿件"),
        [
            _("首页“等待您的审核”列出轮到您审的稿件，点标题打开。"),
            _("有意见的，选中文字旁边的批注按钮写下来；然后选“退回修改”，写明理由。"),
            _("没有意见的，选“审核通过”。最后一级通过后自动发布。审过以后还可以在“历史”里看各个版本。"),
        ],
    ),
    Chapter(
        "schedule",
        _("定时发布和到时撤下"),
        [
            _("打开稿件，点右上角的“状态”，再点“设定时间”。"),
            _("填发布日期和时间；公示这类有期限的，同时填撤下时间。"),
            _("保存时间后照常提交审核：审核通过，到点自动发布，到期自动撤下。"),
        ],
        pictures=[Picture("schedule", _("状态栏：定时发布、公开范围、锁定都在这里"))],
        note=_("自动发布由定时任务执行，一般有几分钟的误差。"),
    ),
    Chapter(
        "withdraw",
        _("撤下一篇稿件"),
        [
            _("打开稿件，点标题旁的三个点，选“撤下”，再确认。"),
            _("撤下以后公众看不到，内容和历史版本都还在，需要时可以重新提交发布。"),
            _("不要用“删除”代替“撤下”：删除以后网址失效，也没有留底。"),
        ],
    ),
    Chapter(
        "columns",
        _("栏目"),
        [
            _("栏目是首页下面的页面，例如议事动态、公示公告、政策法规、履职风采。"),
            _("新开栏目前想一想：谁来更新、多久更新一次。动态要闻类两周内、公示公告和政策文件类半年内要有新内容。"),
            _("栏目的“维护单位”写清楚哪个科室负责，只在后台显示。"),
        ],
    ),
    Chapter(
        "correct",
        _("发现错误怎么更正"),
        [
            _("错别字：打开稿件直接改，保存后重新提交审核。改之前的版本在“历史”里，可以比较，也可以恢复。"),
            _("事实有误：改正文，并在文末加一块“提示”，写明某月某日更正了什么。"),
            _("读者从页面下方“纠错”报来的，核对后照上面处理，再回复来信人。"),
        ],
    ),
    Chapter(
        "freshness",
        _("栏目更新情况"),
        [
            _("点“报告”里的“内容更新”：首页和每个栏目多久没有更新、还剩几天，与上级检查网站时的算法一样。"),
            _("快到期的栏目先补内容；确实没有内容可发的栏目，建议合并或撤下，不要空着。"),
            _("不为凑数发转载稿：一篇本街道的议事结果，比十篇转载更有用。"),
        ],
    ),
]
