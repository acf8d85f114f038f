import pytest

from participation.proposals.rules.group_chat import Entry, name_and_phone, split_group_chat

PASTES = {
    "desktop: name and date on one line": (
        "张三 2026/3/10 09:12\n三栋楼道灯不亮\n\n李四 2026/3/10 09:15\n停车位被占了\n",
        [Entry("张三", "2026/3/10 09:12", "三栋楼道灯不亮"), Entry("李四", "2026/3/10 09:15", "停车位被占了")],
    ),
    "phone: colon and the words on the next line": (
        "王五:\n电梯又停了\n\n赵六：\n我家也是\n",
        [Entry("王五", "", "电梯又停了"), Entry("赵六", "", "我家也是")],
    ),
    "phone: name, colon and words on one line": (
        "3栋502老周：垃圾点太远了\n小陈: 希望加个充电桩",
        [Entry("3栋502老周", "", "垃圾点太远了"), Entry("小陈", "", "希望加个充电桩")],
    ),
    "mail export: time first": (
        "—————  2026-03-10  —————\n\n09:12  张三\n\n路灯坏了\n",
        [Entry("张三", "09:12", "路灯坏了")],
    ),
    "half-day words and brackets": (
        "张三（下午 3:05）\n雨棚漏水",
        [Entry("张三", "下午 3:05", "雨棚漏水")],
    ),
    "one speaker in a row becomes one entry": (
        "张三 09:12\n路灯坏了\n张三 09:13\n就在三眼井路口",
        [Entry("张三", "09:12", "路灯坏了\n就在三眼井路口")],
    ),
    "system lines, pictures and bare thanks are left out": (
        "张三 09:12\n[图片]\n“李四”加入了群聊\n李四 09:14\n收到\n王五 09:15\n下水道堵了\n赵六 09:16\n+1",
        [Entry("王五", "09:15", "下水道堵了")],
    ),
    "text without any header is one entry": (
        "楼下的健身器材坏了\n请派人看看",
        [Entry("", "", "楼下的健身器材坏了\n请派人看看")],
    ),
    "a heading with a colon is not a speaker": (
        "张三 09:12\n建议：加装路灯\n地点：三眼井路口",
        [Entry("张三", "09:12", "建议：加装路灯\n地点：三眼井路口")],
    ),
    "windows line ends": ("张三 09:12\r\n路灯坏了\r\n", [Entry("张三", "09:12", "路灯坏了")]),
    "nothing": ("  \n\n", []),
}


@pytest.mark.parametrize(("text", "entries"), PASTES.values(), ids=PASTES.keys())
def test_a_pasted_chat_is_split_by_speaker(text, entries):
    assert split_group_chat(text) == entries


@pytest.mark.parametrize(
    ("speaker", "parts"),
    [
        ("李四(13812345678)", ("李四", "13812345678")),
        ("李四（138 1234 5678）", ("李四", "138 1234 5678")),
        ("3栋王五 0731-88660000", ("3栋王五", "0731-88660000")),
        ("13812345678", ("", "13812345678")),
        ("3栋502老周", ("3栋502老周", "")),
        ("订单123456789012345", ("订单123456789012345", "")),
    ],
)
def test_a_phone_number_in_the_speakers_name_is_taken_out_of_it(speaker, parts):
    assert name_and_phone(speaker) == parts


def test_a_long_paste_is_split_in_time():
    import time

    start = time.perf_counter()
    entries = split_group_chat("张三 09:12\n路灯坏了\n李四 09:13\n停车难\n" * 5000)
    assert (len(entries), time.perf_counter() - start < 2) == (10000, True)


@pytest.mark.parametrize("hostile", ["a" * 60000, "上午" * 30000, "(" * 60000, " " * 60000 + "x", "1:2" * 20000])
def test_hostile_text_costs_no_time(hostile):
    import time

    start = time.perf_counter()
    split_group_chat(hostile)
    assert time.perf_counter() - start < 1
