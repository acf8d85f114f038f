from portal.follows import services
from portal.follows.models import Follow
from portal.follows.selectors import followers, personal_data
from portal.outbox.models import Delivery, Message
from portal.outbox.registry import contacts_of


def people(django_user_model, *names):
    return [django_user_model.objects.create_user(name, f"{name}@b.cn", "x" * 12) for name in names]


def follow(user, key="1", **given):
    return services.follow(user=user, subject_kind="thing", subject_key=key, **given)


def tell(**given):
    given.setdefault("event", "thing:1:answered")
    return services.queue_to_followers(kind="k", subject_kind="thing", subject_key="1", title="已答复", **given)


def test_following_twice_is_one_row_and_unfollowing_twice_harms_nobody(db, django_user_model):
    [resident] = people(django_user_model, "resident")
    assert [follow(resident), follow(resident)] == [True, False]
    assert list(followers("thing", "1")) == [resident]
    for _ in range(2):
        services.unfollow(user=resident, subject_kind="thing", subject_key="1")
    assert Follow.objects.count() == 0


def test_author_and_followers_are_told_once_each(db, django_user_model):
    author, resident, resident2 = people(django_user_model, "author", "resident", "resident2")
    follow(author), follow(resident), follow(resident2, key="2")
    assert [tell(recipients=[author]), tell(recipients=[author])] == [2, 0]
    assert sorted(Message.objects.values_list("recipient__username", flat=True)) == ["author", "resident"]


def test_who_did_it_need_not_hear(db, django_user_model):
    author, resident = people(django_user_model, "author", "resident")
    follow(author), follow(resident)
    assert tell(recipients=[author], except_for=[author, None]) == 1
    assert Message.objects.get().recipient == resident


def test_who_may_not_see_it_any_more_is_not_told(db, django_user_model, things):
    author, resident = people(django_user_model, "author", "resident")
    follow(author), follow(resident)
    things["1"] = {author.pk}
    assert tell() == 1
    assert Message.objects.get().recipient == author


def test_a_daily_follower_waits_unless_it_is_their_own_matter(db, django_user_model):
    author, resident = people(django_user_model, "author", "resident")
    follow(author, frequency="daily"), follow(resident, frequency="daily")
    assert contacts_of([author])[author.pk].email == "author@b.cn"
    tell(recipients=[author])
    channels = Delivery.objects.exclude(channel="site").values_list("message__recipient__username", "channel")
    assert sorted(channels) == [("author", "email"), ("resident", "digest")]


def test_followers_of_a_merged_matter_move_and_keep_their_frequency(db, django_user_model):
    resident, resident2 = people(django_user_model, "resident", "resident2")
    follow(resident, frequency="daily"), follow(resident2), follow(resident2, key="2")
    assert services.move_followers(subject_kind="thing", from_key="1", to_key="2") == 1
    assert list(Follow.objects.filter(subject_key="2").order_by("user").values_list("user", "frequency")) == [
        (resident.pk, "daily"),
        (resident2.pk, "immediate"),
    ]


def test_the_export_holds_what_one_follows(db, django_user_model):
    resident, resident2 = people(django_user_model, "resident", "resident2")
    follow(resident), follow(resident2, key="2")
    assert [(row["subject_kind"], row["subject_key"]) for row in personal_data(resident)] == [("thing", "1")]
