"""Real objects for the parameters of routes, so that a refusal is a refusal and not a missing row.

A feature whose routes take an argument adds a line to `VALUES`: the parameter's name, with the route's key or namespace
before it where the name alone would be ambiguous, and a function of the cast that makes the object.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from liaison_stations.deputies.models import Deputy, ElectoralDistrict
from liaison_stations.messages.models import DeputyMessage
from liaison_stations.receptions.models import Booking, ReceptionSession, StationDocument
from liaison_stations.receptions.services import add_document, book
from liaison_stations.stations.models import ContactPointKind, DeliberationVenue
from participation.discussion.models import Comment, Thread
from participation.discussion.services import return_comment
from participation.ledger.models import AskedDeputy, LedgerItem, Letter, ReplyTemplate
from participation.ledger.services import attach_scan, note_progress
from participation.moderation.models import Review
from participation.moderation.services import appeal, decide, report
from participation.moderation.states import Verb
from participation.oversight.models import OfficeAppraisal
from participation.proposals.models import Draft, Photo, Proposal
from participation.proposals.services import publish_proposal, submit_proposal
from participation.snaps.models import SnapReport
from portal.accounts.demo import SUBDISTRICT
from portal.accounts.models import CommitteePost, HandlingUnit, NoticeText, RoleAssignment
from portal.accounts.services import save_committee_post
from portal.corrections.models import Correction
from portal.jurisdictions.models import TermsPeriod
from portal.jurisdictions.selectors import division_by_code
from portal.jurisdictions.services.terms import add_terms_period
from portal.jurisdictions.terms.presets import StatedValue
from portal.lookup.models import QueryCodeIssue
from portal.outbox.models import Delivery, Message, NoticeTask
from portal.outbox.selectors import unsubscribe_token
from portal.outbox.states import DeliveryState
from portal.wording.models import WordEntry
from portal.workdays.models import CalendarDay
from tests.architecture.objects_library import LIBRARY_QUERIES, LIBRARY_VALUES, WITHOUT_OBJECTS
from tests.architecture.routes import Route
from tests.conftest import Cast
from tests.factories import discussion, evaluations, ledger, messages, oversight, receptions, records, snaps

Make = Callable[[Cast], Any]


def left_message(cast: Cast) -> DeputyMessage:
    """By the resident, for the cast's deputy."""
    return DeputyMessage.objects.first() or messages.message(cast, sender=cast.resident)


def published_proposal(cast: Cast) -> str:
    """By the resident, published by the moderator; its one photo is public too."""
    if proposal := Proposal.objects.first():
        return proposal.number
    division = division_by_code(SUBDISTRICT)
    assert division is not None
    text = {"title": "路灯", "body": "小区门口的路灯坏了三个月。"}
    submission = submit_proposal(author=cast.resident, form_key="k" * 32, division=division, **text)
    proposal = Proposal.objects.get(number=submission.number)
    Photo.objects.create(proposal=proposal, file=picture(), thumbnail=picture(), width=8, height=8)
    return str(publish_proposal(proposal=proposal, by=cast.moderator).number)


def comment(cast: Cast, state: str = "published") -> Comment:
    """By the resident, on the own proposal."""
    if row := Comment.objects.filter(state=state).first():
        return row
    published_proposal(cast)
    row = discussion.public(cast, Thread.objects.get(), cast.resident)
    if state == "returned":
        row = discussion.written(Thread.objects.get(), cast.resident, "请看西门。")
        return return_comment(comment=row, by=cast.moderator, reason="请写具体。")
    return row


def refused_review(cast: Cast, text: str = "一") -> Review:
    """Of a comment by the resident."""
    row = discussion.written(Thread.objects.get(pk=comment(cast).thread_id), cast.resident, text)
    decide(review=row.review, verb=Verb.REJECT, by=cast.moderator, reason="与本事无关")
    return Review.objects.get(pk=row.review_id)


def reported_review(cast: Cast) -> Review:
    review = comment(cast).review
    report(review=review, by=cast.member, reason="false")
    return review


def snap(cast: Cast) -> str:
    """By the deputy, public."""
    row = SnapReport.objects.first() or snaps.reviewed(cast)
    return str(row.number)


def snap_photo(cast: Cast) -> int:
    return int(SnapReport.objects.get(number=snap(cast)).photos.get().pk)


