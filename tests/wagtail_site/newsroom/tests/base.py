"""A reporter at work: what the tests share."""

from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse

from newsroom.models import StoryPage
from newsroom.people import newsroom
from newsroom.tests.forms import posted

VAGUE = "<p>The port is shut, analysts note.</p>"
CLEAR = "<p>The port is shut, said Ann Roe, its master.</p>"


class Newsroom(TestCase):
    """A reporter at work."""

    @classmethod
    def setUpTestData(cls) -> None:
        """Make everybody."""
        newsroom()

    def setUp(self) -> None:
        """Let the reporter log in."""
        self.log_in("reporter")

    def log_in(self, name: str) -> None:
        """Be somebody."""
        self.client.force_login(User.objects.get(username=name))

    def live(self, page: StoryPage) -> bool:
        """Whether readers see a page."""
        return StoryPage.objects.get(pk=page.pk).live

    def ask(self, page: StoryPage, task: str, **extra: str) -> dict:
        """What the editor's script gets."""
        address = f"/admin/attrlint/pages/{page.pk}/{task}/"
        response = self.client.post(address, posted(page, **extra), headers={"x-requested-with": "XMLHttpRequest"})
        return {"status": response.status_code} | (response.json() if response.status_code != 403 else {})

    def accept(self, page: StoryPage, reason: str = "The desk knows them.") -> dict:
        """Accept every finding of a page."""
        answer = self.ask(page, "check")
        for found in answer["findings"]:
            extra = {"attrlint-fingerprint": found["fingerprint"], "attrlint-reason": reason}
            answer = self.ask(page, "accept", **extra)
        return answer

    def publish(self, page: StoryPage, **changes: str) -> str:
        """Press Publish in the editor; returns what is said then."""
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        data = posted(page, **{"action-publish": "1", **changes})
        return self.client.post(address, data, follow=True).content.decode()
