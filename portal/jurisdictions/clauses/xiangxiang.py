"""X01–X57 · 湘乡市人大街道工委实施细则, in force from 2025-03-28 (domain.md 2.3).

Data: quotes are verbatim from the document, tested against it.
"""

from .registry import Clause, Severity

XIANGXIANG_CLAUSES = [
    Clause("X01", "第五条（一）", ("每季度召开1次会议",), Severity.REMIND, ("committee_meetings_quarter",)),
    Clause("X02", "第五条（一）", ("会议时间提前10天通知",), Severity.SOFT, ("notice_days_committee",)),
    Clause("X03", "第六条（一）", ("每年召开1—2次",), Severity.SOFT, ("meetings_min", "meetings_max", "council_label")),
    Clause(
        "X04",
        "第六条（二）",
        (
            "听取街道办事处工作报告；听取人大街道工委工作情况汇报；讨论街道民生实事项目进展情况；讨论街道生态环境保护工作情况；听取街道居民议事组织及其成员有关意见和建议办理的情况；听取街道民生实事完成情况；票决街道民生实事；其他事项",
        ),
        Severity.SOFT,
    ),
    Clause(
        "X05",
        "第六条（三）",
        ("由人大街道工委交……研究处理并及时反馈", "负责跟踪监督"),
        Severity.REMIND,
        ("assign_months", "target_months", "limit_months"),
    ),
    Clause(
        "X06",
        "第七条（一）",
        ("每年至少组织1—2次执法检查",),
        Severity.REMIND,
        ("inspections_year_min", "inspections_year_target"),
    ),
    Clause("X07", "第七条（一）", ("检查前组织代表学习相关法律法规",), Severity.SOFT),
    Clause(
        "X08",
        "第七条（二）",
        ("属街道职责的限期整改，属上级权限的提交市人大常委会协调解决",),
        Severity.HARD,
        ("upper_route",),
    ),
    Clause("X09", "第七条（三）", ("执法检查报告及落实情况须向市人大常委会备案",), Severity.HARD, ("filing_types",)),
    Clause("X10", "第八条（一）", ("每年组织……听取……专项工作报告",), Severity.REMIND, ("reports_year_min",)),
    Clause(
        "X11",
        "第八条（二）",
        ("听取专项工作报告前，组织代表开展视察或调研", "街道办事处负责人和有关单位主要负责人要到会报告"),
        Severity.SOFT,
    ),
    Clause(
        "X12",
        "第九条（二）",
        ("评议结果报党工委和被评议单位上级主管部门，作为部门年度考核的重要依据。评议结果向市人大常委会备案",),
        Severity.HARD,
        ("appraisal_public", "filing_types"),
    ),
    Clause(
        "X13",
        "第十条（一）",
        ("每年组织人大代表开展视察、调研活动3—4次",),
        Severity.REMIND,
        ("visits_year_min", "visits_year_target"),
    ),
    Clause(
        "X14",
        "第十条（二）",
        ("居民议事组织成员会议召开前……一般要组织……视察、调研……学习有关法律法规和政策文件",),
        Severity.SOFT,
    ),
    Clause("X15", "第十条（四）", ("并向人大代表反馈",), Severity.HARD),
    Clause(
        "X16",
        "第十一条（一）",
        ("街道办事处研究出台重点工程项目或涉及民生的重大举措主动听取本区域各级人大代表意见和建议",),
        Severity.INFO,
    ),
    Clause(
        "X17",
        "第十一条（四）",
        ("保障每名代表每年至少参加2次立法相关工作或活动",),
        Severity.REMIND,
        ("legislation_year_min",),
    ),
    Clause(
        "X18",
        "第十一条（四）",
        ("每年组织代表开展3次普法宣传活动",),
        Severity.REMIND,
        ("law_education_year_min", "law_education_basis"),
    ),
    Clause(
        "X19",
        "第十一条（五）",
        ("力求代表每年为群众办1件以上实事或推动解决1个以上实际问题",),
        Severity.SOFT,
        ("deeds_year_min",),
    ),
    Clause("X20", "第十二条（一）", ("建立并完善代表履职积分制",), Severity.CONFIG, ("points_enabled",)),
    Clause(
        "X21",
        "第十二条（二）",
        ("届内须向原选区选民报告履职情况不少于1次，并接受满意度测评，测评结果及时公开",),
        Severity.HARD,
        ("duty_reports_term_min",),
    ),
    Clause("X22", "第十三条（二）", ("将处理情况和结果书面报告人大街道工委，同时报告市人大常委会",), Severity.HARD),
    Clause("X23", "第十三条（三）", ("以《人大街道工委意见函》的形式",), Severity.HARD, ("opinion_instrument_name",)),
    Clause(
        "X24", "第十三条（四）", ("办理单位做到每件建议办理都有“见面沟通”",), Severity.HARD, ("face_to_face_required",)
    ),
    Clause("X25", "第十三条（四）", ("对答复承诺事项落实情况实行清单管理并及时反馈",), Severity.HARD),
    Clause(
        "X26",
        "第十四条（二）",
        (
            "人大街道工委主任担任各街道本级代表联络站站长，人大街道工委副主任任副站长，另外可推选有能力有意愿的人大代表任轮值副站长，人大专干任联络员",
        ),
        Severity.SOFT,
    ),
    Clause("X27", "第十四条（三）", ("制定人大代表进站操作细则、代表联络站年度活动计划",), Severity.REMIND),
    Clause(
        "X28", "第十四条（四）", ("每月“1+4”进站点接待群众",), Severity.REMIND, ("reception_label", "reception_scheme")
    ),
    Clause(
        "X29",
        "第十四条（五）",
        ("每半年组织代表集中进站开展1次主题活动",),
        Severity.REMIND,
        ("themed_activities_half_year",),
    ),
    Clause("X30", "第十五条（一）", ("各级代表每年进站接待群众不少于2次",), Severity.REMIND, ("receptions_year_min",)),
    Clause(
        "X31",
        "第十六条（一）",
        ("领导干部代表……每半年至少1次听取代表和群众的意见",),
        Severity.REMIND,
        ("cadre_hearings_half_year",),
    ),
    Clause("X32", "第十五条（三）", ("代表进站履职情况作为代表履职报告的重要内容",), Severity.INFO),
    Clause("X33", "第十六条（三）", ("人大街道工委要明确进站履职主题",), Severity.SOFT),
    Clause(
        "X34",
        "第十七条（三）",
        ("每年至少督办好1件富有特色、实效突出的民生实事",),
        Severity.REMIND,
        ("supervised_deeds_year_min",),
    ),
    Clause(
        "X35", "第十八条（一）", ("居民自荐、社区推荐、投票选举等方式产生",), Severity.CONFIG, ("nomination_methods",)
    ),
    Clause(
        "X36", "第十八条（二）", ("由人大街道工委主任主持，主任也可委托副主任主持",), Severity.HARD, ("chair_rule",)
    ),
    Clause("X37", "第二十条（一）", ("每季度向街道党工委汇报1次",), Severity.REMIND, ("party_reports_quarter",)),
    Clause("X38", "第二十一条（一）", ("主任1名、专职副主任1名，至少1名专职人大工作干事",), Severity.SOFT),
    Clause("X39", "第二十一条（三）", ("不参与街道办事处行政工作分工",), Severity.HARD),
    Clause("X40", "第二条（五）", ("坚持公开透明，接受群众和社会监督",), Severity.CONFIG),
    Clause(
        "X41",
        "第三条（二）、（四）",
        ("帮助解决人大代表在执行代表职务中遇到的困难和问题", "为……出席代表大会……提供服务保障"),
        Severity.REMIND,
    ),
    Clause("X42", "第四条（四）", ("市级人大代表选举、补选、罢免等有关工作",), Severity.INFO),
    Clause("X43", "第四条（九）", ("交办的其他工作",), Severity.INFO),
    Clause(
        "X44",
        "第四条（八）；第十七条（二）",
        ("参与街道民生实事的会商、确定、监督和测评", "会商、票决、监督、测评"),
        Severity.HARD,
        ("ballot_electorate", "ballot_label"),
    ),
    Clause(
        "X45",
        "第五条（二）",
        (
            "传达学习上级有关文件和会议精神；听取和审议街道办事处有关工作报告；研究讨论人大街道工委工作计划、总结及重要事项；组织代表开展学习交流活动；讨论决定其他需要研究的事项",
        ),
        Severity.SOFT,
    ),
    Clause("X46", "第八条（三）", ("由人大街道工委交街道办事处及有关单位研究处理并及时答复代表",), Severity.HARD),
    Clause("X47", "第九条（一）", ("可对……开展评议",), Severity.INFO),
    Clause(
        "X48",
        "第十一条（二）",
        ("坚持街道党工委和街道办事处领导班子成员及所属部门主要负责人联系人大代表制度",),
        Severity.REMIND,
    ),
    Clause("X49", "第十一条（四）", ("常态邀请代表列席街道相关会议、参加有关活动",), Severity.INFO),
    Clause("X50", "第十三条（一）", ("知情知政", "议案建议提出前沟通协调机制"), Severity.INFO),
    Clause("X51", "第十四条（三）", ("加强联络站负责人的业务培训",), Severity.REMIND),
    Clause("X52", "第十六条（二）", ("国家机关工作人员要进站听取……通报工作情况，回应……关切",), Severity.INFO),
    Clause("X53", "第十六条（四）", ("有序组织“两官一长一员”与代表同步进站",), Severity.SOFT),
    Clause(
        "X54",
        "第十七条（一）、（二）",
        (
            "建立街道民生实事居民议事会票决制度",
            "认真组织辖区内市级人大代表、居民议事员参与街道民生实事的会商、票决、监督、测评等环节工作",
        ),
        Severity.REMIND,
        ("ballots_year_min", "ballot_label"),
    ),
    Clause(
        "X55",
        "第十八条（一）",
        ("街道辖区内的人大代表、街道和社区干部、社会贤达人士以及其他居民代表等组成",),
        Severity.SOFT,
    ),
    Clause(
        "X56",
        "第二十条（一）、（二）、（三）",
        (
            "健全和完善人大重大问题、重要事项、重要情况向党工委请示报告制度",
            "不断健全学习制度、会议制度",
            "建立与街道办事处工作沟通机制",
        ),
        Severity.REMIND,
    ),
    Clause("X57", "第二十二条（一）", ("街道人大工作经费、街道居民议事会工作经费列入财政预算予以保障",), Severity.INFO),
]