def venue(cast: Cast) -> int:
    division = division_by_code(SUBDISTRICT)
    assert division is not None
    row, _new = DeliberationVenue.objects.get_or_create(name="议事厅", kind="hall", division=division)
    return int(row.pk)


def picture() -> ContentFile:
    return ContentFile(get_test_image_file(size=(8, 8)).file.getvalue(), name="a.png")


def appraisal(cast: Cast) -> int:
    """Confirmed, with its report as a file and one dispatch with its scan."""
    if row := OfficeAppraisal.objects.filter(state="result_confirmed").first():
        return int(row.pk)
    row = oversight.confirmed(cast)
    row.report_file.save("report.pdf", ContentFile(b"%PDF-1.4"))
    filing = oversight.send(cast, row, "party_committee").dispatches.get().filing
    filing.scan.save("scan.pdf", ContentFile(b"%PDF-1.4"))
    return row.pk


def open_appraisal(cast: Cast) -> int:
    """Being rated by the member of the cast."""
    row = OfficeAppraisal.objects.filter(state="rating_open").first() or oversight.opened(cast)
    return int(row.pk)


def photo(cast: Cast) -> int:
    """Of the published proposal, which `number` may have made already."""
    if not Proposal.objects.exists():
        published_proposal(cast)
    return int(Photo.objects.get(proposal=Proposal.objects.get()).pk)


def draft(cast: Cast) -> Draft:
    return Draft.objects.get_or_create(key="a" * 32, defaults={"user": cast.resident})[0]


def draft_photo(cast: Cast) -> int:
    return int(Photo.objects.create(draft=draft(cast), file=picture(), thumbnail=picture(), width=8, height=8).pk)


def message(cast: Cast) -> Message:
    return Message.objects.get_or_create(recipient=cast.resident, event="test", defaults={"kind": "t", "title": "题"})[
        0
    ]


def delivery(cast: Cast) -> Delivery:
    """Interrupted while it was being sent: the only kind that staff decide upon."""
    values = {"due_at": timezone.now(), "state": DeliveryState.UNCERTAIN}
    channel = Delivery.Channel.EMAIL
    return Delivery.objects.get_or_create(message=message(cast), channel=channel, defaults=values)[0]


def notice_task(cast: Cast) -> int:
    division = division_by_code(SUBDISTRICT)
    task = {"delivery": delivery(cast), "division": division, "script": "话", "created_at": timezone.now()}
    return int(NoticeTask.objects.create(**task).pk)


def correction(cast: Cast) -> int:
    """Of the subdistrict in which the cast holds its posts."""
    place = division_by_code(SUBDISTRICT)
    return int(Correction.objects.create(address="/", words="错字", division=place, created_at=timezone.now()).pk)


def notice_text(cast: Cast) -> int:
    row = NoticeText.objects.create(
        kind="terms", version="2026-02", text="<p>文</p>", published_at=timezone.now(), published_by=cast.director
    )
    return int(row.pk)


def query_code(cast: Cast) -> int:
    """Issued again for the published proposal, in the cast's subdistrict."""
    return int(QueryCodeIssue.objects.create(number=published_proposal(cast), reissued_at=timezone.now()).pk)


def planned_terms(cast: Cast) -> TermsPeriod:
    """Of the subdistrict, from tomorrow on: the only kind that can be withdrawn."""
    division = division_by_code(SUBDISTRICT)
    assert division is not None
    tomorrow = timezone.localdate() + timedelta(days=1)
    return add_terms_period(division=division, starts_on=tomorrow, values={"return_workdays": StatedValue(4)})


def post_of_the_community(cast: Cast) -> int:
    return int(RoleAssignment.objects.filter(user=cast.community).latest("pk").pk)


def handling_unit(cast: Cast) -> int:
    return int(HandlingUnit.objects.create(name="园林所", division=division_by_code(SUBDISTRICT)).pk)


def calendar_day(cast: Cast) -> int:
    return int(CalendarDay.objects.create(date=timezone.localdate(), name="调休").pk)


def word(cast: Cast) -> int:
    return int(WordEntry.objects.create(word="某词").pk)


def ledger_item(cast: Cast) -> LedgerItem:
    """Assigned to the unit of `cast.unit`, in the cast's subdistrict."""
    return LedgerItem.objects.filter(state="assigned").first() or ledger.assigned(cast)


