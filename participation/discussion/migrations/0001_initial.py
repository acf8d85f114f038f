import django.db.models.deletion
import participation.discussion.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('jurisdictions', '0002_terms_and_site'),
        ('moderation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[(participation.discussion.states.State['WAITING'], '待审核'), (participation.discussion.states.State['RETURNED'], '退回补正'), (participation.discussion.states.State['REJECTED'], '不予公开'), (participation.discussion.states.State['PUBLISHED'], '已公开'), (participation.discussion.states.State['WITHDRAWN'], '已撤回')], default='waiting', max_length=12, verbose_name='状态')),
                ('reply_rank', models.PositiveIntegerField(default=0, verbose_name='第几条回复')),
                ('author_label', models.CharField(blank=True, max_length=60, verbose_name='公开署名')),
                ('capacity', models.CharField(choices=[('resident', '居民'), ('member', '议事代表'), ('deputy', '人大代表'), ('official', '官方答复')], default='resident', max_length=8, verbose_name='身份')),
                ('stance', models.CharField(blank=True, choices=[('support', '支持'), ('oppose', '反对'), ('neutral', '中立'), ('question', '提问')], max_length=8, verbose_name='立场')),
                ('body', models.TextField(blank=True, verbose_name='公开文本')),
                ('submitted_at', models.DateTimeField(verbose_name='提交时间')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公开时间')),
                ('edited_at', models.DateTimeField(blank=True, null=True, verbose_name='修改时间')),
                ('is_edit_waiting', models.BooleanField(default=False, verbose_name='修改待审核')),
                ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='隐去时间')),
                ('hiding_note', models.CharField(blank=True, max_length=200, verbose_name='隐去的公开说明')),
                ('is_listed', models.BooleanField(default=False, verbose_name='在页面上')),
                ('helpful_count', models.PositiveIntegerField(default=0, verbose_name='有帮助')),
                ('reply_count', models.PositiveIntegerField(default=0, verbose_name='公开回复数')),
                ('reply_serial', models.PositiveIntegerField(default=0, verbose_name='已排到第几条回复')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='作者')),
                ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='隐去人')),
                ('hiding_confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='discussion.comment', verbose_name='上级评论')),
                ('reply_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='discussion.comment', verbose_name='回复')),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moderation.review', verbose_name='审核')),
            ],
            options={
                'verbose_name': '评论',
                'verbose_name_plural': '评论',
                'indexes': [models.Index(fields=['parent', 'is_listed', 'published_at', 'id'], name='comment_replies'), models.Index(fields=['parent', 'reply_rank'], name='comment_first_replies'), models.Index(fields=['author', '-submitted_at', '-id'], name='comment_of_author')],
                'constraints': [models.CheckConstraint(condition=models.Q(('body', ''), models.Q(('hidden_at__isnull', True), ('state', 'published')), _connector='OR'), name='comment_text_only_while_public'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), ('stance', ''), _connector='OR'), name='comment_reply_has_no_stance')],
            },
        ),
        migrations.CreateModel(
            name='CommentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(verbose_name='公开文本')),
                ('published_at', models.DateTimeField(verbose_name='公开时间')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='discussion.comment', verbose_name='评论')),
            ],
            options={
                'verbose_name': '公开过的文本',
                'verbose_name_plural': '公开过的文本',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=40, verbose_name='对象类型')),
                ('subject_key', models.CharField(max_length=80, verbose_name='对象编号')),
                ('state', models.CharField(choices=[('open', '进行中'), ('closed', '已结束')], default='open', max_length=8, verbose_name='状态')),
                ('is_suspended', models.BooleanField(default=False, verbose_name='对象不再接受评论')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='讨论截止日期')),
                ('summary', models.TextField(blank=True, verbose_name='小结')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='开始时间')),
                ('comment_count', models.PositiveIntegerField(default=0, verbose_name='公开评论数')),
                ('support_count', models.PositiveIntegerField(default=0, verbose_name='支持')),
                ('oppose_count', models.PositiveIntegerField(default=0, verbose_name='反对')),
                ('neutral_count', models.PositiveIntegerField(default=0, verbose_name='中立')),
                ('question_count', models.PositiveIntegerField(default=0, verbose_name='提问')),
                ('last_comment_at', models.DateTimeField(blank=True, null=True, verbose_name='最近评论')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='小结人')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='区划')),
            ],
            options={
                'verbose_name': '讨论',
                'verbose_name_plural': '讨论',
                'indexes': [models.Index(fields=['division', 'state', '-last_comment_at'], name='thread_division'), models.Index(fields=['state', 'closes_on'], name='thread_closing')],
                'constraints': [models.UniqueConstraint(fields=('subject_kind', 'subject_key'), name='thread_once_per_subject'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), models.Q(('summary', ''), _negated=True), _connector='OR'), name='thread_closed_has_summary')],
            },
        ),
        migrations.AddField(
            model_name='comment',
            name='thread',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='discussion.thread', verbose_name='讨论'),
        ),
        migrations.CreateModel(
            name='Helpful',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('comment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helpful', to='discussion.comment', verbose_name='评论')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'verbose_name': '有帮助',
                'verbose_name_plural': '有帮助',
                'constraints': [models.UniqueConstraint(fields=('comment', 'user'), name='helpful_once')],
            },
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['thread', 'is_listed', 'parent', 'published_at', 'id'], name='comment_by_time'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['thread', 'is_listed', 'parent', 'helpful_count', 'id'], name='comment_by_helpful'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['thread', 'capacity', 'published_at', 'id'], name='comment_by_capacity'),
        ),
    ]
