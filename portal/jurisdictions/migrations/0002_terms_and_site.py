import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('jurisdictions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SiteProfile',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('site_name', models.CharField(max_length=40, verbose_name='网站名称')),
                ('host_organisation', models.CharField(max_length=80, verbose_name='主办单位')),
                ('operating_organisation', models.CharField(blank=True, max_length=80, verbose_name='承办单位')),
                ('phones', models.TextField(help_text='每行一个，可在号码前写用途，例如：值班室 0731-12345678', max_length=400, verbose_name='联系电话')),
                ('address', models.CharField(blank=True, max_length=120, verbose_name='地址')),
                ('opening_hours', models.CharField(blank=True, max_length=80, verbose_name='办公时间')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                ('icp_number', models.CharField(blank=True, max_length=40, verbose_name='ICP备案号')),
                ('police_number', models.CharField(blank=True, max_length=40, verbose_name='公安备案号')),
                ('site_code', models.CharField(blank=True, max_length=10, validators=[django.core.validators.RegexValidator('^[0-9a-zA-Z]{10}\\Z', '网站标识码是10位字符。')], verbose_name='网站标识码')),
                ('is_government_site', models.BooleanField(default=False, help_text='勾选后页脚的“纠错”显示为“我为政府网站找错”。', verbose_name='是政府网站')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('division', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='本站区划')),
            ],
            options={
                'verbose_name': '站点信息',
                'verbose_name_plural': '站点信息',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='site_profile_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='TermsPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(blank=True, help_text='留空表示从一开始就是这样。', null=True, verbose_name='起始日期')),
                ('values', models.JSONField(default=dict, verbose_name='口径')),
                ('preset', models.CharField(blank=True, max_length=30, verbose_name='预设')),
                ('document_name', models.CharField(blank=True, max_length=200, verbose_name='依据文件')),
                ('document_date', models.DateField(blank=True, null=True, verbose_name='文件日期')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='录入时间')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms_periods', to='jurisdictions.division', verbose_name='区划')),
            ],
            options={
                'verbose_name': '口径时段',
                'verbose_name_plural': '口径时段',
                'ordering': ['division', models.OrderBy(models.F('starts_on'), descending=True, nulls_last=True)],
                'constraints': [models.UniqueConstraint(fields=('division', 'starts_on'), name='terms_period_one_per_day'), models.UniqueConstraint(condition=models.Q(('starts_on__isnull', True)), fields=('division',), name='terms_period_one_from_the_beginning')],
            },
        ),
    ]
