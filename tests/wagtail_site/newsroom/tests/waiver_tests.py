"""Who may accept a finding, and what is kept of it."""

from io import StringIO

from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import override_settings
from wagtail.models import PageLogEntry

from attrlint_wagtail.gate import PublishingHeld
from attrlint_wagtail.models import OpenPage, Waiver
from newsroom.models import StoryPage
from newsroom.people import story
from newsroom.tests.base import VAGUE, Newsroom


class WaiverTests(Newsroom):
    """Accepting findings."""

    def test_a_reason_lets_it_out(self) -> None:
        """Who, when, why and at which revision are kept, in the history too."""
        page = story(body=VAGUE)
        answer = self.accept(page, "Two of them, known to the desk.")
        self.assertIn("Accepted by reporter", answer["findings"][0]["accepted"])
        waiver = Waiver.objects.get()
        self.assertEqual((waiver.page_id, waiver.revision), (page.pk, page.get_latest_revision()))
        self.assertEqual((waiver.words, waiver.reason), ("analysts note", "Two of them, known to the desk."))
        self.publish(page)
        self.assertTrue(self.live(page))
        self.assertIn("Two of them", self.client.get(f"/admin/pages/{page.pk}/history/").content.decode())

    def test_it_survives_edits_elsewhere(self) -> None:
        """A sentence before it changes nothing; one of its own words does."""
        page = story(body=VAGUE)
        self.accept(page)
        page.body = "<p>It rains.</p>" + VAGUE
        page.save_revision().publish()
        self.assertTrue(self.live(page))
        page.body = "<p>The whole port is shut, analysts note.</p>"
        with self.assertRaises(PublishingHeld):
            page.save_revision().publish()

    def test_no_reason_no_waiver(self) -> None:
        """White space is no reason, and words that are gone cannot be accepted."""
        page = story(body=VAGUE)
        answer = self.accept(page, "  ")
        self.assertEqual(answer["status"], 409)
        self.assertIn("reason", answer["problem"])
        extra = {"attrlint-fingerprint": "0" * 16, "attrlint-reason": "Because."}
        self.assertIn("no longer", self.ask(page, "accept", **extra)["problem"])
        self.assertFalse(Waiver.objects.exists())

    def test_two_who_accept_at_once(self) -> None:
        """The first one's reason is kept, and the second one sees it."""
        page = story(body=VAGUE)
        found = self.ask(page, "check")["findings"][0]["fingerprint"]
        self.ask(page, "accept", **{"attrlint-fingerprint": found, "attrlint-reason": "First."})
        self.log_in("colleague")
        answer = self.ask(page, "accept", **{"attrlint-fingerprint": found, "attrlint-reason": "Second."})
        self.assertIn(": First.", answer["findings"][0]["accepted"])
        self.assertEqual(PageLogEntry.objects.filter(action="attrlint.accept").count(), 1)

    def test_it_can_be_taken_back(self) -> None:
        """Then the page is held back again, and the history has both."""
        page = story(body=VAGUE)
        found = self.accept(page)["findings"][0]["fingerprint"]
        answer = self.ask(page, "withdraw", **{"attrlint-fingerprint": found})
        self.assertEqual(answer["findings"][0]["accepted"], "")
        self.publish(page)
        self.assertFalse(self.live(page))
        actions = PageLogEntry.objects.filter(action__startswith="attrlint.").values_list("action", flat=True)
        self.assertCountEqual(actions, ["attrlint.accept", "attrlint.withdraw"])

    def test_another_page(self) -> None:
        """A reason holds for one page."""
        page, other = story("One", body=VAGUE), story("Two", body=VAGUE)
        self.accept(page)
        with self.assertRaises(PublishingHeld):
            other.get_latest_revision().publish()

    def test_who_has_no_rights(self) -> None:
        """Who may not edit a page can neither check nor accept; who is not logged in, nothing."""
        page = story(body=VAGUE)
        found = self.ask(page, "check")["findings"][0]["fingerprint"]
        extra = {"attrlint-fingerprint": found, "attrlint-reason": "Because."}
        self.log_in("trainee")
        self.assertEqual(
            [self.ask(page, task, **extra)["status"] for task in ("check", "accept", "withdraw")], [403] * 3
        )
        self.client.logout()
        self.assertEqual(self.ask(page, "accept", **extra)["status"], 403)
        self.assertFalse(Waiver.objects.exists())

    def test_a_locked_page(self) -> None:
        """A page that somebody else has locked is theirs."""
        page = story(body=VAGUE)
        StoryPage.objects.filter(pk=page.pk).update(locked=True, locked_by=User.objects.get(username="chief"))
        self.assertEqual(self.accept(page)["status"], 403)

    @override_settings(ATTRLINT={"MODE": "block"})
    def test_blocked(self) -> None:
        """Only who may override can accept; the right is one that groups are given in the admin."""
        page = story(body=VAGUE)
        self.assertEqual(self.accept(page)["status"], 403)
        self.assertIn("ask an editor who may accept the finding", self.publish(page))
        self.assertFalse(self.live(page))
        right = Permission.objects.get(codename="override_gate")
        self.log_in("chief")
        groups = self.client.get(f"/admin/groups/edit/{Group.objects.get(name='Reporters').pk}/").content.decode()
        self.assertIn(f'value="{right.pk}"', groups)
        self.accept(page)
        self.publish(page)
        self.assertTrue(self.live(page))

    def test_the_report(self) -> None:
        """The Reports menu has every decision, as a page and as a table to take away."""
        page = story("<b>Ferries</b>", body=VAGUE)
        self.accept(page, "<script>alert(1)</script>")
        self.assertIn("Accepted sources", self.client.get("/admin/").content.decode())
        shown = self.client.get("/admin/reports/attrlint/").content.decode()
        self.assertIn("analysts note", shown)
        self.assertIn("&lt;script&gt;alert(1)", shown)
        self.assertNotIn("<script>alert(1)", shown)
        exported = self.client.get("/admin/reports/attrlint/?export=csv").getvalue().decode()
        self.assertIn("analysts note", exported)
        self.assertNotIn("analysts note", self.client.get("/admin/reports/attrlint/?reason=nobody").content.decode())
        self.log_in("trainee")
        self.assertEqual(self.client.get("/admin/reports/attrlint/").status_code, 200)

    def test_the_report_of_what_is_open(self) -> None:
        """The Reports menu has every page with open sources, as it was saved last, until they are named or accepted."""
        vague, clear = story("<b>Ferries</b>", body=VAGUE), story("Clear", body="<p>It rains.</p>")
        self.assertIn("Open sources", self.client.get("/admin/").content.decode())
        shown = self.client.get("/admin/reports/attrlint/open/").content.decode()
        self.assertIn("&lt;b&gt;Ferries", shown)
        self.assertIn("“analysts note” (Body)", shown)
        self.assertNotIn(">Clear<", " ".join(shown.split()))
        exported = self.client.get("/admin/reports/attrlint/open/?export=csv").getvalue().decode()
        self.assertIn("<b>Ferries</b>,1,“analysts note” (Body),draft,", exported)
        self.assertNotIn("Ferries", self.client.get("/admin/reports/attrlint/open/?live=true").content.decode())
        self.accept(vague)
        self.assertEqual(OpenPage.objects.count(), 0)
        found = self.ask(vague, "check")["findings"][0]["fingerprint"]
        self.ask(vague, "withdraw", **{"attrlint-fingerprint": found})
        self.assertEqual(OpenPage.objects.get().page_id, vague.pk)
        vague.body = clear.body
        vague.save_revision()
        self.assertEqual(OpenPage.objects.count(), 0)

    def test_pages_that_were_there_before(self) -> None:
        """A command reads them."""
        story(body=VAGUE)
        story("Clear", body="<p>It rains.</p>")
        OpenPage.objects.all().delete()
        said = StringIO()
        call_command("attrlint_read", stdout=said)
        self.assertEqual(said.getvalue(), "3 pages read; sources are open in 1.\n")
        self.assertEqual(OpenPage.objects.get().count, 1)

    @override_settings(ATTRLINT={"MODE": "warn", "PRESET": "no such"})
    def test_a_page_is_saved_whatever_is_wrong(self) -> None:
        """A preset that does not exist loses no words."""
        with self.assertLogs("attrlint", "ERROR"):
            page = story(body=VAGUE)
        self.assertEqual(page.get_latest_revision_as_object().body, VAGUE)