def ledger_scan(cast: Cast) -> int:
    """A paper of that unit, entered by the committee."""
    upload = SimpleUploadedFile("答复.pdf", b"%PDF-1.4\n%%EOF")
    today = timezone.localdate()
    return int(attach_scan(item=ledger_item(cast), by=cast.committee, upload=upload, action="sign_for", on=today).pk)


def progress_photo(cast: Cast) -> int:
    """Of a public item."""
    photos = [(SimpleUploadedFile("路灯.jpg", picture().read()), "修好的路灯")]
    services = {"item": ledger.handling(cast, title="带照片的进展"), "by": cast.unit, "text": "已修好"}
    return int(note_progress(**services, photos=photos).photos.get().pk)


def deputy(cast: Cast) -> int:
    found = Deputy.objects.filter(user=cast.deputy).first() or ledger.deputy(cast.deputy)
    return int(found.pk)


def district(cast: Cast) -> int:
    place = division_by_code(SUBDISTRICT)
    return int(ElectoralDistrict.objects.get_or_create(name="第一选区", level="county", division=place)[0].pk)


def asked_deputy(cast: Cast) -> int:
    """The cast's deputy, asked by the committee, who has not answered yet."""
    item = ledger.suggested(cast, deputies=[Deputy.objects.get(pk=deputy(cast))])
    return int(AskedDeputy.objects.get(suggestion__item=item).pk)


def reply_template(cast: Cast) -> int:
    """The committee's own, for its subdistrict."""
    place = division_by_code(SUBDISTRICT)
    return int(ReplyTemplate.objects.create(division=place, name="样", text="话", changed_by=cast.committee).pk)


def ledger_letter(cast: Cast) -> int:
    """Issued to that unit, with its sealed paper."""
    item, today = ledger_item(cast), timezone.localdate()
    assert item.unit is not None
    letter, _is_new = Letter.objects.get_or_create(
        number="示例〔2026〕1号",
        defaults={
            "kind": "assignment", "name": "交办单", "state": "issued", "division": item.division, "unit": item.unit,
            "issuer": "示例工委", "prefix": "示例", "title": "关于交办的函", "body": "请办理。", "issued_on": today,
            "drafted_by": cast.committee, "scan": "letters/示例.pdf", "receipt": "letters/示例.pdf",
            "is_scan_public": True,
        },
    )  # fmt: skip
    if not letter.scan.storage.exists(letter.scan.name):
        letter.scan.save("示例.pdf", ContentFile(b"%PDF-1.4"))
        letter.receipt.save("示例.pdf", ContentFile(b"%PDF-1.4"))
    return int(letter.pk)


def committee_post(cast: Cast) -> int:
    """Of the cast's subdistrict."""
    place = division_by_code(SUBDISTRICT)
    found = CommitteePost.objects.filter(division=place, is_void=False).first()
    post = found or CommitteePost(division=place, post="officer", name="专干示例", starts_on=timezone.localdate())
    return int((found or save_committee_post(post=post, by=cast.director)).pk)


def reception(cast: Cast) -> ReceptionSession:
    """Published, with its day to come and a sheet on file; bookable."""
    row = ReceptionSession.objects.filter(status="published").first() or receptions.published(cast, capacity=9)
    if not row.sheet:
        row.sheet.save("sheet.pdf", ContentFile(b"%PDF-1.4"))
    return row


def booking(cast: Cast) -> int:
    row = Booking.objects.filter(user=cast.resident, cancelled_at=None).first()
    return int((row or book(session=reception(cast), slot=0, by=cast.resident)).pk)


def main_station(cast: Cast) -> int:
    return int(receptions.desk().main.pk)


def station_document(cast: Cast) -> int:
    row = StationDocument.objects.first()
    if row is None:
        paper = SimpleUploadedFile("plan.pdf", b"%PDF-1.4")
        division = receptions.desk().division
        row = add_document(division=division, by=cast.clerk, upload=paper, kind="plan", year=2026, title="年度计划示例")
    return int(row.pk)


