"""The settings in which the two source documents differ (domain.md 2.4 and decision 2).

`clause` names the clause that gave the setting its shape, not the value's own source: that is kept with each value.
A default holds where nothing is stated, so nothing that a document orders is on by default.
"""

from django.utils.translation import gettext_lazy as _

from .registry import StrOrPromise, TermDefinition, TermKind, register_term

DOCUMENTS: dict[str, StrOrPromise] = {
    "changsha": _("长沙市人大常委会关于开展街道居民议事工作的指导意见"),
    "xiangxiang": _("湘乡市人大街道工委实施细则"),
}

GROUPS: dict[str, StrOrPromise] = {
    "general": _("依据与称谓"),
    "members": _("议事代表（议事员）"),
    "sessions": _("会议"),
    "ballots": _("票选（票决）"),
    "handling": _("交办与办理"),
    "residents": _("居民参与"),
    "deputies": _("代表与联络站"),
    "publishing": _("公开与备案"),
}

YEARS, MONTHS, DAYS, WORKDAYS = _("年"), _("个月"), _("天"), _("个工作日")
TIMES, PEOPLE, MINUTES = _("次"), _("人"), _("分钟")


def _integer(key: str, group: str, label: StrOrPromise, *, default: int | None = None, unit: StrOrPromise = "",
             bounds: tuple[int, int] = (0, 366), clause: str = "", help: StrOrPromise = "",
             is_optional: bool = True) -> TermDefinition:  # fmt: skip
    return TermDefinition(key, TermKind.INTEGER, label, default=default, clause=clause, unit=unit, bounds=bounds,
                          is_optional=is_optional, group=group, help=help)  # fmt: skip


def _boolean(key: str, group: str, label: StrOrPromise, *, default: bool = False, clause: str = "",
             help: StrOrPromise = "") -> TermDefinition:  # fmt: skip
    return TermDefinition(key, TermKind.BOOLEAN, label, default=default, clause=clause, group=group, help=help)


def _text(key: str, group: str, label: StrOrPromise, *, default: str, clause: str = "",
          help: StrOrPromise = "") -> TermDefinition:  # fmt: skip
    return TermDefinition(key, TermKind.TEXT, label, default=default, clause=clause, group=group, help=help)


def _choice(key: str, group: str, label: StrOrPromise, choices: dict[str, StrOrPromise], *, default: str | None,
            clause: str = "", help: StrOrPromise = "") -> TermDefinition:  # fmt: skip
    return TermDefinition(key, TermKind.CHOICE, label, default=default, clause=clause, choices=choices,
                          is_optional=default is None, group=group, help=help)  # fmt: skip


def _choices(key: str, group: str, label: StrOrPromise, choices: dict[str, StrOrPromise], *,
             default: tuple[str, ...] = (), clause: str = "", help: StrOrPromise = "") -> TermDefinition:  # fmt: skip
    return TermDefinition(key, TermKind.CHOICES, label, default=list(default), clause=clause, choices=choices,
                          is_optional=True, group=group, help=help)  # fmt: skip


