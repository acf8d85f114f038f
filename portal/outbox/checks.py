"""What the outbox tells the operators."""

from django.utils.timezone import localtime

from portal.operations.registry import Finding

from .selectors import queue_trouble, resting_channels, texts_are_spent
from .services import deliver_due


def deliver_and_say() -> str:
    tally = deliver_due()
    return ", ".join(f"{state} {count}" for state, count in sorted(tally.items())) or "nothing to send"


def delivery_findings() -> list[Finding]:
    trouble = queue_trouble()
    findings = []
    if trouble["uncertain"] or trouble["failed"]:
        findings.append(
            Finding(
                problem=f"有 {trouble['uncertain']} 件投递不确定是否发出，{trouble['failed']} 件未能发出。",
                remedy="请在后台“议事 → 待定的投递”逐件处理。",
                is_serious=False,
            )
        )
    if trouble["waiting"]:
        findings.append(
            Finding(
                problem=f"有 {trouble['waiting']} 件投递等待超过一天。",
                remedy="检查 runperiodic 是否在运行，发信和短信的设置是否可用；也可手工运行 deliver_outbox。",
            )
        )
    for rest in resting_channels():
        findings.append(
            Finding(
                problem=f"渠道 {rest.channel} 自 {localtime(rest.since):%Y-%m-%d %H:%M} 起没有应答：{rest.problem}",
                remedy="检查网络和该渠道的设置；恢复后会自动补发，其他渠道不受影响。",
            )
        )
    if texts_are_spent():
        findings.append(
            Finding(
                problem="今天的短信已达到每日上限，其余的在等待。",
                remedy="核对是否有人滥用；确需今天发出的，调高 SMS_DAILY_LIMIT 并重启，否则明天自动发出。",
            )
        )
    return findings
