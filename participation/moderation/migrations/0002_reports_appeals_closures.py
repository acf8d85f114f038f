import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('jurisdictions', '0002_terms_and_site'),
        ('moderation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('against', models.CharField(max_length=12, verbose_name='不服的决定')),
                ('round', models.PositiveSmallIntegerField(verbose_name='第几次送审')),
                ('text', models.TextField(verbose_name='申诉理由')),
                ('created_at', models.DateTimeField(verbose_name='申诉时间')),
                ('due_on', models.DateField(verbose_name='办理时限')),
                ('state', models.CharField(choices=[('open', '待处理'), ('granted', '申诉成立'), ('refused', '维持原决定')], default='open', max_length=10, verbose_name='状态')),
                ('answer', models.TextField(blank=True, verbose_name='答复')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('is_reminded', models.BooleanField(default=False, verbose_name='已催办')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申诉人')),
                ('decided_first_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='原决定人')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='moderation.review', verbose_name='申诉的内容')),
            ],
            options={
                'verbose_name': '申诉',
                'verbose_name_plural': '申诉',
                'indexes': [models.Index(fields=['state', 'due_on', 'id'], name='appeal_queue')],
                'constraints': [models.UniqueConstraint(fields=('review', 'against', 'round'), name='appeal_once_per_decision'), models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('answered_by', models.F('decided_first_by')), _negated=True), _connector='OR'), name='appeal_by_another_person')],
            },
        ),
        migrations.CreateModel(
            name='CommentClosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(blank=True, max_length=40, verbose_name='对象类型')),
                ('subject_key', models.CharField(blank=True, max_length=80, verbose_name='对象编号')),
                ('notice', models.CharField(max_length=200, verbose_name='公告')),
                ('starts_at', models.DateTimeField(verbose_name='开始时间')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='恢复时间')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='关闭人')),
                ('division', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='区划')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='恢复人')),
            ],
            options={
                'verbose_name': '关闭评论',
                'verbose_name_plural': '关闭评论',
                'constraints': [models.UniqueConstraint(condition=models.Q(('division__isnull', False), ('lifted_at__isnull', True)), fields=('division', 'subject_kind', 'subject_key'), name='closure_once_at_a_time'), models.UniqueConstraint(condition=models.Q(('division__isnull', True), ('lifted_at__isnull', True)), fields=('subject_kind', 'subject_key'), name='closure_of_the_site_once')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('abuse', '辱骂、攻击他人'), ('privacy', '泄露个人信息'), ('false', '虚假信息、传言'), ('advert', '广告、刷屏'), ('unlawful', '其他违法和不良信息')], max_length=10, verbose_name='举报原因')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('text', models.TextField(blank=True, verbose_name='举报时的公开文本')),
                ('created_at', models.DateTimeField(verbose_name='举报时间')),
                ('due_on', models.DateField(verbose_name='办理时限')),
                ('state', models.CharField(choices=[('open', '待处理'), ('upheld', '举报成立'), ('dismissed', '举报不成立')], default='open', max_length=10, verbose_name='状态')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='处理说明')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='处理时间')),
                ('is_reminded', models.BooleanField(default=False, verbose_name='已催办')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='处理人')),
                ('reporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='举报人')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='moderation.review', verbose_name='被举报的内容')),
            ],
            options={
                'verbose_name': '举报',
                'verbose_name_plural': '举报',
                'indexes': [models.Index(fields=['state', 'due_on', 'id'], name='report_queue')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reporter__isnull', False)), fields=('review', 'reporter'), name='report_once_per_reader'), models.CheckConstraint(condition=models.Q(('state', 'open'), ('decided_at__isnull', False), _connector='OR'), name='report_decided_has_a_date')],
            },
        ),
        migrations.AddField(
            model_name='review',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作者'),
        ),
        migrations.AddField(
            model_name='review',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='复核时间'),
        ),
        migrations.AddField(
            model_name='review',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人'),
        ),
        migrations.AddField(
            model_name='review',
            name='is_reminded',
            field=models.BooleanField(default=False, verbose_name='复核已催办'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['author', 'state'], name='review_of_author'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['decided_at'], name='review_decided'),
        ),
    ]
