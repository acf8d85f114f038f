import django.db.models.deletion
import portal.encryption.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('deputies', '0002_void_deputies'),
        ('jurisdictions', '0002_terms_and_site'),
        ('ledger', '0016_item_from_message'),
        ('stations', '0002_contact_points'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeputyQrCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(editable=False, max_length=10, unique=True, verbose_name='编码')),
                ('issued_at', models.DateTimeField(verbose_name='启用时间')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
                ('revoke_reason', models.CharField(blank=True, max_length=200, verbose_name='停用理由')),
                ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deputies.deputy', verbose_name='人大代表')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='所在区划')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='启用人')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='停用人')),
                ('station', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stations.liaisonstation', verbose_name='联络站（点）')),
            ],
            options={
                'verbose_name': '联络站码、代表码',
                'verbose_name_plural': '联络站码、代表码',
                'ordering': ['-issued_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deputy__isnull', True), ('station__isnull', False)), models.Q(('deputy__isnull', False), ('station__isnull', True)), _connector='OR'), name='qr_code_of_a_station_or_a_deputy'), models.CheckConstraint(condition=models.Q(('revoked_at__isnull', True), models.Q(('revoke_reason', ''), _negated=True), _connector='OR'), name='qr_code_revoked_says_why'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('station',), name='qr_code_one_valid_per_station'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('deputy',), name='qr_code_one_valid_per_deputy')],
            },
        ),
        migrations.CreateModel(
            name='DeputyMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=30, unique=True, verbose_name='留言编号')),
                ('last_six', models.CharField(db_index=True, editable=False, max_length=12, verbose_name='编号后六位')),
                ('state', models.CharField(choices=[('received', '待答复'), ('answered', '已答复'), ('opened', '已转办（台账）'), ('diverted', '已告知其他渠道'), ('rejected', '不予受理')], default='received', max_length=10, verbose_name='处理')),
                ('body', portal.encryption.fields.EncryptedTextField(verbose_name='留言内容')),
                ('name', portal.encryption.fields.EncryptedTextField(blank=True, default='', verbose_name='称呼')),
                ('phone', portal.encryption.fields.EncryptedTextField(blank=True, default='', verbose_name='手机号')),
                ('phone_index', portal.encryption.fields.BlindIndexField(db_index=True, purpose='contact_phone', source='phone')),
                ('created_at', models.DateTimeField(verbose_name='留言时间')),
                ('due_on', models.DateField(verbose_name='答复期限')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='催办时间')),
                ('answer_kind', models.CharField(blank=True, choices=[('reflected', '已反映'), ('transferred', '已转办')], max_length=12, verbose_name='答复结论')),
                ('answer', models.TextField(blank=True, verbose_name='答复')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('is_answered_by_deputy', models.BooleanField(default=False, verbose_name='代表本人答复')),
                ('diverted_to', models.CharField(blank=True, max_length=16, verbose_name='告知的渠道')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='deputies.deputy', verbose_name='人大代表')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='所在区划')),
                ('item', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputy_message', to='ledger.ledgeritem', verbose_name='台账事项')),
                ('sender', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='留言人账号')),
                ('station', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stations.liaisonstation', verbose_name='联络站（点）')),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deputy_messages.deputyqrcode', verbose_name='所扫的码')),
            ],
            options={
                'verbose_name': '留言',
                'verbose_name_plural': '留言',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['division', '-created_at', '-id'], name='message_by_division'), models.Index(fields=['state', 'due_on'], name='message_by_due_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('deputy__isnull', True), ('station__isnull', False)), models.Q(('deputy__isnull', False), ('station__isnull', True)), _connector='OR'), name='message_to_a_station_or_a_deputy'), models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='message_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['answered', 'opened']), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), models.Q(('answer_kind', ''), _negated=True)), _connector='OR'), name='message_answered_in_words'), models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', False), ('state', 'opened')), models.Q(models.Q(('state', 'opened'), _negated=True), ('item__isnull', True)), _connector='OR'), name='message_opened_has_item'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'diverted'), _negated=True), models.Q(('diverted_to', ''), _negated=True), _connector='OR'), name='message_diverted_somewhere'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='message_rejected_says_why')],
            },
        ),
        migrations.CreateModel(
            name='MessageDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True, verbose_name='表单键')),
                ('content', portal.encryption.fields.EncryptedTextField(verbose_name='内容')),
                ('proof', models.CharField(blank=True, max_length=64, verbose_name='验证码摘要')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发送时间')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='尝试次数')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='开始时间')),
                ('code', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='deputy_messages.deputyqrcode', verbose_name='所扫的码')),
            ],
            options={
                'verbose_name': '留言草稿',
                'verbose_name_plural': '留言草稿',
            },
        ),
    ]