VALUES: dict[str, Make] = {
    "receptions:station_calendar pk": main_station,
    "receptions:deputy_calendar pk": deputy,
    "receptions:division_calendar code": lambda cast: SUBDISTRICT,
    "receptions:document pk": station_document,
    "receptions:cancel_booking pk": booking,
    "receptions:session key": lambda cast: reception(cast).key,
    "receptions:session_calendar key": lambda cast: reception(cast).key,
    "receptions:book key": lambda cast: reception(cast).key,
    "messages:new token": lambda cast: messages.station_code(cast).token,
    "messages:code token": lambda cast: messages.station_code(cast).token,
    "messages:code key": lambda cast: "k" * 20,
    "messages number": lambda cast: left_message(cast).number,
    "messages_admin:code pk": lambda cast: messages.station_code(cast).pk,
    "messages_admin:message number": lambda cast: left_message(cast).number,
    "records_admin:day key": lambda cast: reception(cast).key,
    "records_admin:import key": lambda cast: reception(cast).key,
    "records_admin:paper key": lambda cast: reception(cast).key,
    "records_admin:record number": lambda cast: records.record(cast).number,
    "receptions_admin:month pk": main_station,
    "receptions_admin:export pk": main_station,
    "receptions_admin:import pk": main_station,
    "receptions_admin:documents pk": main_station,
    "receptions_admin:duties pk": main_station,
    "receptions_admin:scheme pk": main_station,
    "receptions_admin:document document": station_document,
    "receptions_admin:session key": lambda cast: reception(cast).key,
    "receptions_admin:sheet key": lambda cast: reception(cast).key,
    "receptions_admin:sign_in key": lambda cast: reception(cast).key,
    "accounts_committee_posts pk": committee_post,
    "ledger_letters:letter pk": ledger_letter,
    "ledger_letters:docx pk": ledger_letter,
    "ledger_letters:paper pk": ledger_letter,
    "ledger_letters:scan pk": ledger_letter,
    "ledger_letters:receipt pk": ledger_letter,
    "ledger:letter_scan pk": ledger_letter,
    # --- our own
    "ledger:detail reference": lambda cast: ledger_item(cast).reference,
    # only deputies' suggestions have a clock without a promise of the division
    "ledger:photo pk": progress_photo,
    "ledger:photo_small pk": progress_photo,
    "ledger:deadline reference": lambda cast: ledger.assigned(cast, source="deputy_suggestion").reference,
    "ledger:rate reference": lambda cast: ledger.completed(cast, title="等提出人评价").reference,
    "ledger:solved token": lambda cast: ledger.question_link(cast, title="回访").split("/")[-2],
    "ledger_admin:call pk": lambda cast: ledger.call_back(cast, title="电话回访").pk,
    "ledger:object reference": lambda cast: ledger.closed_off(cast, title="已经销号").reference,
    "ledger:asked pk": asked_deputy,
    "deputies:detail pk": deputy,
    "deputies_deputies pk": deputy,
    "stations_venues pk": venue,
    "stations_contact_points pk": lambda cast: ContactPointKind.objects.values_list("pk", flat=True)[0],
    "deputies_districts pk": district,
    "evaluations_admin:round pk": lambda cast: evaluations.round_for(cast.resident).pk,
    "evaluations_admin:publication pk": lambda cast: evaluations.publication().pk,
    "oversight:rate pk": open_appraisal,
    "oversight:detail pk": appraisal,
    "oversight:report pk": appraisal,
    "oversight_admin:plan pk": appraisal,
    "oversight_admin:appraisal pk": appraisal,
    "oversight_admin:report pk": appraisal,
    "oversight_admin:roll pk": lambda cast: oversight.met(cast).pk,
    "oversight_admin:roll_template pk": lambda cast: oversight.met(cast).pk,
    "oversight_admin:docx pk": appraisal,
    "oversight_admin:paper pk": appraisal,
    "oversight_admin:scan pk": appraisal,
    "oversight_admin:scan recipient": lambda cast: "party_committee",
    "evaluations:detail pk": lambda cast: evaluations.publication().pk,
    "evaluations:detail_table pk": lambda cast: evaluations.publication().pk,
    "ledger_admin:template pk": reply_template,
    "ledger_admin:item pk": lambda cast: ledger_item(cast).pk,
    "ledger_admin:scan pk": ledger_scan,
    "moderation kind": lambda cast: "comment",
    "moderation key": lambda cast: comment(cast).key,
    "moderation:appeal pk": lambda cast: refused_review(cast).pk,
    "reports pk": lambda cast: reported_review(cast).pk,
    "appeals pk": lambda cast: appeal(review=refused_review(cast, "二"), by=cast.resident, text="请再看").pk,
    "discussion pk": lambda cast: comment(cast).pk,
    "discussion:thread pk": lambda cast: comment(cast).thread_id,
    "discussion:write pk": lambda cast: comment(cast).thread_id,
    "discussion:amend pk": lambda cast: comment(cast, "returned").pk,
    "threads_admin pk": lambda cast: comment(cast).thread_id,
    "snaps number": snap,
    "snaps:photo pk": snap_photo,
    "snaps:photo_small pk": snap_photo,
    "snaps_admin:unit_photos pk": lambda cast: SnapReport.objects.get(number=snap(cast)).pk,
    "snaps_admin:detail pk": lambda cast: SnapReport.objects.get(number=snap(cast)).pk,
    "snaps_admin pk": snap_photo,
    "number": published_proposal,
    "proposals:photo pk": photo,
    "proposals:photo_small pk": photo,
    "proposals key": lambda cast: draft(cast).key,
    "proposals:draft_photo pk": draft_photo,
    "proposals:remove_photo pk": draft_photo,
    "proposals_admin pk": lambda cast: Proposal.objects.get(number=published_proposal(cast)).pk,
    "proposal_chooser pk": lambda cast: Proposal.objects.get(number=published_proposal(cast)).pk,
    "reviews pk": lambda cast: Proposal.objects.get(number=published_proposal(cast)).review_id,
    "step": lambda cast: "words",
    "message_id": lambda cast: message(cast).pk,
    "outbox_deliveries pk": lambda cast: delivery(cast).pk,
    "outbox_notice_tasks pk": notice_task,
    "jurisdictions_terms_of_division key": lambda cast: SUBDISTRICT,
    "jurisdictions_terms_change key": lambda cast: SUBDISTRICT,
    "jurisdictions_terms_withdraw key": lambda cast: SUBDISTRICT,
    "home:sitemap_section section": lambda cast: "pages",
    "home:column_feed path": lambda cast: "news",
    "accounts:privacy_notice_version version": lambda cast: "2026-01",
    "accounts:terms_version version": lambda cast: "2026-01",
    "corrections_admin pk": correction,
    "accounts_notice_texts pk": notice_text,
    "accounts_person pk": lambda cast: cast.community.pk,
    "accounts_appoint pk": lambda cast: cast.community.pk,
    "accounts_reset_password pk": lambda cast: cast.community.pk,
    "accounts_switch pk": lambda cast: cast.community.pk,
    "accounts_end_post pk": post_of_the_community,
    "accounts_hand_over pk": post_of_the_community,
    "accounts_release_phone pk": lambda cast: cast.resident.pk,
    "accounts_handling_units pk": handling_unit,
    "jurisdictions_terms_withdraw period": lambda cast: planned_terms(cast).pk,
    "lookup_query_codes pk": query_code,
    "calendar_days pk": calendar_day,
    "words pk": word,
    "outbox:unsubscribe token": lambda cast: unsubscribe_token(cast.resident, "proposal"),
    **LIBRARY_VALUES,
}


