import django.db.models.deletion
import django.utils.timezone
import liaison_stations.receptions.models.sessions
import participation.filings.models
import portal.encryption.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('deputies', '0001_initial'),
        ('jurisdictions', '0002_terms_and_site'),
        ('stations', '0002_contact_points'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuestRole',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=30, unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=30, unique=True, verbose_name='名称')),
                ('stands_for', models.SlugField(blank=True, max_length=30, verbose_name='归入')),
                ('is_state_organ', models.BooleanField(default=False, verbose_name='国家机关工作人员')),
                ('is_confirmed', models.BooleanField(default=False, verbose_name='口径已确认')),
                ('is_active', models.BooleanField(default=True, verbose_name='可选')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='顺序')),
            ],
            options={
                'verbose_name': '到站人员类别',
                'verbose_name_plural': '到站人员类别',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReceptionScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(help_text='例如：每月“1+4”进站点接待群众。公开的只有名称。', max_length=60, verbose_name='名称')),
                ('preset', models.CharField(blank=True, choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('E', 'E')], max_length=1, verbose_name='预设口径')),
                ('period', models.CharField(choices=[('month', '每月')], default='month', max_length=10, verbose_name='周期')),
                ('effective_from', models.DateField(verbose_name='起始日期')),
                ('effective_to', models.DateField(blank=True, null=True, verbose_name='截止日期')),
                ('confirmed', models.BooleanField(default=False, verbose_name='口径已确认')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='区划')),
            ],
            options={
                'verbose_name': '接待机制',
                'verbose_name_plural': '接待机制',
                'ordering': ['division', '-effective_from'],
                'constraints': [models.UniqueConstraint(fields=('division', 'effective_from'), name='reception_scheme_one_per_day'), models.CheckConstraint(condition=models.Q(('effective_to__isnull', True), ('effective_to__gte', models.F('effective_from')), _connector='OR'), name='reception_scheme_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='ReceptionSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=liaison_stations.receptions.models.sessions.new_key, editable=False, max_length=12, unique=True, verbose_name='编号')),
                ('calendar_key', models.CharField(db_index=True, editable=False, max_length=12)),
                ('date', models.DateField(verbose_name='日期')),
                ('start', models.TimeField(verbose_name='开始')),
                ('end', models.TimeField(verbose_name='结束')),
                ('theme', models.CharField(blank=True, max_length=60, verbose_name='主题')),
                ('is_themed_activity', models.BooleanField(default=False, verbose_name='集中进站主题活动')),
                ('tasks', models.JSONField(blank=True, default=list, verbose_name='任务')),
                ('status', models.CharField(choices=[('planned', '拟定中'), ('published', '已公布'), ('held', '已接待'), ('cancelled', '已取消'), ('moved', '已改期')], default='planned', max_length=10, verbose_name='状态')),
                ('planned_on', models.DateField(blank=True, editable=False, null=True, verbose_name='原定日期')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='可预约人数')),
                ('slot_minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='每段分钟数')),
                ('public_reason', models.CharField(blank=True, max_length=100, verbose_name='取消或改期的原因')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='批准时间')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公布时间')),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='登记时间')),
                ('sheet', models.FileField(blank=True, storage=participation.filings.models.private_storage, upload_to='receptions/%Y/%m', verbose_name='签到表')),
                ('sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='变更时间')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='批准人')),
                ('moved_to', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_from', to='receptions.receptionsession', verbose_name='改到')),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receptions', to='stations.liaisonstation', verbose_name='联络站（点）')),
                ('venue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receptions', to='stations.deliberationvenue', verbose_name='议事阵地')),
            ],
            options={
                'verbose_name': '接待场次',
                'verbose_name_plural': '接待场次',
                'ordering': ['date', 'start', 'pk'],
                'indexes': [models.Index(fields=['date', 'start', 'id'], name='reception_by_day'), models.Index(fields=['station', 'date'], name='reception_of_station')],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='reception_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['cancelled', 'moved']), _negated=True), models.Q(('public_reason', ''), _negated=True), _connector='OR'), name='reception_not_held_says_why'), models.CheckConstraint(condition=models.Q(('status', 'planned'), models.Q(('approved_at__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='reception_public_after_approval'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'moved'), _negated=True), ('moved_to__isnull', False), _connector='OR'), name='reception_moved_somewhere'), models.CheckConstraint(condition=models.Q(('status', 'held'), ('held_at__isnull', True), _connector='OR'), name='reception_held_is_held')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slot', models.PositiveSmallIntegerField(default=0, verbose_name='时段')),
                ('seat', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('name', models.CharField(blank=True, max_length=20, verbose_name='称呼')),
                ('phone', portal.encryption.fields.EncryptedTextField(blank=True, verbose_name='电话')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='预约时间')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='取消时间')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='预约人')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='receptions.receptionsession', verbose_name='接待场次')),
            ],
            options={
                'verbose_name': '接待预约',
                'verbose_name_plural': '接待预约',
                'ordering': ['session', 'slot', 'seat'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True)), fields=('session', 'slot', 'seat'), name='booking_seat_once'), models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('user__isnull', False)), fields=('session', 'user'), name='booking_once_per_person'), models.CheckConstraint(condition=models.Q(('seat__gte', 1)), name='booking_seats_from_one'), models.CheckConstraint(condition=models.Q(('user__isnull', False), ('entered_by__isnull', False), _connector='OR'), name='booking_has_somebody')],
            },
        ),
        migrations.CreateModel(
            name='SchemeRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='顺序')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('min_count', models.PositiveSmallIntegerField(default=1, verbose_name='每月至少')),
                ('venue_kind', models.CharField(choices=[('any', '不限'), ('main', '主站'), ('site', '站点')], default='any', max_length=5, verbose_name='地点')),
                ('host_role', models.CharField(default='any', max_length=20, verbose_name='接待代表')),
                ('guest_roles', models.JSONField(blank=True, default=list, verbose_name='到站人员')),
                ('guest_mode', models.CharField(choices=[('none', '不要求'), ('at_least_one', '至少一类'), ('all', '每类都要')], default='none', max_length=12, verbose_name='到站人员要求')),
                ('day_rule', models.CharField(blank=True, max_length=40, verbose_name='日期规则')),
                ('distinct_sites', models.BooleanField(default=False, verbose_name='站点不重复')),
                ('count_unit', models.CharField(choices=[('sessions', '按场次'), ('per_session', '按场内')], default='sessions', max_length=11, verbose_name='计数单位')),
                ('min_hosts', models.JSONField(blank=True, default=dict, verbose_name='代表人数')),
                ('tasks', models.JSONField(blank=True, default=list, verbose_name='任务')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='receptions.receptionscheme', verbose_name='接待机制')),
            ],
            options={
                'verbose_name': '接待要求',
                'verbose_name_plural': '接待要求',
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('min_count__gte', 1)), name='scheme_requirement_asks_for_some')],
            },
        ),
        migrations.CreateModel(
            name='SessionGuest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(blank=True, max_length=40, verbose_name='单位职务')),
                ('attended', models.BooleanField(null=True, verbose_name='到站')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='receptions.guestrole', verbose_name='类别')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guest_rows', to='receptions.receptionsession', verbose_name='接待场次')),
            ],
            options={
                'verbose_name': '到站人员',
                'verbose_name_plural': '到站人员',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SessionHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('national', '全国'), ('province', '省'), ('city', '设区的市'), ('county', '县（市、区）'), ('township', '乡镇')], max_length=10, verbose_name='层级')),
                ('is_leading_cadre', models.BooleanField(default=False, verbose_name='领导干部代表')),
                ('attended', models.BooleanField(null=True, verbose_name='到站')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reception_rows', to='deputies.deputy', verbose_name='人大代表')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='host_rows', to='receptions.receptionsession', verbose_name='接待场次')),
                ('substitute_for', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deputies.deputy', verbose_name='替班')),
            ],
            options={
                'verbose_name': '接待代表',
                'verbose_name_plural': '接待代表',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('session', 'deputy'), name='reception_host_once')],
            },
        ),
        migrations.AddField(
            model_name='receptionsession',
            name='hosts',
            field=models.ManyToManyField(related_name='receptions', through='receptions.SessionHost', through_fields=('session', 'deputy'), to='deputies.deputy'),
        ),
        migrations.CreateModel(
            name='StationDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('plan', '年度活动计划'), ('rules', '进站操作细则')], max_length=10, verbose_name='种类')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('title', models.CharField(max_length=80, verbose_name='标题')),
                ('file', models.FileField(storage=participation.filings.models.private_storage, upload_to='receptions/documents/%Y', verbose_name='文件（PDF）')),
                ('is_public', models.BooleanField(default=True, verbose_name='公开')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='登记时间')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='区划')),
            ],
            options={
                'verbose_name': '联络站制度文件',
                'verbose_name_plural': '联络站制度文件',
                'ordering': ['-year', 'kind', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2100)), name='station_document_year')],
            },
        ),
    ]
