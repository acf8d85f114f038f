import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import portal.pages.blocks
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('home', '0002_plant_home_page'),
        ('jurisdictions', '0002_terms_and_site'),
        ('proposals', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReviewTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('level', models.PositiveSmallIntegerField(choices=[(1, '一审'), (2, '二审'), (3, '三审')], unique=True, verbose_name='审级')),
            ],
            options={
                'verbose_name': '审级',
                'verbose_name_plural': '审级',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.AddField(
            model_name='homepage',
            name='division',
            field=models.ForeignKey(blank=True, help_text='由这个区划的编辑和审核员管理。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='所属区划'),
        ),
        migrations.CreateModel(
            name='DocumentIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.CharField(blank=True, max_length=120, verbose_name='说明')),
                ('division', models.ForeignKey(blank=True, help_text='由这个区划的编辑和审核员管理。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='所属区划')),
            ],
            options={
                'verbose_name': '文件库',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('kind', models.CharField(choices=[('news', '动态要闻类（两周内要更新）'), ('notice', '公示公告类（半年内要更新）'), ('policy', '政策文件类（半年内要更新）')], default='news', max_length=8, verbose_name='栏目类别')),
                ('introduction', models.CharField(blank=True, max_length=120, verbose_name='栏目简介')),
                ('keeper', models.CharField(blank=True, help_text='哪个科室负责更新这个栏目，只在后台显示。', max_length=40, verbose_name='维护单位')),
                ('division', models.ForeignKey(blank=True, help_text='由这个区划的编辑和审核员管理。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='所属区划')),
            ],
            options={
                'verbose_name': '栏目',
                'verbose_name_plural': '栏目',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PortalImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('credit', models.CharField(blank=True, help_text='谁拍的、谁画的。照片里认得出的人要同意公开。', max_length=60, verbose_name='图片来源')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('division', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='区划')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': '图片',
                'verbose_name_plural': '图片',
                'permissions': [('choose_portalimage', 'Can choose image')],
                'abstract': False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('published_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False, verbose_name='发布时间')),
                ('summary', models.CharField(help_text='一两句话说清楚什么事，列表和转发时显示。', max_length=120, verbose_name='摘要')),
                ('source', models.CharField(help_text='稿件从哪里来，例如“望春门街道人大工委”。', max_length=40, verbose_name='来源')),
                ('author', models.CharField(blank=True, max_length=40, verbose_name='作者')),
                ('editor', models.CharField(blank=True, max_length=40, verbose_name='责任编辑')),
                ('reviewer', models.CharField(blank=True, editable=False, max_length=120, verbose_name='审核')),
                ('lead_image_alt', models.CharField(blank=True, help_text='看不见图的人听到的一句话：图里有什么、说明了什么。', max_length=120, verbose_name='题图的替代文字')),
                ('body', wagtail.fields.StreamField([('heading', 2), ('paragraph', 3), ('picture', 6), ('document', 9), ('table', 12), ('steps', 18), ('note', 21), ('contact', 26), ('clause', 29), ('proposals', 33)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': '文字', 'max_length': 60}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', '大标题'), ('h3', '小标题')], 'label': '层级'}), 2: ('wagtail.blocks.StructBlock', [[('text', 0), ('level', 1)]], {}), 3: ('portal.pages.blocks.ParagraphBlock', (), {}), 4: ('wagtail.images.blocks.ImageBlock', [], {'label': '图片'}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': '显示在图下面，可以不填。', 'label': '图片说明', 'max_length': 100, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('image', 4), ('caption', 5)]], {}), 7: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': '文件'}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': '不填就用文件自己的名称。', 'label': '显示的名称', 'max_length': 80, 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('document', 7), ('title', 8)]], {}), 10: ('wagtail.blocks.CharBlock', (), {'help_text': '一句话说明这是什么表，读屏软件会先读它。', 'label': '表题', 'max_length': 60}), 11: ('wagtail.blocks.TextBlock', (), {'help_text': '可以直接从表格软件复制粘贴。每行一行，单元格之间用制表符或竖线“|”隔开，第一行是表头。', 'label': '内容'}), 12: ('wagtail.blocks.StructBlock', [[('caption', 10), ('rows', 11)]], {}), 13: ('wagtail.blocks.CharBlock', (), {'label': '标题', 'max_length': 40, 'required': False}), 14: ('wagtail.blocks.CharBlock', (), {'label': '这一步', 'max_length': 40}), 15: ('wagtail.blocks.TextBlock', (), {'label': '怎么做', 'max_length': 300, 'required': False}), 16: ('wagtail.blocks.StructBlock', [[('title', 14), ('text', 15)]], {}), 17: ('wagtail.blocks.ListBlock', (16,), {'label': '步骤', 'max_num': 12, 'min_num': 1}), 18: ('wagtail.blocks.StructBlock', [[('title', 13), ('steps', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'label': '标题', 'max_length': 30}), 20: ('wagtail.blocks.TextBlock', (), {'label': '内容', 'max_length': 300}), 21: ('wagtail.blocks.StructBlock', [[('title', 19), ('text', 20)]], {}), 22: ('wagtail.blocks.CharBlock', (), {'label': '单位或窗口', 'max_length': 60}), 23: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': '电话只写数字和“-”，例如 0731-12345678。'}, 'help_text': '请填单位的工作电话，不填个人手机号。', 'label': '电话', 'regex': '^[0-9\\-－ ]{3,20}$', 'required': False}), 24: ('wagtail.blocks.CharBlock', (), {'label': '地址', 'max_length': 100, 'required': False}), 25: ('wagtail.blocks.CharBlock', (), {'label': '时间', 'max_length': 60, 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('name', 22), ('phone', 23), ('address', 24), ('hours', 25)]], {}), 27: ('wagtail.blocks.ChoiceBlock', [], {'choices': portal.pages.blocks.clause_choices, 'label': '条款'}), 28: ('wagtail.blocks.TextBlock', (), {'help_text': '用自己的话解释这一条，可以不填。', 'label': '说明', 'max_length': 300, 'required': False}), 29: ('wagtail.blocks.StructBlock', [[('clause', 27), ('note', 28)]], {}), 30: ('wagtail.blocks.CharBlock', (), {'default': '相关建议', 'label': '标题', 'max_length': 30, 'required': False}), 31: ('home.blocks.ProposalChooserBlock', (), {}), 32: ('wagtail.blocks.ListBlock', (31,), {'label': '建议', 'max_num': 6, 'min_num': 1}), 33: ('wagtail.blocks.StructBlock', [[('title', 30), ('proposals', 32)]], {})}, verbose_name='正文')),
                ('division', models.ForeignKey(blank=True, help_text='由这个区划的编辑和审核员管理。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='所属区划')),
                ('lead_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='home.portalimage', verbose_name='题图')),
            ],
            options={
                'verbose_name': '动态',
                'verbose_name_plural': '动态',
                'indexes': [models.Index(fields=['-published_at', '-page_ptr'], name='news_newest_first')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PortalRendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='home.portalimage')),
            ],
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.CharField(blank=True, max_length=120, verbose_name='摘要')),
                ('body', wagtail.fields.StreamField([('heading', 2), ('paragraph', 3), ('picture', 6), ('document', 9), ('table', 12), ('steps', 18), ('note', 21), ('contact', 26), ('clause', 29), ('proposals', 33)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': '文字', 'max_length': 60}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', '大标题'), ('h3', '小标题')], 'label': '层级'}), 2: ('wagtail.blocks.StructBlock', [[('text', 0), ('level', 1)]], {}), 3: ('portal.pages.blocks.ParagraphBlock', (), {}), 4: ('wagtail.images.blocks.ImageBlock', [], {'label': '图片'}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': '显示在图下面，可以不填。', 'label': '图片说明', 'max_length': 100, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('image', 4), ('caption', 5)]], {}), 7: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': '文件'}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': '不填就用文件自己的名称。', 'label': '显示的名称', 'max_length': 80, 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('document', 7), ('title', 8)]], {}), 10: ('wagtail.blocks.CharBlock', (), {'help_text': '一句话说明这是什么表，读屏软件会先读它。', 'label': '表题', 'max_length': 60}), 11: ('wagtail.blocks.TextBlock', (), {'help_text': '可以直接从表格软件复制粘贴。每行一行，单元格之间用制表符或竖线“|”隔开，第一行是表头。', 'label': '内容'}), 12: ('wagtail.blocks.StructBlock', [[('caption', 10), ('rows', 11)]], {}), 13: ('wagtail.blocks.CharBlock', (), {'label': '标题', 'max_length': 40, 'required': False}), 14: ('wagtail.blocks.CharBlock', (), {'label': '这一步', 'max_length': 40}), 15: ('wagtail.blocks.TextBlock', (), {'label': '怎么做', 'max_length': 300, 'required': False}), 16: ('wagtail.blocks.StructBlock', [[('title', 14), ('text', 15)]], {}), 17: ('wagtail.blocks.ListBlock', (16,), {'label': '步骤', 'max_num': 12, 'min_num': 1}), 18: ('wagtail.blocks.StructBlock', [[('title', 13), ('steps', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'label': '标题', 'max_length': 30}), 20: ('wagtail.blocks.TextBlock', (), {'label': '内容', 'max_length': 300}), 21: ('wagtail.blocks.StructBlock', [[('title', 19), ('text', 20)]], {}), 22: ('wagtail.blocks.CharBlock', (), {'label': '单位或窗口', 'max_length': 60}), 23: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': '电话只写数字和“-”，例如 0731-12345678。'}, 'help_text': '请填单位的工作电话，不填个人手机号。', 'label': '电话', 'regex': '^[0-9\\-－ ]{3,20}$', 'required': False}), 24: ('wagtail.blocks.CharBlock', (), {'label': '地址', 'max_length': 100, 'required': False}), 25: ('wagtail.blocks.CharBlock', (), {'label': '时间', 'max_length': 60, 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('name', 22), ('phone', 23), ('address', 24), ('hours', 25)]], {}), 27: ('wagtail.blocks.ChoiceBlock', [], {'choices': portal.pages.blocks.clause_choices, 'label': '条款'}), 28: ('wagtail.blocks.TextBlock', (), {'help_text': '用自己的话解释这一条，可以不填。', 'label': '说明', 'max_length': 300, 'required': False}), 29: ('wagtail.blocks.StructBlock', [[('clause', 27), ('note', 28)]], {}), 30: ('wagtail.blocks.CharBlock', (), {'default': '相关建议', 'label': '标题', 'max_length': 30, 'required': False}), 31: ('home.blocks.ProposalChooserBlock', (), {}), 32: ('wagtail.blocks.ListBlock', (31,), {'label': '建议', 'max_num': 6, 'min_num': 1}), 33: ('wagtail.blocks.StructBlock', [[('title', 30), ('proposals', 32)]], {})}, verbose_name='正文')),
                ('division', models.ForeignKey(blank=True, help_text='由这个区划的编辑和审核员管理。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='所属区划')),
            ],
            options={
                'verbose_name': '普通页面',
                'verbose_name_plural': '普通页面',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='related_proposals', to='home.newspage')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='proposals.proposal', verbose_name='居民建议')),
            ],
            options={
                'verbose_name': '相关建议',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('page', 'proposal'), name='news_names_a_proposal_once')],
            },
        ),
        migrations.CreateModel(
            name='PortalDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', models.FileField(upload_to='documents', verbose_name='file')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                ('kind', models.CharField(choices=[('plan', '工作计划'), ('rule', '制度规则'), ('funding', '经费保障'), ('report', '报告总结'), ('form', '表格模板'), ('other', '其他')], default='other', max_length=10, verbose_name='类别')),
                ('is_listed', models.BooleanField(default=False, help_text='不勾选的只作为文章附件。', verbose_name='列入文件库')),
                ('reference', models.CharField(blank=True, help_text='没有就不填，不要自编。', max_length=40, verbose_name='文号')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='成文日期')),
                ('summary', models.CharField(blank=True, max_length=120, verbose_name='内容简介')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('division', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jurisdictions.division', verbose_name='区划')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': '文件',
                'verbose_name_plural': '文件',
                'permissions': [('choose_portaldocument', 'Can choose document')],
                'abstract': False,
                'indexes': [models.Index(fields=['is_listed', '-created_at', '-id'], name='document_library')],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.AlterUniqueTogether(
            name='portalrendition',
            unique_together={('image', 'filter_spec', 'focal_point_key')},
        ),
    ]
