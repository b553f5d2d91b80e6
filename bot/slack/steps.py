"""The custom step of workflows, *Look up an owner*: it always ends, with an answer or with the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_sdk import WebClient

from bot.logs import get_logger, kind_of
from bot.metrics import ANSWERS, TROUBLES
from bot.render.fallback import fallback
from bot.render.words import listed
from bot.slack.answering import Asked
from bot.slack.client import Done, Later, Outcome, Refused, call
from bot.slack.delivery import SORRY, Plan, new_reference
from bot.slack.desk import Desk
from bot.slack.names import Given
from bot.slack.people import mapping
from bot.slack.replies import Replies
from bot.slack.views.here import asker_in
from bot.slack.views.told import read_names
from bot.store import Item

STEP, STEP_FAILED = "step", "step-failed"
"""The kinds of a step that has not ended yet, and of one that ends without an answer."""
Accept = Callable[[str, str, Mapping[str, Any]], bool]
"""Takes something on, to be seen to after. Raises StoreError."""

log = get_logger(part="steps")


class Steps:
    """Runs steps: at once, and where Slack does not take the end of one, for as long as anything else is tried."""

    def __init__(self, desk: Desk, replies: Replies, accept: Accept) -> None:
        self.desk, self.replies, self.accept = desk, replies, accept

    def run(self, event: Mapping[str, Any], client: WebClient) -> None:
        """Answers a step with what everybody may see, for what a workflow does with it is not known. Raises StoreError."""
        execution = str(event.get("function_execution_id") or "")
        inputs = mapping(event.get("inputs"))
        if not execution:
            log.warning("step_without_execution")
        elif not isinstance(self.end(client, execution, inputs), Done):
            given = {name.value: str(inputs.get(name.value) or "") for name in (Given.QUESTION, Given.SEGMENT, Given.ROLE)}
            self.accept(f"step {execution}", STEP, {"execution": execution, "inputs": given})

    def end(self, client: WebClient, execution: str, inputs: Mapping[str, Any]) -> Outcome:
        """Ends a step with its answer; refused where there is none because of an error of ours."""
        try:
            outputs = self.outputs(inputs)
        except Exception as error:
            TROUBLES.labels("bug").inc()
            log.error("broken", kind="step", **kind_of(error))
            return Refused("broken")
        return call(client, "functions.completeSuccess", function_execution_id=execution, outputs=outputs)

    def plan(self, item: Item) -> Plan:
        """The end of a step that Slack did not take at once. Raises StoreError."""
        execution = str(item.payload["execution"])
        outcome = self.end(self.desk.client, execution, mapping(item.payload.get("inputs")))
        if isinstance(outcome, Later) and not item.last:
            return Plan("waiting", wait=outcome)
        if not isinstance(outcome, Done):
            reference = new_reference()
            log.warning("step_failed", reference=reference, reason=outcome.error if isinstance(outcome, Refused) else outcome.reason)
            self.accept(f"failed step {execution}", STEP_FAILED, {"execution": execution, "reference": reference})
        return Plan("step")

    def plan_failed(self, item: Item) -> Plan:
        """The end of a step without an answer: what waits for it is told so, however long that takes."""
        told = SORRY.format(item.payload["reference"])
        outcome = call(self.desk.client, "functions.completeError", function_execution_id=item.payload["execution"], error=told)
        return Plan("step-failed", lasting=True, wait=None if isinstance(outcome, Done) else outcome)

    def outputs(self, given: Mapping[str, Any]) -> dict[str, str]:
        """The answer, and who owns it."""
        told = read_names(f"{given.get(Given.ROLE.value) or ''} {given.get(Given.SEGMENT.value) or ''}", self.desk.here)
        asker = asker_in(self.desk.here, next(iter(told.roles), None), next(iter(told.segments), None))
        done = self.replies.compute(Asked(str(given.get(Given.QUESTION.value) or ""), "", asker))
        ANSWERS.labels(done.resolution.outcome, "step").inc()
        roles = done.resolution.result.roles if done.resolution.result else ()
        owner = listed([self.desk.here.words.name(role) for role in roles])
        return {Given.ANSWER.value: fallback(done.message), Given.OWNER.value: owner}
