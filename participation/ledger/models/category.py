"""分类: words over the keys of `rules.categories`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CategoryGroup(models.TextChoices):
    """大类: what a resident chooses among."""

    HOUSING = "housing", _("住房与小区")
    ROADS = "roads", _("道路与交通")
    ENVIRONMENT = "environment", _("环境与市容")
    UTILITIES = "utilities", _("水电气与通信")
    LEARNING_HEALTH = "learning_health", _("教育与医疗")
    LIVELIHOOD = "livelihood", _("就业、养老与救助")
    SAFETY = "safety", _("治安与司法")
    BUSINESS_LAND = "business_land", _("经营、农业与其他")
    DISCIPLINE = "discipline", _("干部违纪")
    UNSURE = "unsure", _("不清楚，请工作人员选")


class Category(models.TextChoices):
    """类别: the 24 labels for staff, and 未分类 until someone sorted it."""

    HOUSING = "housing", _("住建")
    EDUCATION = "education", _("教育")
    TRANSPORT = "transport", _("交通运输")
    PUBLIC_SECURITY = "public_security", _("社会治安")
    EMPLOYMENT = "employment", _("人社")
    MARKET = "market", _("市场监管")
    BUSINESS_ENVIRONMENT = "business_environment", _("营商环境")
    MEDICAL_INSURANCE = "medical_insurance", _("医疗保障")
    CITY_MANAGEMENT = "city_management", _("城市管理")
    HEALTH = "health", _("卫生健康")
    AGRICULTURE = "agriculture", _("农业农村")
    CIVIL_AFFAIRS = "civil_affairs", _("民政")
    ECOLOGY = "ecology", _("生态环境")
    TAXATION = "taxation", _("财政税收")
    ELECTRICITY = "electricity", _("电力")
    PRICES = "prices", _("物价")
    TELECOM = "telecom", _("通信")
    COMMERCE = "commerce", _("商务")
    WATER = "water", _("水利")
    NATURAL_RESOURCES = "natural_resources", _("自然资源")
    JUSTICE = "justice", _("司法")
    FINANCE = "finance", _("金融")
    OTHER = "other", _("其他")
    CADRE_DISCIPLINE = "cadre_discipline", _("干部违纪")
    UNSORTED = "unsorted", _("未分类")
