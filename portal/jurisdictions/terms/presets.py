"""预设: every setting as the two source documents state it, each value with the clause it stands on.

`is_confirmed=False` marks what the document leaves open and we had to choose (惯例 or one reading of several); the
staff screen asks for a decision on these. A value of None with a note is what the document does not regulate.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from .registry import StrOrPromise
from .standard import DOCUMENTS

UNSTATED = "文件未规定"
CUSTOM = "惯例，待本地确认"


@dataclass(frozen=True)
class StatedValue:
    """One value with its source, as it is stored in a period."""

    value: Any
    clause: str = ""
    is_confirmed: bool = True
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"value": self.value, "clause": self.clause, "is_confirmed": self.is_confirmed, "note": self.note}


@dataclass(frozen=True)
class Preset:
    """`starts_on` is None where the document's own date is unknown; `division_code` is where it belongs."""

    key: str
    label: StrOrPromise
    document_name: StrOrPromise
    starts_on: date | None
    division_code: str
    values: Mapping[str, StatedValue]


def _stated(value: Any, clause: str, note: str = "") -> StatedValue:
    return StatedValue(value, clause, note=note)


def _open(value: Any, clause: str = "", note: str = CUSTOM) -> StatedValue:
    return StatedValue(value, clause, is_confirmed=False, note=note)


def _unstated(value: Any = None) -> StatedValue:
    return StatedValue(value, note=UNSTATED)


# What neither document says anything about.
_NEITHER = {
    "number_source": _open("portal"),
    "cadre_counts_as_institution": _open(False, note="文件没有说明街道干部是否计入，待确认"),
    "tie_class": StatedValue("counts", note="民法典第一千二百五十九条：“以上”包括本数"),
    "roll_to_workday": StatedValue(True, note="民法典第二百零三条"),
    "return_workdays": _open(3),
    "rework_months": _open(1),
    "objection_days": _open(15),
    "resident_promise_days": _open(None, note="由本地公布，可以不承诺"),
    "message_answer_days": _open(15),
    "comment_review": _open("all"),
    "resident_snaps": _open(False, note="居民能否使用随手拍待确认"),
    "review_levels": _open(1),
    "cadre_names_ahead": _open(False, note="领导干部代表的姓名是否提前公开待确认"),
    "evaluation_pooling": _open("none"),
    "law_education_basis": _open("committee", note="按街道还是按每名代表计数待确认"),
}

CHANGSHA = Preset(
    key="changsha",
    label=_("长沙市街道居民议事"),
    document_name=DOCUMENTS["changsha"],
    starts_on=None,
    division_code="430100000000",
    values={
        **_NEITHER,
        "regulation_documents": StatedValue(["changsha"]),
        "member_label": _stated("议事代表", "C01"),
        "council_label": _stated("街道居民议事会议", "C18"),
        "opinion_instrument_name": _stated("书面意见", "C31"),
        "seat_min": _stated(30, "C01"),
        "seat_max": _stated(100, "C01"),
        "ratio_cadre_num": _stated(1, "C02"),
        "ratio_cadre_den": _stated(3, "C02"),
        "ratio_institution_num": _stated(1, "C03"),
        "ratio_institution_den": _stated(10, "C03"),
        "ratio_women_num": _stated(1, "C04"),
        "ratio_women_den": _stated(3, "C04"),
        "non_party_min": _open(1, "C05", "文件只说“应有一定比例”"),
        "professional_min": _open(1, "C05", "文件只说“应有一定比例”"),
        "member_age_min": _stated(18, "C07"),
        "residence_months_min": _stated(12, "C07"),
        "nomination_methods": _stated(["self", "community", "unit"], "C44"),
        "notice_workdays": _stated(5, "C11"),
        "filing_days": _open(10, "C12", "文件只说“及时”"),
        "certificate": _stated(True, "C13"),
        "term_years": _stated(5, "C14"),
        "absence_limit": _stated(2, "C16"),
        "board_enabled": _stated(True, "C26"),
        "board_vice_min": _stated(1, "C26"),
        "board_vice_max": _stated(2, "C26"),
        "board_members_min": _stated(5, "C26"),
        "board_members_max": _stated(9, "C26"),
        "meetings_min": _stated(2, "C19"),
        "meetings_max": _stated(2, "C19", "经街道党工委同意的临时会议另计"),
        "meetings_quarters": _stated(["1", "4"], "C19"),
        "quorum_num": _stated(2, "C18"),
        "quorum_den": _stated(3, "C18"),
        "session_minutes_min": _open(210, "C21", "文件只说“不少于半天”，按3.5小时掌握"),
        "notice_days_council": _open(7, "C23", "文件只说“提前”"),
        "notice_days_committee": _unstated(),
        "committee_meetings_quarter": _unstated(),
        "chair_rule": _open("director", note="文件未规定会议由谁主持"),
        "ballot_label": _stated("票选", "C30"),
        "ballot_electorate": _stated("members", "C24"),
        "ballot_quarter": _stated("1", "C24"),
        "ballots_year_min": _stated(1, "C24"),
        "clock_start": _open("assignment", "C33", "从交办之日起算，参照代表法第五十一条"),
        "assign_months": _stated(1, "C32"),
        "target_months": _stated(3, "C33"),
        "limit_months": _stated(6, "C33"),
        "overdue_clock": _stated("handling", "C33"),
        "pause_allowed": _stated(False, "C33"),
        "face_to_face_required": _unstated(False),
        "rating_days": _open(15, "C38"),
        "evaluation_sources": _stated(["resident", "member", "public"], "C38"),
        "upper_route": _stated("deputies", "C31"),
        "inspections_year_min": _unstated(),
        "inspections_year_target": _unstated(),
        "reports_year_min": _unstated(),
        "visits_year_min": _unstated(),
        "visits_year_target": _unstated(),
        "legislation_year_min": _unstated(),
        "law_education_year_min": _unstated(),
        "deeds_year_min": _unstated(),
        "points_enabled": _unstated(False),
        "duty_reports_term_min": _unstated(),
        "reception_label": _unstated(""),
        "reception_scheme": _unstated(),
        "themed_activities_half_year": _unstated(),
        "receptions_year_min": _unstated(),
        "cadre_hearings_half_year": _unstated(),
        "supervised_deeds_year_min": _unstated(),
        "party_reports_quarter": _unstated(),
        "appraisal_public": _unstated("none"),
        "filing_types": _stated(["member_list"], "C12"),
    },
)

