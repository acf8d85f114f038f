import django.db.models.deletion
import participation.ledger.models.scans
import participation.snaps.states
import portal.encryption.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('jurisdictions', '0002_terms_and_site'),
        ('ledger', '0015_call_backs'),
        ('moderation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SnapReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='编号')),
                ('last_six', models.CharField(db_index=True, editable=False, max_length=12, verbose_name='编号后六位')),
                ('state', models.CharField(choices=[(participation.snaps.states.State['CAPTURED'], '待审核'), (participation.snaps.states.State['RETURNED'], '退回补正'), (participation.snaps.states.State['REJECTED'], '不予公开'), (participation.snaps.states.State['DIVERTED'], '已告知其他渠道'), (participation.snaps.states.State['REVIEWED'], '已受理'), (participation.snaps.states.State['DUPLICATE'], '已并案'), (participation.snaps.states.State['FORWARDED'], '已转12345'), (participation.snaps.states.State['ASSIGNED'], '已交办'), (participation.snaps.states.State['FEEDBACK'], '已反馈'), (participation.snaps.states.State['VERIFIED'], '已现场核实'), (participation.snaps.states.State['CLOSED'], '已办结归档')], max_length=12, verbose_name='状态')),
                ('category', models.CharField(choices=[('housing', '住建'), ('education', '教育'), ('transport', '交通运输'), ('public_security', '社会治安'), ('employment', '人社'), ('market', '市场监管'), ('business_environment', '营商环境'), ('medical_insurance', '医疗保障'), ('city_management', '城市管理'), ('health', '卫生健康'), ('agriculture', '农业农村'), ('civil_affairs', '民政'), ('ecology', '生态环境'), ('taxation', '财政税收'), ('electricity', '电力'), ('prices', '物价'), ('telecom', '通信'), ('commerce', '商务'), ('water', '水利'), ('natural_resources', '自然资源'), ('justice', '司法'), ('finance', '金融'), ('other', '其他'), ('cadre_discipline', '干部违纪'), ('unsorted', '未分类')], default='unsorted', max_length=24, verbose_name='类别')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='地点')),
                ('text', models.TextField(blank=True, verbose_name='说明')),
                ('capacity', models.CharField(choices=[('deputy', '人大代表'), ('resident', '居民')], max_length=8, verbose_name='上报人身份')),
                ('position', portal.encryption.fields.EncryptedTextField(blank=True, default='', verbose_name='精确位置')),
                ('captured_at', models.DateTimeField(verbose_name='上报时间')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公开时间')),
                ('state_since', models.DateTimeField(verbose_name='进入当前状态的时间')),
                ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='隐去时间')),
                ('diverted_to', models.CharField(blank=True, max_length=16, verbose_name='告知的渠道')),
                ('hotline_number', models.CharField(blank=True, max_length=40, verbose_name='12345工单号')),
                ('feedback', models.TextField(blank=True, verbose_name='反馈')),
                ('feedback_on', models.DateField(blank=True, null=True, verbose_name='反馈日期')),
                ('verified_on', models.DateField(blank=True, null=True, verbose_name='核实日期')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='街道（乡镇）')),
                ('ledger_item', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.ledgeritem', verbose_name='台账事项')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='snaps.snapreport', verbose_name='并入')),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moderation.review', verbose_name='审核')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上报人')),
                ('verified_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核实人')),
            ],
            options={
                'verbose_name': '随手拍',
                'verbose_name_plural': '随手拍',
                'indexes': [models.Index(fields=['-published_at', '-id'], name='snap_newest'), models.Index(fields=['division', '-published_at', '-id'], name='snap_division_newest'), models.Index(fields=['state', 'captured_at'], name='snap_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'forwarded'), _negated=True), models.Q(('hotline_number', ''), _negated=True), _connector='OR'), name='snap_forwarded_has_number'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'assigned'), _negated=True), ('ledger_item__isnull', False), _connector='OR'), name='snap_assigned_has_item')],
            },
        ),
        migrations.CreateModel(
            name='SnapPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(choices=[('before', '办理前'), ('after', '办理后')], max_length=6, verbose_name='办理前后')),
                ('original', models.FileField(storage=participation.ledger.models.scans.private_storage, upload_to='snaps/%Y/%m', verbose_name='原图')),
                ('original_thumbnail', models.FileField(storage=participation.ledger.models.scans.private_storage, upload_to='snaps/%Y/%m', verbose_name='原图缩略图')),
                ('file', models.FileField(blank=True, storage=participation.ledger.models.scans.private_storage, upload_to='snaps/%Y/%m', verbose_name='遮盖后的图')),
                ('thumbnail', models.FileField(blank=True, storage=participation.ledger.models.scans.private_storage, upload_to='snaps/%Y/%m', verbose_name='缩略图')),
                ('width', models.PositiveIntegerField(verbose_name='宽')),
                ('height', models.PositiveIntegerField(verbose_name='高')),
                ('boxes', models.JSONField(blank=True, default=list, verbose_name='遮盖')),
                ('alt', models.CharField(blank=True, max_length=120, verbose_name='说明')),
                ('is_reviewed', models.BooleanField(default=False, verbose_name='已审核')),
                ('is_withheld', models.BooleanField(default=False, verbose_name='不公开')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('snap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='snaps.snapreport', verbose_name='随手拍')),
            ],
            options={
                'verbose_name': '随手拍照片',
                'verbose_name_plural': '随手拍照片',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
                ('snap', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sightings', to='snaps.snapreport', verbose_name='随手拍')),
            ],
            options={
                'verbose_name': '我也看到',
                'verbose_name_plural': '我也看到',
                'constraints': [models.UniqueConstraint(fields=('snap', 'user'), name='sighting_once')],
            },
        ),
    ]
