"""Who works here: a chief who may do everything, a reporter who may publish, a trainee who may only write."""

from django.contrib.auth.models import Group, Permission, User
from wagtail.models import GroupPagePermission, Page, Site

from newsroom.models import StoryPage


def newsroom() -> Page:
    """Make everybody and return the front page."""
    home = Site.objects.get().root_page
    _group("Reporters", home, "add", "change", "publish", "bulk_delete")
    _group("Trainees", home, "add")
    User.objects.create_superuser("chief", password="chief", first_name="Ada", last_name="Chief")
    for name, group in (("reporter", "Reporters"), ("colleague", "Reporters"), ("trainee", "Trainees")):
        user = User.objects.create_user(name, password=name)
        user.groups.add(Group.objects.get(name=group))
    return home


def _group(name: str, page: Page, *kinds: str) -> None:
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for kind in kinds:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{kind}_page")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)


def story(title: str = "Ferries stay in port", **fields: object) -> StoryPage:
    """A story that is saved as a draft."""
    page = StoryPage(title=title, live=False, **fields)
    Site.objects.get().root_page.add_child(instance=page)
    page.save_revision()
    return page
