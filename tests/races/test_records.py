"""Two presses of one day, and of one step of one record, against the real server: each happens once."""

from tests.races.harness import at_once
from tests.servers import PASSWORD, Client, Server

PRESSES = 8


def staff(server: Server) -> Client:
    client = server.client()
    form = client.fields(client.get("/accounts/login/").text)
    client.post("/accounts/login/", {**form, "login": "clerk", "password": PASSWORD})
    return client


def test_a_day_is_written_once_and_a_record_opens_one_item(server: Server) -> None:
    key, number = server.inside("record_reception")
    client = staff(server)
    day, record = f"/admin/reception-records/sessions/{key}/", f"/admin/reception-records/{number}/"
    typed = client.fields(client.get(day).text) | {"rows-0-said": "同时按两次保存的这一条"}

    statuses = at_once([lambda: client.post(day, typed).status] * PRESSES)
    assert set(statuses) == {302}
    found = server.rows("SELECT COUNT(*) FROM records_receptionrecord WHERE said = '同时按两次保存的这一条'")
    assert [list(row) for row in found] == [[1]]

    step = client.fields(client.get(record).text) | {"step": "open_item", "open_item-title": "东门路灯不亮"}
    statuses = at_once([lambda: client.post(record, step).status] * PRESSES)
    assert sorted(set(statuses)) in ([302, 422], [302])
    items = server.rows(f"SELECT COUNT(*) FROM ledger_ledgeritem WHERE source_key = '{number}'")  # noqa: S608 - our own number
    assert [list(row) for row in items] == [[1]]
