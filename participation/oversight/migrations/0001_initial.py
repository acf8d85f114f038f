import django.db.models.deletion
import participation.filings.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0006_unit_heads'),
        ('accounts', '__first__'),
        ('evaluations', '0003_guards'),
        ('filings', '0001_initial'),
        ('jurisdictions', '0002_terms_and_site'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeAppraisal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('matter', models.CharField(max_length=100, verbose_name='评议内容')),
                ('plan', models.TextField(blank=True, verbose_name='评议方案')),
                ('report_due_on', models.DateField(blank=True, null=True, verbose_name='书面报告提交期限')),
                ('state', models.CharField(choices=[('planned', '已列入计划'), ('report_published', '书面报告已公开'), ('meeting', '已召开评议会议'), ('rating_open', '测评进行中'), ('counted', '测评已计票'), ('result_confirmed', '评议结果已确认'), ('dispatched', '评议结果已报送'), ('published', '评议结果已公开'), ('archived', '已归档'), ('cancelled', '已取消')], default='planned', max_length=20, verbose_name='状态')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('report_text', models.TextField(blank=True, verbose_name='书面报告')),
                ('report_file', models.FileField(blank=True, storage=participation.filings.models.private_storage, upload_to='oversight/%Y/%m', verbose_name='书面报告文件')),
                ('report_on', models.DateField(blank=True, null=True, verbose_name='书面报告日期')),
                ('is_report_proxy', models.BooleanField(default=False, verbose_name='由工委代录')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='书面报告公开时间')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='会议日期')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='会议地点')),
                ('chair', models.CharField(blank=True, max_length=60, verbose_name='主持人职务')),
                ('expected', models.PositiveIntegerField(blank=True, null=True, verbose_name='应到人数')),
                ('attended', models.PositiveIntegerField(blank=True, null=True, verbose_name='实到人数')),
                ('issued', models.PositiveIntegerField(blank=True, null=True, verbose_name='发出测评票')),
                ('returned', models.PositiveIntegerField(blank=True, null=True, verbose_name='收回测评票')),
                ('counted_on', models.DateField(blank=True, null=True, verbose_name='计票日期')),
                ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='确认日期')),
                ('consent_on', models.DateField(blank=True, null=True, verbose_name='街道党工委同意日期')),
                ('consent_number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('archived_on', models.DateField(blank=True, null=True, verbose_name='归档日期')),
                ('archive_note', models.CharField(blank=True, max_length=200, verbose_name='归档说明')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='取消日期')),
                ('cancel_reason', models.CharField(blank=True, max_length=200, verbose_name='取消理由')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('counted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='计票人')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='区划')),
                ('publication', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.publication', verbose_name='公布')),
                ('round', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.round', verbose_name='测评轮次')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.handlingunit', verbose_name='被评议单位')),
            ],
            options={
                'verbose_name': '工作评议',
                'verbose_name_plural': '工作评议',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['-published_at', '-id'], name='appraisal_newest'), models.Index(fields=['division', 'state'], name='appraisal_of_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('consent_on__isnull', False), ('publication__isnull', False), models.Q(('consent_number', ''), _negated=True)), _connector='OR'), name='appraisal_public_by_consent'), models.CheckConstraint(condition=models.Q(('publication', None), ('consent_on__isnull', False), _connector='OR'), name='appraisal_figures_by_consent'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='appraisal_cancelled_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.CharField(choices=[('party_committee', '街道党工委'), ('superior_department', '被评议单位上级主管部门'), ('filing_authority', '市人大常委会备案')], max_length=24, verbose_name='报送对象')),
                ('filing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='filings.filing', verbose_name='备案')),
                ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='oversight.officeappraisal', verbose_name='工作评议')),
            ],
            options={
                'verbose_name': '评议结果报送',
                'verbose_name_plural': '评议结果报送',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('appraisal', 'recipient'), name='appraisal_dispatched_once_to_each')],
            },
        ),
    ]
