"""The custom step of workflows, *Look up an owner*: it always ends, with an answer or with the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient

from bot.logs import get_logger, kind_of
from bot.metrics import ANSWERS, TROUBLES
from bot.render.fallback import fallback
from bot.render.words import listed
from bot.slack.answering import Asked
from bot.slack.client import Done, call
from bot.slack.delivery import SORRY, new_reference
from bot.slack.desk import Desk
from bot.slack.names import Given
from bot.slack.replies import Replies
from bot.slack.views.here import asker_in
from bot.slack.views.told import read_names

log = get_logger(part="steps")


class Steps:
    """Runs steps."""

    def __init__(self, desk: Desk, replies: Replies) -> None:
        self.desk, self.replies = desk, replies

    def run(self, event: Mapping[str, Any], client: WebClient) -> None:
        """Answers a step with what everybody may see, for what a workflow does with it is not known."""
        execution = str(event.get("function_execution_id") or "")
        try:
            outputs = self.outputs(event.get("inputs"))
            outcome = call(client, "functions.completeSuccess", function_execution_id=execution, outputs=outputs)
        except Exception as error:
            reference = new_reference()
            TROUBLES.labels("bug").inc()
            log.error("broken", kind="step", reference=reference, **kind_of(error))
            outcome = call(client, "functions.completeError", function_execution_id=execution, error=SORRY.format(reference))
        if not isinstance(outcome, Done):
            log.warning("step_not_ended", reason=getattr(outcome, "error", "") or getattr(outcome, "reason", ""))

    def outputs(self, inputs: Any) -> dict[str, str]:
        """The answer, and who owns it."""
        given = inputs if isinstance(inputs, Mapping) else {}
        told = read_names(f"{given.get(Given.ROLE.value) or ''} {given.get(Given.SEGMENT.value) or ''}", self.desk.here)
        asker = asker_in(self.desk.here, next(iter(told.roles), None), next(iter(told.segments), None))
        done = self.replies.compute(Asked(str(given.get(Given.QUESTION.value) or ""), "", asker))
        ANSWERS.labels(done.resolution.outcome, "step").inc()
        roles = done.resolution.result.roles if done.resolution.result else ()
        owner = listed([self.desk.here.words.name(role) for role in roles])
        return {Given.ANSWER.value: fallback(done.message), Given.OWNER.value: owner}
