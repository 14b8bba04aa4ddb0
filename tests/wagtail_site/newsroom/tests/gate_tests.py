"""Whichever way a page is published, open findings hold it back; nothing of it is lost."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import PageLogEntry, Site, Task

from attrlint_wagtail.gate import PublishingHeld, install
from newsroom.models import StoryPage
from newsroom.people import story
from newsroom.tests.base import CLEAR, VAGUE, Newsroom
from newsroom.tests.forms import as_saved, posted


class GateTests(Newsroom):
    """The ways to publish."""

    def test_the_editor(self) -> None:
        """What was written is saved, and said to be held back; with its source named it goes out."""
        page = story(body=CLEAR)
        said = self.publish(page, standfirst="It is believed that ropes fray.")
        self.assertIn("is saved as a draft and not published", said)
        self.assertIn("“It is believed” (Standfirst)", said)
        self.assertFalse(self.live(page))
        self.assertEqual(as_saved(page).standfirst, "It is believed that ropes fray.")
        self.publish(page, standfirst="Ropes fray.")
        self.assertTrue(self.live(page))

    def test_a_live_page_keeps_its_words(self) -> None:
        """A change that is held back is a draft, and readers see the story as it was."""
        page = story(body=CLEAR)
        self.publish(page)
        self.publish(page, standfirst="It is believed that ropes fray.")
        self.assertEqual(StoryPage.objects.get(pk=page.pk).standfirst, "")
        self.assertEqual(as_saved(page).standfirst, "It is believed that ropes fray.")

    def test_a_new_page(self) -> None:
        """A page that is published as it is made becomes a draft."""
        page = StoryPage(title="New", slug="new")
        data = posted(page, **{"action-publish": "1", "standfirst": "It is believed that ropes fray."})
        parent = Site.objects.get().root_page_id
        said = self.client.post(f"/admin/pages/add/newsroom/storypage/{parent}/", data, follow=True).content.decode()
        self.assertIn("not published", said)
        self.assertFalse(StoryPage.objects.get(slug="new").live)

    def test_code(self) -> None:
        """A script that publishes gets an exception with the findings."""
        page = story(body=VAGUE)
        with self.assertRaises(PublishingHeld) as held:
            page.get_latest_revision().publish()
        self.assertEqual([one.words for one in held.exception.findings], ["analysts note"])
        self.assertFalse(self.live(page))

    def test_a_program_of_the_site(self) -> None:
        """An API of the site answers that it conflicts, and with what."""
        page = story(body=VAGUE)
        response = self.client.get(f"/api/publish/{page.pk}/", headers={"accept": "application/json"})
        self.assertEqual(response.status_code, 409)
        self.assertEqual(response.json()["findings"][0]["place"], "Body")

    def test_many_at_once(self) -> None:
        """One page that is held back holds the selection back, and says so; descendants too."""
        clear, vague = story("Clear", body=CLEAR), story("Vague", body=VAGUE)
        self.bulk(clear, vague)
        self.assertEqual((self.live(clear), self.live(vague)), (False, False))
        self.bulk(clear)
        self.assertTrue(self.live(clear))
        below = StoryPage(title="Below", body=VAGUE, live=False)
        StoryPage.objects.get(pk=clear.pk).add_child(instance=below)
        self.assertIn("None of the selected pages was published", self.bulk(clear, include_descendants="on"))
        self.assertFalse(self.live(below))

    def bulk(self, *pages: StoryPage, **data: str) -> str:
        """Publish a selection; returns what is said then."""
        query = "&".join(f"id={page.pk}" for page in pages)
        address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
        return self.client.post(f"{address}?{query}&next=/admin/", data, follow=True).content.decode()

    def test_scheduling(self) -> None:
        """A page with open findings is not put on the schedule."""
        page = story(body=VAGUE)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        with self.assertRaises(PublishingHeld):
            page.save_revision().publish()
        self.publish(page, go_live_at="2200-01-01 10:00")
        self.assertFalse(page.revisions.exclude(approved_go_live_at=None).exists())
        self.assertEqual(as_saved(page).go_live_at.year, 2200)
        self.accept(page)
        self.publish(page, go_live_at="2200-01-01 10:00")
        self.assertTrue(page.revisions.exclude(approved_go_live_at=None).exists())

    def test_what_is_due(self) -> None:
        """A page whose source is open when it is due stays a draft, and the next page goes out."""
        vague, clear = story("Vague", body=VAGUE), story("Clear", body=CLEAR)
        for page in (vague, clear):
            revision = page.get_latest_revision()
            revision.approved_go_live_at = timezone.now() - timedelta(minutes=1 + (page == vague))
            revision.save()
        call_command("publish_scheduled")
        self.assertEqual((self.live(vague), self.live(clear)), (False, True))
        entry = PageLogEntry.objects.get(action="attrlint.hold")
        self.assertIn("analysts note", entry.message)
        call_command("publish_scheduled")
        self.assertEqual(PageLogEntry.objects.filter(action="attrlint.hold").count(), 1)
        self.assertIn("Not published when it was due", self.history(vague))

    def history(self, page: StoryPage) -> str:
        """The history of a page in the admin."""
        return self.client.get(reverse("wagtailadmin_pages:history", args=(page.pk,))).content.decode()

    def test_a_group_that_approves(self) -> None:
        """An approval that would publish is refused, and the page stays in its workflow."""
        page, task = story(body=VAGUE), Task.objects.get()
        workflow = task.workflows.get()
        state = workflow.start(page, User.objects.get(username="reporter"))
        self.log_in("chief")
        address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.current_task_state.pk))
        said = self.client.post(address, {"comment": ""}, follow=True).content.decode()
        self.assertIn("not published", said)
        self.assertFalse(self.live(page))
        state.refresh_from_db()
        self.assertEqual(state.status, "in_progress")
        edited = {"action-workflow-action": "true", "workflow-action-name": "approve", "standfirst": "Kept."}
        self.assertIn("not published", self.publish(page, **edited))
        self.assertEqual(as_saved(page).standfirst, "Kept.")
        self.accept(page)
        self.client.post(address, {"comment": ""})
        self.assertTrue(self.live(page))

    @override_settings(ATTRLINT={"MODE": "warn"})
    def test_a_site_that_only_warns(self) -> None:
        """The page is published and the places named."""
        page = story(body=VAGUE)
        said = self.publish(page)
        self.assertTrue(self.live(page))
        self.assertIn("Published, but:", said)
        self.assertIn("“analysts note” (Body)", said)

    @override_settings(ATTRLINT={"MODE": "require reason", "FAIL_ON": "error"})
    def test_a_site_that_holds_errors_alone(self) -> None:
        """A warning does not hold a page back."""
        page = story(body=VAGUE)
        self.publish(page)
        self.assertTrue(self.live(page))

    def test_the_gate_is_one(self) -> None:
        """Installing it again changes nothing."""
        before = PublishPageRevisionAction.execute
        install()
        self.assertIs(PublishPageRevisionAction.execute, before)
