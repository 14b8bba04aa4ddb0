"""The table of pages with open sources."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PAGE = getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page")


class Migration(migrations.Migration):
    dependencies = [
        ("attrlint_wagtail", "0001_initial"),
        migrations.swappable_dependency(PAGE),
    ]

    operations = [
        migrations.CreateModel(
            name="OpenPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.PositiveIntegerField(verbose_name="places")),
                ("words", models.TextField(verbose_name="words")),
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=PAGE,
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "page with open sources",
                "verbose_name_plural": "pages with open sources",
            },
        ),
    ]