# What a route reads from its query string, or, posted, from its form.
QUERIES: dict[str, Make] = {
    "follows:toggle": lambda cast: f"kind=proposal&key={published_proposal(cast)}",
    **LIBRARY_QUERIES,
}


def name_of(route: Route, parameter: str, known: Iterable[str]) -> str:
    """The narrowest name that stands for this parameter; empty where none does."""
    names = (f"{route.key} {parameter}", f"{route.namespace} {parameter}", parameter)
    return next((name for name in names if name in known), "")


class Objects:
    """Makes each object once. A parameter without a line in `VALUES` is an error, never a missing row."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.made: dict[str, Any] = {}

    def values(self, route: Route) -> dict[str, Any]:
        return {parameter: self._value(route, parameter) for parameter in route.parameters}

    def query(self, route: Route) -> str:
        if route.key not in QUERIES:
            return ""
        name = f"{route.key} ?"
        if name not in self.made:
            self.made[name] = QUERIES[route.key](self.cast)
        return str(self.made[name])

    def _value(self, route: Route, parameter: str) -> Any:
        if name_of(route, parameter, WITHOUT_OBJECTS):
            return "1"
        name = name_of(route, parameter, VALUES)
        if name not in self.made:
            self.made[name] = VALUES[name](self.cast)
        return self.made[name]
