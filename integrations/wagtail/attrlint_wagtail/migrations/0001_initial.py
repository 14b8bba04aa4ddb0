"""The tables of accepted findings and of the workflow task."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Wagtail 8 lets a site put a model of its own in the place of Page.
PAGE = getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(PAGE),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceCheckTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "Source check",
                "verbose_name_plural": "Source checks",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=32)),
                ("rule", models.CharField(max_length=100, verbose_name="rule")),
                ("words", models.TextField(verbose_name="words")),
                ("reason", models.TextField(verbose_name="reason")),
                ("user_name", models.CharField(max_length=255, verbose_name="accepted by")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="accepted at")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attrlint_waivers",
                        to=PAGE,
                        verbose_name="page",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "accepted source",
                "verbose_name_plural": "accepted sources",
                "ordering": ("-created_at",),
                "permissions": (("override_gate", "Can accept vague sources where publishing is blocked"),),
                "constraints": [models.UniqueConstraint(fields=("page", "fingerprint"), name="attrlint_once_per_page")],
            },
        ),
    ]