XIANGXIANG = Preset(
    key="xiangxiang",
    label=_("湘乡市人大街道工委"),
    document_name=DOCUMENTS["xiangxiang"],
    starts_on=date(2025, 3, 28),
    division_code="430381000000",
    values={
        **_NEITHER,
        "regulation_documents": StatedValue(["xiangxiang"], note="第二十四条：自2025年3月28日起施行"),
        "member_label": _stated("居民议事员", "X44"),
        "council_label": _stated("街道居民议事会", "X03"),
        "opinion_instrument_name": _stated("人大街道工委意见函", "X23"),
        "seat_min": _unstated(),
        "seat_max": _unstated(),
        "ratio_cadre_num": _unstated(),
        "ratio_cadre_den": _unstated(),
        "ratio_institution_num": _unstated(),
        "ratio_institution_den": _unstated(),
        "ratio_women_num": _unstated(),
        "ratio_women_den": _unstated(),
        "non_party_min": _unstated(),
        "professional_min": _unstated(),
        "member_age_min": _unstated(),
        "residence_months_min": _unstated(),
        "nomination_methods": _stated(["self", "community", "election"], "X35"),
        "notice_workdays": _unstated(),
        "filing_days": _unstated(),
        "certificate": _unstated(False),
        "term_years": _unstated(),
        "absence_limit": _unstated(),
        "board_enabled": _unstated(False),
        "board_vice_min": _unstated(),
        "board_vice_max": _unstated(),
        "board_members_min": _unstated(),
        "board_members_max": _unstated(),
        "meetings_min": _stated(1, "X03"),
        "meetings_max": _stated(2, "X03"),
        "meetings_quarters": _stated([], "X03", "会议时间根据工作安排合理确定"),
        "quorum_num": _unstated(),
        "quorum_den": _unstated(),
        "session_minutes_min": _unstated(),
        "notice_days_council": _unstated(),
        "notice_days_committee": _stated(10, "X02"),
        "committee_meetings_quarter": _stated(1, "X01"),
        "chair_rule": _stated("director_or_delegate", "X36"),
        "ballot_label": _stated("票决", "X54"),
        "ballot_electorate": _open("members_and_deputies", "X44", "代表是否投票待确认"),
        "ballot_quarter": _unstated(),
        "ballots_year_min": _open(1, "X54", "文件没有写次数"),
        "clock_start": _open("assignment", note="参照代表法第五十一条"),
        "assign_months": _stated(None, "X05", "文件只说“及时”"),
        "target_months": _stated(None, "X05", "文件只说“及时”；参照3个月须经市人大常委会确认"),
        "limit_months": _stated(None, "X05", "文件只说“及时”；参照6个月须经市人大常委会确认"),
        "overdue_clock": _unstated("handling"),
        "pause_allowed": _unstated(False),
        "face_to_face_required": _stated(True, "X24"),
        "rating_days": _open(15),
        "evaluation_sources": _unstated(["resident"]),
        "upper_route": StatedValue("unstated", "X08", note="只规定执法检查发现的问题提交市人大常委会协调解决"),
        "inspections_year_min": _stated(1, "X06"),
        "inspections_year_target": _stated(2, "X06"),
        "reports_year_min": _stated(1, "X10"),
        "visits_year_min": _stated(3, "X13"),
        "visits_year_target": _stated(4, "X13"),
        "legislation_year_min": _stated(2, "X17"),
        "law_education_year_min": _stated(3, "X18"),
        "deeds_year_min": _stated(1, "X19"),
        "points_enabled": _stated(True, "X20"),
        "duty_reports_term_min": _stated(1, "X21"),
        "reception_label": _stated("每月“1+4”进站点接待群众", "X28"),
        "reception_scheme": _open("A", "X28", "“1+4”的确切含义待确认"),
        "themed_activities_half_year": _stated(1, "X29"),
        "receptions_year_min": _stated(2, "X30"),
        "cadre_hearings_half_year": _stated(1, "X31"),
        "supervised_deeds_year_min": _stated(1, "X34"),
        "party_reports_quarter": _stated(1, "X37"),
        "appraisal_public": _stated("none", "X12", "公开须另有街道党工委同意的记录"),
        "filing_types": _stated(["inspection_report", "appraisal_result"], "X09"),
    },
)

PRESETS: Mapping[str, Preset] = {preset.key: preset for preset in (CHANGSHA, XIANGXIANG)}
