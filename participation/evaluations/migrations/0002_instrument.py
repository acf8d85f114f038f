import django.db.models.deletion
import django.db.models.expressions
import participation.evaluations.models.answers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_unit_heads'),
        ('accounts', '__first__'),
        ('evaluations', '0001_initial'),
        ('jurisdictions', '0002_terms_and_site'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecretAnswer',
            fields=[
                ('key', models.CharField(default=participation.evaluations.models.answers.new_key, editable=False, max_length=32, primary_key=True, serialize=False, verbose_name='随机号')),
                ('value', models.CharField(choices=[('satisfied', '满意'), ('basically_satisfied', '基本满意'), ('dissatisfied', '不满意')], max_length=20, verbose_name='满意度')),
                ('stars', models.JSONField(blank=True, default=dict, verbose_name='星级')),
                ('comment', models.TextField(blank=True, verbose_name='意见')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='secret_answers', to='evaluations.round', verbose_name='轮次')),
            ],
            options={
                'verbose_name': '无记名评价',
                'verbose_name_plural': '无记名评价',
                'ordering': ['key'],
            },
        ),
        migrations.AddField(
            model_name='answer',
            name='channel',
            field=models.CharField(choices=[('web', '本平台'), ('link', '回访链接'), ('phone', '电话回访'), ('paper', '现场纸质票')], default='web', max_length=6, verbose_name='方式'),
        ),
        migrations.AddField(
            model_name='answer',
            name='comment',
            field=models.TextField(blank=True, verbose_name='意见'),
        ),
        migrations.AddField(
            model_name='answer',
            name='stars',
            field=models.JSONField(blank=True, default=dict, verbose_name='星级'),
        ),
        migrations.AddField(
            model_name='rater',
            name='answered_on',
            field=models.DateField(blank=True, null=True, verbose_name='评价日期'),
        ),
        migrations.AddField(
            model_name='rater',
            name='channel',
            field=models.CharField(blank=True, choices=[('web', '本平台'), ('link', '回访链接'), ('phone', '电话回访'), ('paper', '现场纸质票')], max_length=6, verbose_name='方式'),
        ),
        migrations.AddField(
            model_name='round',
            name='class_rule',
            field=models.JSONField(blank=True, null=True, verbose_name='等次规则'),
        ),
        migrations.AddField(
            model_name='round',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人'),
        ),
        migrations.AddField(
            model_name='round',
            name='confirmed_on',
            field=models.DateField(blank=True, null=True, verbose_name='确认日期'),
        ),
        migrations.AddField(
            model_name='round',
            name='division',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='区划'),
        ),
        migrations.AddField(
            model_name='round',
            name='is_frozen',
            field=models.BooleanField(default=False, editable=False, verbose_name='已有评价'),
        ),
        migrations.AddField(
            model_name='round',
            name='is_secret',
            field=models.BooleanField(default=False, verbose_name='无记名'),
        ),
        migrations.AddField(
            model_name='round',
            name='kind',
            field=models.CharField(default='ledger', max_length=24, verbose_name='评价类别'),
        ),
        migrations.AddField(
            model_name='round',
            name='questions',
            field=models.JSONField(blank=True, default=list, verbose_name='附加问题'),
        ),
        migrations.AddField(
            model_name='round',
            name='roll',
            field=models.CharField(choices=[('proposers', '提出人'), ('members', '议事代表（议事员）'), ('listed', '导入的名单'), ('verified', '已核验的居民')], default='proposers', max_length=10, verbose_name='评价人范围'),
        ),
        migrations.AddField(
            model_name='round',
            name='roll_size',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='名册人数'),
        ),
        migrations.AddField(
            model_name='round',
            name='source',
            field=models.CharField(choices=[('resident', '居民评议'), ('member', '议事代表测评'), ('public', '社会监督')], default='resident', max_length=8, verbose_name='评价主体'),
        ),
        migrations.AddField(
            model_name='round',
            name='subject_key',
            field=models.CharField(blank=True, max_length=80, verbose_name='对象编号'),
        ),
        migrations.AddField(
            model_name='round',
            name='subject_kind',
            field=models.CharField(blank=True, max_length=40, verbose_name='对象类型'),
        ),
        migrations.AddField(
            model_name='round',
            name='title',
            field=models.CharField(blank=True, max_length=200, verbose_name='评价内容'),
        ),
        migrations.AddField(
            model_name='round',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.handlingunit', verbose_name='被评价单位'),
        ),
        migrations.AlterField(
            model_name='round',
            name='state',
            field=models.CharField(choices=[('open', '进行中'), ('closed', '已结束'), ('confirmed', '结果已确认')], default='open', max_length=10, verbose_name='状态'),
        ),
        migrations.CreateModel(
            name='PaperCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('satisfied', models.PositiveIntegerField(verbose_name='满意')),
                ('basically', models.PositiveIntegerField(verbose_name='基本满意')),
                ('dissatisfied', models.PositiveIntegerField(verbose_name='不满意')),
                ('invalid', models.PositiveIntegerField(default=0, verbose_name='无效票')),
                ('entered_on', models.DateField(verbose_name='计票日期')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='计票人')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_counts', to='evaluations.round', verbose_name='轮次')),
            ],
            options={
                'verbose_name': '纸质票计票',
                'verbose_name_plural': '纸质票计票',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('round', 'entered_by'), name='paper_count_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24, verbose_name='评价类别')),
                ('source', models.CharField(choices=[('resident', '居民评议'), ('member', '议事代表测评'), ('public', '社会监督')], max_length=8, verbose_name='评价主体')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='评价内容')),
                ('is_pooled', models.BooleanField(default=False, verbose_name='按季度合并')),
                ('published_on', models.DateField(verbose_name='公布日期')),
                ('round_count', models.PositiveIntegerField(verbose_name='评价轮次数')),
                ('shows_counts', models.BooleanField(default=True, verbose_name='公布票数')),
                ('invited', models.PositiveIntegerField(blank=True, null=True, verbose_name='应评人数')),
                ('answered', models.PositiveIntegerField(default=0, verbose_name='评价数')),
                ('satisfied', models.PositiveIntegerField(default=0, verbose_name='满意')),
                ('basically', models.PositiveIntegerField(default=0, verbose_name='基本满意')),
                ('dissatisfied', models.PositiveIntegerField(default=0, verbose_name='不满意')),
                ('stars', models.JSONField(blank=True, default=dict, verbose_name='星级')),
                ('result', models.CharField(blank=True, max_length=20, verbose_name='等次')),
                ('class_rule', models.JSONField(blank=True, null=True, verbose_name='等次规则')),
                ('definition', models.TextField(verbose_name='口径')),
                ('raters', models.CharField(max_length=200, verbose_name='谁来评')),
                ('division', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='区划')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='公布人')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.handlingunit', verbose_name='被评价单位')),
            ],
            options={
                'verbose_name': '评价公布',
                'verbose_name_plural': '评价公布',
                'ordering': ['-published_on', '-pk'],
                'indexes': [models.Index(fields=['-published_on', '-id'], name='publication_newest'), models.Index(fields=['division', 'kind', 'source'], name='publication_of_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered', 0), ('shows_counts', False)), ('answered__gte', 5), _connector='OR'), name='publication_holds_five'), models.CheckConstraint(condition=models.Q(('answered', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('satisfied'), '+', models.F('basically')), '+', models.F('dissatisfied')))), name='publication_adds_up')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='更正')),
                ('on', models.DateField(verbose_name='日期')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='更正人')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='evaluations.publication', verbose_name='公布')),
            ],
            options={
                'verbose_name': '更正',
                'verbose_name_plural': '更正',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='round',
            name='publication',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='evaluations.publication', verbose_name='公布'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['state', 'closes_on'], name='round_by_end'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['subject_kind', 'subject_key'], name='round_of_subject'),
        ),
    ]
