"""C01–C51 · 长沙市人大常委会关于开展街道居民议事工作的指导意见(摘编), with 长沙做法 of the same issue (domain.md 2.2).

Data: quotes are verbatim from the document, tested against it.
"""

from .registry import Clause, Severity

CHANGSHA_CLAUSES = [
    Clause(
        "C01",
        "一、2",
        ("每个街道的议事代表名额一般为 30—100名……一般不少于三十人，不超过一百人",),
        Severity.SOFT,
        ("seat_min", "seat_max", "member_label"),
    ),
    Clause(
        "C02",
        "一、2",
        ("街道和社区（村）干部比例不超过总名额的三分之一",),
        Severity.HARD,
        ("ratio_cadre_num", "ratio_cadre_den"),
    ),
    Clause(
        "C03",
        "一、2",
        ("机关事业单位工作人员比例不超过总名额的十分之一",),
        Severity.HARD,
        ("ratio_institution_num", "ratio_institution_den", "cadre_counts_as_institution"),
    ),
    Clause("C04", "一、2", ("女性比例不少于总名额的三分之一",), Severity.HARD, ("ratio_women_num", "ratio_women_den")),
    Clause(
        "C05", "一、2", ("非中共党员和专业技术人员应有一定比例",), Severity.HARD, ("non_party_min", "professional_min")
    ),
    Clause("C06", "一、2", ("根据需要适当配备少数民族的议事代表",), Severity.INFO),
    Clause(
        "C07",
        "一、1",
        ("户口在本辖区或居住满1年以上，年满18周岁",),
        Severity.HARD,
        ("member_age_min", "residence_months_min"),
    ),
    Clause(
        "C08",
        "一、1",
        (
            "有以下情形的，不得担任议事代表：因严重违纪违法受到党纪政务处分、治安拘留以上行政处罚或刑事处罚的，或有涉嫌违纪违法正在接受立案调查的；组织参与非正常上访的，或出现“一票否决”事项的；组织参加封建迷信活动、邪教活动并造成社会不良影响的；其他不适宜担任议事代表的情形",
        ),
        Severity.HARD,
    ),
    Clause("C09", "一、3", ("民主推荐、审查协商、研究确定、对外公示",), Severity.HARD),
    Clause("C10", "一、3", ("名额及分配方案并报街道党工委同意",), Severity.HARD),
    Clause("C11", "一、3", ("经不少于5个工作日公示后向社会公布",), Severity.HARD, ("notice_workdays",)),
    Clause(
        "C12", "一、3", ("及时报县级人大常委会代表工作委员会备案",), Severity.REMIND, ("filing_days", "filing_types")
    ),
    Clause("C13", "一、3", ("由人大街道工委颁发证书",), Severity.REMIND, ("certificate",)),
    Clause("C14", "一、3", ("一般每届任期五年，可连选连任",), Severity.SOFT, ("term_years",)),
    Clause("C15", "一、4", ("对增补的议事代表，任期至本届居民议事会届满为止",), Severity.HARD, ("term_years",)),
    Clause("C16", "一、4", ("未经批准两次不出席街道居民议事会议的……资格终止",), Severity.REMIND, ("absence_limit",)),
    Clause(
        "C17",
        "一、4",
        (
            "生活或工作已不在本区域的",
            "严重违纪违法或刑事犯罪的；丧失民事行为能力；辞职或者责令辞职被接受的；其他不适合担任议事代表的情形",
        ),
        Severity.INFO,
    ),
    Clause("C18", "二、1", ("需三分之二以上的议事代表参加方能召开",), Severity.HARD, ("quorum_num", "quorum_den")),
    Clause(
        "C19",
        "二、1",
        ("一般每年召开2次（一季度1次，四季度1次）",),
        Severity.SOFT,
        ("meetings_min", "meetings_max", "meetings_quarters"),
    ),
    Clause("C20", "二、1", ("必要时经街道党工委同意，可以临时召开",), Severity.HARD),
    Clause("C21", "二、1", ("每次会议会期不少于半天",), Severity.HARD, ("session_minutes_min",)),
    Clause("C22", "二、1", ("会议时间地点、会议议程等重要事项由人大街道工委报街道党工委确定",), Severity.HARD),
    Clause(
        "C23",
        "二、1",
        ("应将召开会议时间地点、会议议程以及会议重要文件和材料提前发送给议事代表",),
        Severity.HARD,
        ("notice_days_council",),
    ),
    Clause(
        "C24",
        "二、2",
        (
            "一季度会议主要听取街道办事处、人大街道工委工作情况，讨论和票选街道年度民生实事项目，收集反映群众对街道工作的意见建议等",
        ),
        Severity.SOFT,
        ("meetings_quarters", "ballot_quarter"),
    ),
    Clause(
        "C25",
        "二、2",
        (
            "四季度会议主要听取和讨论街道辖区内经济和社会发展、生态环境保护、民生事业等专项工作报告，听取和讨论街道年度民生实事项目实施情况，街道居民议事会议和议事代表意见建议办理落实情况的报告等",
        ),
        Severity.SOFT,
        ("meetings_quarters",),
    ),
    Clause(
        "C26",
        "二、3",
        ("议委会设主任1名，副主任1—2名，委员5—9名",),
        Severity.HARD,
        ("board_enabled", "board_vice_min", "board_vice_max", "board_members_min", "board_members_max"),
    ),
    Clause("C27", "二、3", ("议委会主任原则上由人大街道工委主任担任",), Severity.SOFT, ("board_enabled",)),
    Clause("C28", "二、3", ("议委会组成人员由居民议事会全体会议表决通过",), Severity.HARD, ("board_enabled",)),
    Clause(
        "C29", "二、3", ("议委会会议应当邀请街道党工委书记、街道办事处主任出席",), Severity.HARD, ("board_enabled",)
    ),
    Clause(
        "C30",
        "二、4",
        ("票选出的年度民生实[事]项目，作为街道党工委和街道办事处决策的重要参考",),
        Severity.CONFIG,
        ("ballot_label",),
    ),
    Clause(
        "C31",
        "二、4",
        ("属于上级事权的……商请……相应层级人大代表提出代表建议", "属于本级……形成书面意见交……研究处理"),
        Severity.HARD,
        ("upper_route", "opinion_instrument_name"),
    ),
    Clause(
        "C32",
        "二、4；长沙做法 三",
        ("原则上在街道居民议事会议结束后1个月内交办", "1个月内交办"),
        Severity.SOFT,
        ("assign_months",),
    ),
    Clause(
        "C33",
        "二、4；长沙做法 三",
        ("在3个月内，最迟不超过6个月办结并反馈", "3—6个月办结反馈"),
        Severity.HARD,
        ("target_months", "limit_months", "clock_start", "overdue_clock", "pause_allowed"),
    ),
    Clause("C34", "二、4", ("反馈至提出意见建议的议事代表",), Severity.HARD),
    Clause(
        "C35",
        "二、4",
        ("形成处理情况的报告，报请街道党工委研究同意后，提请下一次街道居民议事会议讨论",),
        Severity.REMIND,
    ),
    Clause(
        "C36",
        "长沙做法 三",
        ("实行项目化实施、台账式管理、销号制落实，明确承办单位、责任分工和完成时限",),
        Severity.HARD,
    ),
    Clause("C37", "长沙做法 三", ("推行议事全过程公开",), Severity.CONFIG),
    Clause(
        "C38",
        "长沙做法 三",
        ("居民评议、议事代表测评、社会监督",),
        Severity.CONFIG,
        ("rating_days", "evaluation_sources"),
    ),
    Clause("C39", "二、5", ("制定议事代表培训计划，建立议事代表管理和议事小组活动制度",), Severity.REMIND),
    Clause("C40", "一、1", ("一般由……人大代表、街道和社区（村）干部、社会各界人士以及居民代表等组成",), Severity.SOFT),
    Clause("C41", "一、1", ("拥护……模范遵守……综合素质较高……身体条件……有相应时间和精力",), Severity.HARD),
    Clause(
        "C42",
        "一、3",
        ("应当会同相关部门……审核和考察，切实把好政治关、素质关和能力关，充分听取社会各界的意见和建议",),
        Severity.HARD,
    ),
    Clause("C43", "一、3", ("正式名单报请街道党工委研究确定",), Severity.HARD),
    Clause("C44", "一、3", ("依程序推选产生",), Severity.HARD, ("nomination_methods",)),
    Clause("C45", "一、4", ("撤换、调整或增补……提请街道党工委研究决定，按照议事代表产生的程序办理",), Severity.HARD),
    Clause(
        "C46",
        "二、2；一、3",
        ("议事规则由县级人大常委会指导……起草，提交街道居民议事会议通过", "具体产生办法由县级人大常委会……制定"),
        Severity.HARD,
    ),
    Clause("C47", "二", ("在街道党工委领导下，由人大街道工委召集和组织召开",), Severity.HARD),
    Clause("C48", "二、2", ("邀请……有关部门、派驻街道工作机构或者街道办事处有关负责人等列席会议",), Severity.SOFT),
    Clause("C49", "长沙做法 三", ("组织开展专项视察、现场督查，动态跟踪",), Severity.SOFT),
    Clause("C50", "二、5", ("组织议事代表开展联系群众、视察、调研等活动", "日常走访"), Severity.SOFT),
    Clause("C51", "长沙做法 一", ("代表性、专业性、群众性",), Severity.SOFT),
]
