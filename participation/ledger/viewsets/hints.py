"""What happens next, said beside each form before anybody presses its button."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..forms import ENTER_RATING, NOTE
from ..rules.letters import LetterAction
from ..states import Action

HINTS: dict[str, Any] = {
    Action.CLASSIFY.value: _("决定由谁办：属于本级的交办单位，属于上级的商请人大代表。分错了可以再改。"),
    Action.SIGN_FOR.value: _("签收表示已经收到并开始办理；不属于本单位职责的，请在规定的工作日内退回。"),
    Action.RETURN.value: _("退回后由工委重新交办，理由公开；超过规定的工作日就不能退回。"),
    Action.ADD_CO_UNIT.value: _("协办单位有自己的时限，它提出意见以后主办单位才能办结。"),
    Action.CO_REPLY.value: _("提交后主办单位看得到，写进统一的答复；不单独公开。"),
    Action.NOTE_PROGRESS.value: _("保存后立即公开，并告知提出人和关注的人。"),
    Action.REQUEST_EXTENSION.value: _("由工委主任批准，理由公开；批准以前仍按原来的时限计算。"),
    Action.APPROVE_EXTENSION.value: _("批准后按新的日期计算时限，公开页面写明延期和理由。"),
    Action.REFUSE_EXTENSION.value: _("不批准的仍按原来的时限办理，理由公开。"),
    Action.PAUSE.value: _("暂停的天数不计入时限，理由公开；恢复后时限顺延。"),
    Action.RESUME.value: _("从今天起继续计算时限，理由公开。"),
    Action.SEND_BACK_REPLY.value: _("退给经办人修改，答复不公开。"),
    Action.CORRECT_REPLY.value: _("更正公开在答复下面，注明日期；原文保留。"),
    Action.FEED_BACK.value: _("给没有账号的提出人：每人登记一次，全部登记后才能办结。"),
    Action.DELIVER_COMMITMENT.value: _("登记后公开；全部落实或撤回后才能销号，登记了不能再改。"),
    Action.WITHDRAW_COMMITMENT.value: _("撤回和理由都公开，登记了不能再改。"),
    Action.DECIDE_REWORK.value: _("退回单位重新办理，另计时限；决定和理由公开。"),
    Action.DECIDE_TO_KEEP.value: _("维持原来的答复，转入待销号；决定和理由公开。"),
    Action.ACCEPT_OBJECTION.value: _("采纳后立即重新办理，另计时限；意见公开，并告知提出异议的人。"),
    Action.REFUSE_OBJECTION.value: _("不采纳的维持销号；意见公开，并告知提出异议的人。"),
    Action.HAND_TO_HOTLINE.value: _("转出后公开页面写明工单号；收到12345的答复后再登记。"),
    Action.REMIND.value: _("承办单位和负责人会收到通知；重点督办的在台账里标明。"),
    Action.RESTORE.value: _("公开页面恢复显示，原来的地址不变。"),
    Action.ASSIGN.value: _("明确承办单位、责任人和完成时限；办理时限自交办之日起计算。"),
    Action.DRAFT_REPLY.value: _("只有“已列计划”的答复填写承诺事项，每项有落实时限。签发前可以修改。"),
    Action.SIGN_REPLY.value: _("签发后答复公开，并告知每位提出人。"),
    Action.COMPLETE.value: _("每位提出人都得到反馈后才能办结；办结后请提出人评价。"),
    Action.CLOSE_OFF.value: _("由登记办结以外的人核查；承诺事项落实或撤回后才能销号。"),
    Action.SUGGEST.value: _("属于上级事权的，商请相应层级的人大代表提出代表建议；代表答复以前可以收回。"),
    Action.PROPOSE.value: _("代表没有账号或者书面、电话答复的，由工委登记，标明“由工委代录”。"),
    Action.DECLINE.value: _("理由不公开，也不公开是哪位代表。"),
    Action.RECORD_REPLY.value: _("照收到的书面答复登记，登记后公开，并告知每位提出人。"),
    Action.CONCLUDE.value: _("被商请的代表都不提出时，由工委向提出人说明。"),
    Action.NOTE_REPORT.value: _("“将处理情况和结果书面报告人大街道工委，同时报告市人大常委会”，两份都登记后才能销号。"),
    Action.TAKE_BACK.value: _("收回后回到“待交办”，可以另行商请、交办或转12345热线。"),
    Action.VOID.value: _("只用于登记有误；编号保留，不删除。"),
    Action.HIDE.value: _("公开页面不再显示本件，记录保留。"),
    Action.CONTACT.value: _("沟通情况不公开。"),
    NOTE: _("只有本辖区工委和承办单位看得到，不公开。"),
    ENTER_RATING: _("没有账号的提出人当面或电话作出的评价，如实代填。"),
}
LETTER_HINTS: dict[str, Any] = {
    LetterAction.SUBMIT: _("送审后不能修改，由拟稿人以外的人审核。"),
    LetterAction.APPROVE: _("审核通过后由主任签发；拟稿人不能审核自己拟的公文。"),
    LetterAction.RETURN: _("退回拟稿人修改，改好再送审。"),
    LetterAction.SIGN: _("签发后才能印发；文号在印发时确定。"),
    LetterAction.ISSUE: _("印发时确定文号，不能再改；主送单位会收到签收通知，督办单、催办单同时登记催办。"),
    LetterAction.RECEIVE: _(
        "签收人和日期记入台账，不能再改；附表事项的交办同时签收。不属于本单位职责的，请先在该事项里退回，再签收。"
    ),
    LetterAction.CANCEL: _("还没有文号，取消后不占号；不能恢复。"),
    LetterAction.VOID: _("文号保留并注明作废理由，不再使用；不能恢复。"),
    "revise": _("修改后仍是草稿。"),
    "scan": _("盖章扫描件是正式文本；不公开的只有工委和主送单位看得到。再次上传会替换。"),
    "show_scan": _("公开页面上可以下载。请先核对扫描件上没有姓名、电话和不公开的内容。"),
    "withdraw_scan": _("公开页面上不再提供，工委和主送单位仍看得到。"),
    "receive_proxy": _("照单位签收的回执登记并上传回执，标明“由工委代录”；附表事项的交办同时签收。"),
}
