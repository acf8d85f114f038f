"""What the outbox tells the operators."""

from portal.operations.registry import Finding

from .selectors import queue_trouble
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
    return findings
