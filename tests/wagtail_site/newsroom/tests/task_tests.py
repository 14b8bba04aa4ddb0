"""The step of a workflow that asks for sources, and what `manage.py check` says of the settings."""

from django.contrib.auth.models import Group, User
from django.test import TestCase, override_settings
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowState, WorkflowTask

from attrlint_wagtail.gate import PublishingHeld
from attrlint_wagtail.models import SourceCheckTask
from attrlint_wagtail.system_checks import check_settings
from newsroom.models import StoryPage
from newsroom.people import story
from newsroom.tests.base import CLEAR, VAGUE, Newsroom


class TaskTests(Newsroom):
    """The step of a workflow."""

    def start(self, page: StoryPage, user: str = "trainee", then: str = "") -> WorkflowState:
        """Begin a workflow whose first step is the source check, and perhaps its last."""
        task = SourceCheckTask.objects.create(name="Source check")
        task.groups.add(Group.objects.get(name="Reporters"))
        workflow = Workflow.objects.create(name="Publication")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        if then:
            WorkflowTask.objects.create(
                workflow=workflow, task=GroupApprovalTask.objects.create(name=then), sort_order=1
            )
        return workflow.start(page, User.objects.get(username=user))

    def test_a_clear_story_passes(self) -> None:
        """The step is over at once, and the next one begins."""
        state = self.start(story(body=CLEAR), then="Chief")
        self.assertEqual(state.current_task_state.task.name, "Chief")
        self.assertEqual(state.task_states.first().comment, "Every source is clear or accepted.")

    def test_the_last_step_publishes(self) -> None:
        """A clear story of somebody who may publish goes out."""
        page = story(body=CLEAR)
        self.assertEqual(self.start(page, "reporter").status, "approved")
        self.assertTrue(self.live(page))

    def test_the_last_step_publishes_nothing_unseen(self) -> None:
        """A clear story of somebody who may not publish waits for the group."""
        page = story(body=CLEAR)
        state = self.start(page)
        self.assertEqual(state.status, "in_progress")
        state.current_task_state.task.specific.on_action(
            state.current_task_state, User.objects.get(username="reporter"), "approve"
        )
        self.assertTrue(self.live(page))

    def test_a_vague_story_waits(self) -> None:
        """It cannot be approved while a source is open; once one is accepted it can."""
        page = story(body=VAGUE)
        state = self.start(page)
        self.assertEqual(state.status, "in_progress")
        task, step = state.current_task_state.task.specific, state.current_task_state
        with self.assertRaises(PublishingHeld):
            task.on_action(step, User.objects.get(username="reporter"), "approve")
        self.accept(page)
        task.on_action(step, User.objects.get(username="reporter"), "approve")
        self.assertTrue(self.live(page))

    def test_it_is_refused_in_the_editor(self) -> None:
        """Who approves there is told which source is open, and the story stays at this step."""
        page = story(body=VAGUE)
        state = self.start(page, then="Chief")
        address = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.current_task_state.pk))
        said = self.client.post(address, {"comment": ""}, follow=True).content.decode()
        self.assertIn("“analysts note” (Body)", said)
        state.refresh_from_db()
        self.assertEqual(state.current_task_state.task.name, "Source check")
        self.accept(page)
        self.client.post(address, {"comment": ""})
        state.refresh_from_db()
        self.assertEqual(state.current_task_state.task.name, "Chief")

    def test_a_vague_story_is_sent_back(self) -> None:
        """Changes can be requested."""
        page = story(body=VAGUE)
        state = self.start(page)
        state.current_task_state.task.specific.on_action(
            state.current_task_state, User.objects.get(username="reporter"), "reject", comment="Which analysts?"
        )
        state.refresh_from_db()
        self.assertEqual(state.status, "needs_changes")

    def test_it_can_be_made_in_the_admin(self) -> None:
        """The step is among those that a workflow can have."""
        self.log_in("chief")
        shown = self.client.get(reverse("wagtailadmin_workflows:select_task_type")).content.decode()
        self.assertIn("Source check", shown)
        address = reverse("wagtailadmin_workflows:add_task", args=("attrlint_wagtail", "sourcechecktask"))
        self.client.post(address, {"name": "Sources", "groups": [str(Group.objects.get(name="Reporters").pk)]})
        self.assertEqual(SourceCheckTask.objects.get().name, "Sources")


class SettingsTests(TestCase):
    """What `manage.py check` says."""

    def test_mistakes_are_named(self) -> None:
        """Each has a number and a remedy."""
        wrong = {"MODE": "strict", "FAIL_ON": "x", "PRESET": "reuter", "TONE": 1}
        with override_settings(ATTRLINT=wrong):
            self.assertEqual([one.id for one in check_settings(None)], [f"attrlint.E00{n}" for n in (1, 2, 2, 3)])
        with override_settings(MIDDLEWARE=[]):
            self.assertEqual([one.id for one in check_settings(None)], ["attrlint.W001"])
        self.assertEqual(check_settings(None), [])
