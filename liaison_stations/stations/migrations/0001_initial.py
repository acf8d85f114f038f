import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import portal.pages.blocks
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('deputies', '0001_initial'),
        ('jurisdictions', '0002_terms_and_site'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactPointKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='名称')),
            ],
            options={
                'verbose_name': '共建联系点',
                'verbose_name_plural': '共建联系点',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LiaisonStation',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('kind', models.CharField(choices=[('main', '联络站（主站）'), ('electoral', '选区联络点'), ('area', '片区联络点'), ('park', '园区联络点'), ('industry', '行业联络点'), ('chain', '产业链联络点')], default='main', max_length=10, verbose_name='类别')),
                ('address', models.CharField(blank=True, max_length=100, verbose_name='地址')),
                ('opening_hours', models.CharField(blank=True, help_text='例如：工作日 9:00–12:00，14:00–17:00', max_length=100, verbose_name='开放时间')),
                ('phone', models.CharField(blank=True, help_text='站点的工作电话，不填个人手机号。', max_length=20, validators=[django.core.validators.RegexValidator('^[0-9\\-－ ]{3,20}$', '电话只写数字和“-”，例如 0731-12345678。')], verbose_name='联系电话')),
                ('latitude', models.DecimalField(blank=True, decimal_places=5, help_text='在常用地图软件里点选本站得到的坐标，例如 27.73301。不填也可以，按地址找。', max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(3), django.core.validators.MaxValueValidator(54)], verbose_name='纬度')),
                ('longitude', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(73), django.core.validators.MaxValueValidator(136)], verbose_name='经度')),
                ('summary', models.CharField(blank=True, help_text='一句话：谁可以来、来做什么。', max_length=120, verbose_name='摘要')),
                ('functions', wagtail.fields.StreamField([('function', 2)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('publicity', '宣传站'), ('opinion', '民意窗'), ('bridge', '连心桥'), ('supervision', '监督岗'), ('classroom', '大课堂')], 'label': '功能'}), 1: ('wagtail.blocks.TextBlock', (), {'label': '在这里做什么', 'max_length': 200, 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('function', 0), ('text', 1)]], {})}, verbose_name='五大功能')),
                ('body', wagtail.fields.StreamField([('heading', 2), ('paragraph', 3), ('picture', 6), ('document', 9), ('table', 12), ('steps', 18), ('note', 21), ('contact', 26), ('clause', 29)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': '文字', 'max_length': 60}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', '大标题'), ('h3', '小标题')], 'label': '层级'}), 2: ('wagtail.blocks.StructBlock', [[('text', 0), ('level', 1)]], {}), 3: ('portal.pages.blocks.ParagraphBlock', (), {}), 4: ('wagtail.images.blocks.ImageBlock', [], {'label': '图片'}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': '显示在图下面，可以不填。', 'label': '图片说明', 'max_length': 100, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('image', 4), ('caption', 5)]], {}), 7: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': '文件'}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': '不填就用文件自己的名称。', 'label': '显示的名称', 'max_length': 80, 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('document', 7), ('title', 8)]], {}), 10: ('wagtail.blocks.CharBlock', (), {'help_text': '一句话说明这是什么表，读屏软件会先读它。', 'label': '表题', 'max_length': 60}), 11: ('wagtail.blocks.TextBlock', (), {'help_text': '可以直接从表格软件复制粘贴。每行一行，单元格之间用制表符或竖线“|”隔开，第一行是表头。', 'label': '内容'}), 12: ('wagtail.blocks.StructBlock', [[('caption', 10), ('rows', 11)]], {}), 13: ('wagtail.blocks.CharBlock', (), {'label': '标题', 'max_length': 40, 'required': False}), 14: ('wagtail.blocks.CharBlock', (), {'label': '这一步', 'max_length': 40}), 15: ('wagtail.blocks.TextBlock', (), {'label': '怎么做', 'max_length': 300, 'required': False}), 16: ('wagtail.blocks.StructBlock', [[('title', 14), ('text', 15)]], {}), 17: ('wagtail.blocks.ListBlock', (16,), {'label': '步骤', 'max_num': 12, 'min_num': 1}), 18: ('wagtail.blocks.StructBlock', [[('title', 13), ('steps', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'label': '标题', 'max_length': 30}), 20: ('wagtail.blocks.TextBlock', (), {'label': '内容', 'max_length': 300}), 21: ('wagtail.blocks.StructBlock', [[('title', 19), ('text', 20)]], {}), 22: ('wagtail.blocks.CharBlock', (), {'label': '单位或窗口', 'max_length': 60}), 23: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': '电话只写数字和“-”，例如 0731-12345678。'}, 'help_text': '请填单位的工作电话，不填个人手机号。', 'label': '电话', 'regex': '^[0-9\\-－ ]{3,20}$', 'required': False}), 24: ('wagtail.blocks.CharBlock', (), {'label': '地址', 'max_length': 100, 'required': False}), 25: ('wagtail.blocks.CharBlock', (), {'label': '时间', 'max_length': 60, 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('name', 22), ('phone', 23), ('address', 24), ('hours', 25)]], {}), 27: ('wagtail.blocks.ChoiceBlock', [], {'choices': portal.pages.blocks.clause_choices, 'label': '条款'}), 28: ('wagtail.blocks.TextBlock', (), {'help_text': '用自己的话解释这一条，可以不填。', 'label': '说明', 'max_length': 300, 'required': False}), 29: ('wagtail.blocks.StructBlock', [[('clause', 27), ('note', 28)]], {})}, verbose_name='简介')),
                ('photos', wagtail.fields.StreamField([('picture', 2)], blank=True, block_lookup={0: ('wagtail.images.blocks.ImageBlock', [], {'label': '图片'}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': '显示在图下面，可以不填。', 'label': '图片说明', 'max_length': 100, 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('image', 0), ('caption', 1)]], {})}, verbose_name='照片')),
                ('regulations', wagtail.fields.StreamField([('document', 2), ('paragraph', 3)], blank=True, block_lookup={0: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': '文件'}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': '不填就用文件自己的名称。', 'label': '显示的名称', 'max_length': 80, 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('document', 0), ('title', 1)]], {}), 3: ('portal.pages.blocks.ParagraphBlock', (), {})}, verbose_name='规章制度')),
                ('co_located', modelcluster.fields.ParentalManyToManyField(blank=True, to='stations.contactpointkind', verbose_name='共建联系点')),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='deputies.electoraldistrict', verbose_name='选区（选举单位）')),
                ('division', models.ForeignKey(blank=True, help_text='由这个区划的编辑和审核员管理。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='所属区划')),
            ],
            options={
                'verbose_name': '联络站（点）',
                'verbose_name_plural': '联络站（点）',
                'indexes': [models.Index(fields=['division', 'kind'], name='station_by_place')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='DeliberationVenue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('kind', models.CharField(choices=[('corridor', '议事长廊'), ('hall', '标准化议事厅'), ('office_building', '商务楼宇议事阵地')], max_length=16, verbose_name='类别')),
                ('address', models.CharField(blank=True, max_length=100, verbose_name='地址')),
                ('seats', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='座位数')),
                ('uses', models.CharField(blank=True, help_text='一地多用，例如：接待、议事、调解、普法', max_length=100, verbose_name='用途')),
                ('is_active', models.BooleanField(default=True, verbose_name='在用')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='所在区划')),
                ('station', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='venues', to='stations.liaisonstation', verbose_name='所属联络站（点）')),
            ],
            options={
                'verbose_name': '议事阵地',
                'verbose_name_plural': '议事阵地',
                'ordering': ['division__path', 'name'],
                'constraints': [models.UniqueConstraint(fields=('division', 'name'), name='venue_once_per_division')],
            },
        ),
        migrations.CreateModel(
            name='StationIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.CharField(blank=True, max_length=120, verbose_name='简介')),
                ('division', models.ForeignKey(blank=True, help_text='由这个区划的编辑和审核员管理。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='所属区划')),
            ],
            options={
                'verbose_name': '联络站目录',
                'verbose_name_plural': '联络站目录',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='StationStaff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('role', models.CharField(choices=[('head', '站长'), ('deputy_head', '副站长'), ('rotating_deputy_head', '轮值副站长'), ('liaison_officer', '联络员')], max_length=20, verbose_name='职务')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('deputy', models.ForeignKey(blank=True, help_text='轮值副站长由人大代表担任时选。', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='deputies.deputy', verbose_name='人大代表')),
                ('station', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff', to='stations.liaisonstation')),
            ],
            options={
                'verbose_name': '站点人员',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
    ]