STANDARD_TERMS = [
    # --- documents and names
    _choices("regulation_documents", "general", _("执行的文件"), DOCUMENTS,
             help=_("条款只约束执行该文件的区划；没有选的文件，其条款一律“不适用”。")),
    _text("member_label", "general", _("成员的称谓"), default="议事代表", clause="C01",
          help=_("长沙称“议事代表”，湘乡称“居民议事员”。“议事代表”不得简称“代表”。")),
    _text("council_label", "general", _("议事组织的称谓"), default="街道居民议事会", clause="X03"),
    _text("opinion_instrument_name", "general", _("议事会意见送出的形式"), default="书面意见", clause="X23",
          help=_("只用于议事会的意见；其他事项用交办单、转办单。")),
    _choice("number_source", "general", _("文号来源"),
            {"portal": _("由本平台编号"), "external": _("用办公室登记的文号")}, default="portal"),
    # --- members
    _integer("seat_min", "members", _("名额下限"), unit=PEOPLE, bounds=(1, 1000), clause="C01"),
    _integer("seat_max", "members", _("名额上限"), unit=PEOPLE, bounds=(1, 1000), clause="C01"),
    _integer("ratio_cadre_num", "members", _("街道和社区干部比例上限：分子"), bounds=(0, 100), clause="C02"),
    _integer("ratio_cadre_den", "members", _("街道和社区干部比例上限：分母"), bounds=(1, 100), clause="C02",
             help=_("分母是总名额；比例含本数。")),
    _integer("ratio_institution_num", "members", _("机关事业单位人员比例上限：分子"), bounds=(0, 100), clause="C03"),
    _integer("ratio_institution_den", "members", _("机关事业单位人员比例上限：分母"), bounds=(1, 100), clause="C03"),
    _integer("ratio_women_num", "members", _("女性比例下限：分子"), bounds=(0, 100), clause="C04"),
    _integer("ratio_women_den", "members", _("女性比例下限：分母"), bounds=(1, 100), clause="C04"),
    _boolean("cadre_counts_as_institution", "members", _("街道干部计入机关人员"), clause="C03",
             help=_("若计入，30个名额中机关事业单位人员（含街道干部）只能有3名。")),
    _integer("non_party_min", "members", _("非中共党员下限"), unit=PEOPLE, bounds=(0, 100), clause="C05"),
    _integer("professional_min", "members", _("专业技术人员下限"), unit=PEOPLE, bounds=(0, 100), clause="C05"),
    _integer("member_age_min", "members", _("年龄下限"), unit=_("周岁"), bounds=(14, 100), clause="C07"),
    _integer("residence_months_min", "members", _("无本地户口者居住时间下限"), unit=MONTHS, bounds=(0, 600),
             clause="C07"),
    _choices("nomination_methods", "members", _("产生方式"),
             {"self": _("居民自荐"), "community": _("社区（村）推荐"), "unit": _("单位党组织推荐"),
              "election": _("投票选举")}, clause="X35"),
    _integer("notice_workdays", "members", _("公示时间"), unit=WORKDAYS, bounds=(1, 60), clause="C11"),
    _integer("filing_days", "members", _("备案时限"), unit=WORKDAYS, bounds=(1, 120), clause="C12",
             help=_("文件只说“及时”；这里填的是本地掌握的尺度。")),
    _boolean("certificate", "members", _("颁发证书"), clause="C13"),
    _integer("term_years", "members", _("每届任期"), unit=YEARS, bounds=(1, 10), clause="C14"),
    _integer("absence_limit", "members", _("未经批准缺席几次即提请终止资格"), unit=TIMES, bounds=(1, 20), clause="C16",
             help=_("只生成建议，由人大街道工委报街道党工委研究决定。")),
    _boolean("board_enabled", "members", _("设居民议事委员会（议委会）"), clause="C26"),
    _integer("board_vice_min", "members", _("议委会副主任下限"), unit=PEOPLE, bounds=(0, 20), clause="C26"),
    _integer("board_vice_max", "members", _("议委会副主任上限"), unit=PEOPLE, bounds=(0, 20), clause="C26"),
    _integer("board_members_min", "members", _("议委会委员下限"), unit=PEOPLE, bounds=(0, 50), clause="C26"),
    _integer("board_members_max", "members", _("议委会委员上限"), unit=PEOPLE, bounds=(0, 50), clause="C26"),
    # --- sessions
    _integer("meetings_min", "sessions", _("每年会议下限"), unit=TIMES, bounds=(0, 50), clause="C19"),
    _integer("meetings_max", "sessions", _("每年会议上限"), unit=TIMES, bounds=(0, 50), clause="X03"),
    _choices("meetings_quarters", "sessions", _("应当开会的季度"),
             {"1": _("一季度"), "2": _("二季度"), "3": _("三季度"), "4": _("四季度")}, clause="C19"),
    _integer("quorum_num", "sessions", _("到会人数要求：分子"), bounds=(1, 100), clause="C18",
             help=_("留空表示不强制，只提醒。")),
    _integer("quorum_den", "sessions", _("到会人数要求：分母"), bounds=(1, 100), clause="C18"),
    _integer("session_minutes_min", "sessions", _("会期下限"), unit=MINUTES, bounds=(0, 5000), clause="C21"),
    _integer("notice_days_council", "sessions", _("议事会会议提前通知"), unit=DAYS, clause="C23"),
    _integer("notice_days_committee", "sessions", _("人大街道工委会议提前通知"), unit=DAYS, clause="X02"),
    _integer("committee_meetings_quarter", "sessions", _("每季度人大街道工委会议下限"), unit=TIMES, bounds=(0, 20),
             clause="X01"),
    _choice("chair_rule", "sessions", _("会议主持"),
            {"director": _("人大街道工委主任"), "director_or_delegate": _("人大街道工委主任，或其委托的副主任")},
            default="director", clause="X36"),
    # --- ballots
    _choice("ballot_label", "ballots", _("投票的称谓"), {"票选": _("票选"), "票决": _("票决")}, default="票选",
            clause="C30"),
    _choice("ballot_electorate", "ballots", _("参加投票的人"),
            {"members": _("议事代表（议事员）"), "members_and_deputies": _("议事代表（议事员）和人大代表")},
            default="members", clause="X44"),
    _choice("ballot_quarter", "ballots", _("投票的季度"),
            {"1": _("一季度"), "2": _("二季度"), "3": _("三季度"), "4": _("四季度")}, default=None, clause="C24"),
    _integer("ballots_year_min", "ballots", _("每年民生实事投票下限"), unit=TIMES, bounds=(0, 20), clause="X54"),
    _choice("tie_class", "ballots", _("恰好一半算不算“半数以上”"),
            {"counts": _("算（“以上”含本数）"), "does_not_count": _("不算")}, default="counts"),
    # --- handling
    _choice("clock_start", "handling", _("办理期限从哪天起算"),
            {"assignment": _("交办之日"), "session_end": _("会议结束之日")}, default="assignment", clause="C33"),
    _integer("assign_months", "handling", _("交办期限"), unit=MONTHS, bounds=(1, 24), clause="C32",
             help=_("只约束议事会及其成员的意见。留空表示只要求“及时”，不计超期。")),
    _integer("target_months", "handling", _("办结目标"), unit=MONTHS, bounds=(1, 24), clause="C33"),
    _integer("limit_months", "handling", _("办结最迟"), unit=MONTHS, bounds=(1, 24), clause="C33"),
    _choice("overdue_clock", "handling", _("以哪个时钟判断超期"),
            {"handling": _("办结"), "answer": _("答复")}, default="handling", clause="C33"),
    _boolean("pause_allowed", "handling", _("允许暂停计时"), clause="C33"),
    _boolean("roll_to_workday", "handling", _("期限遇节假日顺延"), default=True,
             help=_("民法典第二百零三条。")),
    _integer("return_workdays", "handling", _("承办单位退回期限"), default=3, unit=WORKDAYS, bounds=(1, 30)),
    _boolean("face_to_face_required", "handling", _("每件都要“见面沟通”"), clause="X24"),
    _integer("rework_months", "handling", _("重新办理期限"), default=1, unit=MONTHS, bounds=(1, 12)),
    _integer("rating_days", "handling", _("评价开放时间"), default=15, unit=DAYS, bounds=(1, 90), clause="C38",
             is_optional=False),
    _choices("evaluation_sources", "handling", _("办结后由谁评价"),
             {"resident": _("居民评议"), "member": _("议事代表测评"), "public": _("社会监督")},
             default=("resident",), clause="C38", help=_("三种评价分开列出，不合并计算。")),
    _choice("evaluation_pooling", "publishing", _("不足5份的评价怎么公布"),
            {"none": _("一直等到满5份"), "quarter": _("季度末把同一街道（乡镇）各单位的合并公布")}, default="none"),
    _integer("objection_days", "handling", _("销号异议期"), default=15, unit=DAYS, bounds=(1, 90), is_optional=False),
    _choice("upper_route", "handling", _("属于上级事权的意见怎么办"),
            {"deputies": _("商请相应层级人大代表提出代表建议"),
             "standing_committee": _("提交县级人大常委会协调解决"), "unstated": _("文件未规定")},
            default="unstated", clause="C31"),
    # --- residents
    _integer("resident_promise_days", "residents", _("居民建议承诺办理时限"), unit=DAYS, bounds=(1, 366),
             help=_("公开显示为“本站承诺办理时限”，不是法定期限。留空表示不承诺，也就没有超期。")),
    _integer("message_answer_days", "residents", _("留言答复时限"), default=15, unit=DAYS, bounds=(1, 90)),
    _choice("comment_review", "residents", _("评论审核"),
            {"all": _("全部先审后发"), "first_and_flagged": _("首次发言和命中词表的先审")}, default="all"),
    _boolean("resident_snaps", "residents", _("居民也能用随手拍")),
    # --- deputies and stations
    _integer("inspections_year_min", "deputies", _("每年执法检查下限"), unit=TIMES, bounds=(0, 20), clause="X06"),
    _integer("inspections_year_target", "deputies", _("每年执法检查目标"), unit=TIMES, bounds=(0, 20), clause="X06"),
    _integer("reports_year_min", "deputies", _("每年专项工作报告下限"), unit=TIMES, bounds=(0, 20), clause="X10"),
    _integer("visits_year_min", "deputies", _("每年视察调研下限"), unit=TIMES, bounds=(0, 50), clause="X13"),
    _integer("visits_year_target", "deputies", _("每年视察调研目标"), unit=TIMES, bounds=(0, 50), clause="X13"),
    _integer("legislation_year_min", "deputies", _("每名代表每年参加立法活动下限"), unit=TIMES, bounds=(0, 20),
             clause="X17"),
    _integer("law_education_year_min", "deputies", _("每年普法宣传活动下限"), unit=TIMES, bounds=(0, 50), clause="X18"),
    _choice("law_education_basis", "deputies", _("普法宣传活动按谁计数"),
            {"committee": _("按街道"), "deputy": _("按每名代表")}, default="committee", clause="X18"),
    _integer("deeds_year_min", "deputies", _("每名代表每年办实事或解决问题下限"), unit=_("件"), bounds=(0, 50),
             clause="X19"),
    _boolean("points_enabled", "deputies", _("代表履职积分制"), clause="X20"),
    _integer("duty_reports_term_min", "deputies", _("届内报告履职情况下限"), unit=TIMES, bounds=(0, 20), clause="X21"),
    _text("reception_label", "deputies", _("接待机制的名称"), default="", clause="X28"),
    _choice("reception_scheme", "deputies", _("“1+4”的口径"),
            {"A": _("主站1次、站点4次"), "B": _("代表1名、法律工作者4名"), "C": _("集中接待1次、轮值4次"),
             "D": _("领导干部代表或上级代表1名、其他代表4名"), "E": _("主题1个、任务4项")},
            default=None, clause="X28", help=_("口径待确认前只公开名称，不提醒、不评价。")),
    _integer("themed_activities_half_year", "deputies", _("每半年集中主题活动下限"), unit=TIMES, bounds=(0, 20),
             clause="X29"),
    _integer("receptions_year_min", "deputies", _("每名代表每年进站接待下限"), unit=TIMES, bounds=(0, 50),
             clause="X30"),
    _integer("cadre_hearings_half_year", "deputies", _("领导干部代表每半年听取意见下限"), unit=TIMES, bounds=(0, 20),
             clause="X31"),
    _boolean("cadre_names_ahead", "deputies", _("接待以前公开领导干部代表的姓名"), clause="X31",
             help=_("选“否”时，接待以前只公开“领导干部代表1名”，接待以后公开到站代表的姓名。")),
    _integer("supervised_deeds_year_min", "deputies", _("每年督办民生实事下限"), unit=_("件"), bounds=(0, 50),
             clause="X34"),
    _integer("party_reports_quarter", "deputies", _("每季度向街道党工委汇报下限"), unit=TIMES, bounds=(0, 20),
             clause="X37"),
    # --- publishing and filing
    _choice("appraisal_public", "publishing", _("工作评议结果公开"),
            {"none": _("不公开"), "summary": _("公开概要"), "full": _("全部公开")}, default="none", clause="X12",
            help=_("公开须有街道党工委同意的记录。")),
    _integer("review_levels", "publishing", _("发布前审核层级"), default=1, bounds=(1, 3), unit=_("审"),
             is_optional=False, help=_("三审三校填3。")),
    _choices("filing_types", "publishing", _("备案事项"),
             {"member_list": _("成员名单"), "inspection_report": _("执法检查报告及落实情况"),
              "appraisal_result": _("工作评议结果")}, clause="C12"),
]  # fmt: skip


def register_standard_terms() -> None:
    for term in STANDARD_TERMS:
        register_term(term)
