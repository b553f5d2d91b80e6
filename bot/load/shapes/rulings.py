"""The shapes of rulings that are not rules on ownership: handoffs, transfers, boundaries, routes, plans and the like."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bot.load.shapes.base import (
    AudienceName,
    Flag,
    Keeper,
    Keepers,
    OrElse,
    Parties,
    PartyName,
    Percent,
    Reference,
    Ruling,
    Shape,
    SubjectName,
    Text,
    Texts,
    as_list,
)
from bot.load.shapes.cases import Tested

StakeholderName = Annotated[Text, Reference.to("stakeholder")]
Stakeholders = Annotated[tuple[StakeholderName, ...], BeforeValidator(as_list), OrElse()]


class Spoken(Tested):
    """A ruling that questions speak of in words of their own."""

    aka: Texts = ()
    """Other words by which people speak of it."""


class PushBackShape(Shape):
    """Who may refuse to take over, and when."""

    who: Parties
    """Who may."""
    unless: Texts = ()
    """What has to be in place."""


class HandoffShape(Spoken):
    """From one role to another."""

    from_role: Parties
    """Who hands over."""
    to_role: Parties
    """Who takes over."""
    of: SubjectName = ""
    """The motion or subject that changes hands."""
    trigger: Text
    """What starts it."""
    ready_when: Texts = ()
    """What has to be in place first."""
    artefacts: Texts = ()
    """What is handed over."""
    within: Texts = ()
    """Its clocks, a line each."""
    introduces: PartyName | None = None
    """Who introduces the newcomer to the customer."""
    push_back: PushBackShape | None = None
    """Who may refuse it, and when."""
    stays: Texts = ()
    """What stays with the one who hands over."""
    returns: Texts = ()
    """What brings that one back."""


class HoldoverShare(Shape):
    """The shares of giver and receiver in one period of a holdover."""

    during: Text
    """The period."""
    giving: Percent
    """The giver's share."""
    receiving: Percent
    """The receiver's share."""


class TransferShape(Spoken):
    """An account or opportunity moves to somebody else, or somebody leaves."""

    of: SubjectName
    """What moves: `account`, `opportunity`."""
    reason: Text
    """What it is about: "an account changes segment", "the AE leaves"."""
    role: Parties = ()
    """Whose accounts or opportunities; everybody's when left out."""
    leaver: Flag = False
    """Whether it is about somebody who leaves."""
    then: Text = ""
    """What happens, in one sentence."""
    eligible: Texts = ()
    """What has to be true for a holdover."""
    shares: tuple[HoldoverShare, ...] = ()
    """How credit is shared in the holdover."""
    longest: Text = ""
    """How long a holdover may last."""
    excludes: Parties = ()
    """Roles to which it does not apply."""
    valid_reasons: Texts = ()
    """Reasons that count."""
    not_valid_reasons: Texts = ()
    """Reasons that do not."""
    decided_by: Keeper = ""
    """Who decides."""


class AlignmentShape(Ruling):
    """Who meets whom on the customer's side."""

    stakeholder: Stakeholders
    """Whom."""
    stage: Text = ""
    """In which stage; every stage when left out."""
    by: Parties
    """Who meets them."""
    lead: PartyName | None = None
    """Who leads, when several do."""


class BoundaryShape(Spoken):
    """Not your job, and whose it is."""

    role: Parties
    """Whose job it is not."""
    not_: Text
    """What."""
    instead: Parties = ()
    """Whose job it is."""
    of: SubjectName = ""
    """The subject it belongs to."""


class RouteShape(Tested):
    """A kind of request and where it goes."""

    request: SubjectName
    """The kind of request."""
    to: Parties
    """Who takes it."""
    how: Text = ""
    """How to send it: a form, a channel, a system."""
    within: Text = ""
    """How soon it is taken up."""


class PermissionShape(Spoken):
    """What a role may do, and who approves."""

    role: Parties
    """Who."""
    may: Text
    """What."""
    allowed: Literal["yes", "no", "with-approval"]
    """Whether."""
    approved_by: Parties = ()
    """Who approves."""
    of: SubjectName = ""
    """The subject it belongs to, such as the kind of request; questions on that find it whatever their words."""


class ProcessStepShape(Shape):
    """One step of a process."""

    do: Text
    """What is done."""
    by: Parties = ()
    """By whom."""
    clock: Text = ""
    """When."""
    where: Text = ""
    """In which system."""


class ProcessShape(Ruling):
    """Ordered steps with clocks."""

    name: Text
    """What it is called."""
    aka: Texts = ()
    """Other words for it."""
    of: SubjectName = ""
    """The subject it belongs to."""
    steps: tuple[ProcessStepShape, ...] = Field(min_length=1)
    """Its steps, in order."""


class EscalationShape(Spoken):
    """A level of escalation."""

    level: Text
    """Its name."""
    is_: Text = ""
    """What makes it that level."""
    lead: Parties
    """Who runs it."""
    cadence: Text = ""
    """How often there is an update."""
    informed: Texts = ()
    """Who is told."""


class DisputeShape(Spoken):
    """How a dispute is settled, or an exception granted."""

    kind: Literal["dispute", "exception"] = "dispute"
    """Which of the two."""
    about: Text
    """What it is about."""
    of: SubjectName = ""
    """The subject it is on; a dispute with a narrower `when:` on the same subject goes before the general one."""
    decided_by: Keepers
    """Who decides, first level first."""
    evidence: Texts = ()
    """What has to be brought."""
    within: Text = ""
    """How soon it is decided."""
    recorded: Text = ""
    """Where it is written down."""


class CoverageShape(Ruling):
    """How customers are shared out among people."""

    role: Parties
    """Who covers."""
    basis: Literal["named", "pooled", "pod", "overlay", "territory", "digital", "none"] = "named"
    """How."""
    ratio: Text = ""
    """How many accounts or how much ARR each."""
    triggers: Texts = ()
    """For pooled and digital coverage: what brings in a human."""
    then: Texts = ()
    """What the coverage means, a line each."""


class MeasureShape(Shape):
    """One measure of a plan."""

    metric: Text
    """What is measured."""
    weight: Percent | None = None
    """How much of the variable pay hangs on it."""
    level: Literal["individual", "team", "company", ""] = ""
    """Whose result counts."""
    period: Text = ""
    """Over which time."""


class PlanShape(Ruling):
    """A compensation plan. Never public: its audience is `compensation` unless it names another."""

    audience: AudienceName = "compensation"
    role: Parties
    """Whose plan."""
    type: Literal["corporate", "mbo", "utilisation", "bonus", "commission"]
    """What kind of plan."""
    mix: Text = ""
    """Base and variable: "80/20"."""
    at_risk: Flag | None = None
    """Whether the variable part is at risk."""
    measures: tuple[MeasureShape, ...] = ()
    """What it pays on."""
    curve: Texts = ()
    """Thresholds, accelerators, caps."""
    payout: Text = ""
    """When it pays."""
    clawback: Text = ""
    """What is taken back, and when."""
    eligibility: Texts = ()
    """Who qualifies, from when, grace and exclusions."""


class FaqShape(Ruling):
    """An answer for what no rule can say."""

    ask: Texts = Field(min_length=1)
    """How people ask."""
    answer: Text
    """The answer, shown as it is."""
