"""The shapes of names: roles, teams, segments, attributes, subjects, words. Each section maps an id to one of these."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from bot.load.shapes.base import (
    AudienceName,
    Conditions,
    Id,
    Keeper,
    Line,
    Parties,
    PartyName,
    Reference,
    Shape,
    SubjectName,
    Subjects,
    Text,
    Texts,
    VerifiedField,
)

JobName = Annotated[Text, Reference.to("job")]
ArchetypeName = Annotated[Text, Reference.to("archetype")]


class Named(Shape):
    """Anything with a name."""

    name: Line = ""
    """How sentences call it; by default the id in words."""
    aka: Texts = ()
    """What else people call it: abbreviations, slang, old names."""
    note: Text = ""
    """Anything a reader should know."""
    source: Text = ""
    """Where it was published."""
    kept_by: Keeper = ""
    """Who maintains this entry."""
    verified: VerifiedField | None = None
    """When it was last verified."""


class RoleShape(Named):
    """A role by the company's own name."""

    kind: Literal["role", "system"] = "role"
    """`system` for a user that is no person, such as a pool's owner of record."""
    kind_of: PartyName = ""
    """The wider role that it is a kind of: what holds for "the AE" holds for the Expand AE."""
    job: JobName = ""
    """The industry's standard job that it is a variant of."""
    archetype: ArchetypeName = ""
    """For CSMs: the archetype. Setting it rules for the role what the archetype states."""
    covers: Conditions = Field(default_factory=dict)
    """For which customers the archetype holds, where several roles share them out."""
    reports_to: Text = ""
    """Whom it reports to."""
    measured_on: Texts = ()
    """What it is measured on, in words."""
    not_to_be_confused_with: dict[Text, Text] = Field(default_factory=dict)
    """Other jobs that the same name means elsewhere: name -> the difference."""
    does: Texts = ()
    """What it does, a line each."""
    talent: Texts = ()
    """What it takes."""
    audience: AudienceName = "public"
    """Who may know of it; `public` is everyone."""


class TeamShape(Named):
    """A team that things go to."""

    channel: Text = ""
    """Its Slack channel: `#deal-desk` or a channel id."""
    does: Texts = ()
    """What it does, a line each."""
    audience: AudienceName = "public"
    """Who may know of it; `public` is everyone."""


class PositionShape(Named):
    """Whoever stands in a relation to the account or the deal."""

    owner_of: SubjectName = ""
    """The subject whose owner stands in it."""


class SegmentShape(Named):
    """A segment of customers, with its definition where there is one."""

    when: Conditions = Field(default_factory=dict)
    """What puts a customer into it; `any-2-of: [{…}, {…}]` for "any two of"."""
    frozen: Text = ""
    """When it is set, if it does not follow the facts at once: "1 February, for the year"."""


class ChoiceShape(Named):
    """One value of an enum."""

    within: Text = ""
    """The wider value that it belongs to."""
    of: SubjectName = ""
    """The subject that it implies when it is mentioned alone."""


def as_choices(value: Any) -> Any:
    """A list of ids stands for values without more to say."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return {item: {} for item in value}
    if isinstance(value, dict):
        return {key: ({} if inner is None else inner) for key, inner in value.items()}
    return value


CHOICES_SCHEMA = WithJsonSchema({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "object"}]})


class AttributeShape(Named):
    """Something that rules branch on."""

    kind: Literal["enum", "money", "count", "percent", "duration", "yes-no", "date"] | None = None
    """Its type; leave it out to add values and words to a built-in attribute."""
    values: Annotated[dict[Id, ChoiceShape], BeforeValidator(as_choices), CHOICES_SCHEMA] = Field(default_factory=dict)
    """The values of an enum: a list of ids, or id -> {name, aka, within, of}."""
    assume: Text = ""
    """What holds when nobody says; without it the bot answers with a table of cases."""
    before: Text = ""
    """For durations: the event it counts the time to ("renewal")."""
    after: Text = ""
    """For durations: the event it counts the time from ("close")."""
    per_role: Literal["yes", ""] = ""
    """Guidance only: one such attribute for each role, named `ROLE-…`."""


class SubjectShape(Named):
    """A motion, an activity or a kind of request."""

    of: Subjects | None = None
    """The subjects it is made of (expand: upsell and cross-sell)."""
    means: Text = ""
    """What it is, in one sentence."""
    audience: AudienceName = "public"
    """Who may see it; `public` is everyone."""


class StepNameShape(Named):
    """A step that models and questions share."""

    of: Subjects | None = None
    """The motions it belongs to; every motion when left out."""
    audience: AudienceName = "public"
    """Who may see it; `public` is everyone."""


class StakeholderShape(Named):
    """Somebody on the customer's side."""

    means: Text = ""
    """Who that is, in one sentence."""
    audience: AudienceName = "public"
    """Who may know of it; `public` is everyone."""


class StageShape(Named):
    """A phase of the company's engagement model."""

    of: Subjects | None = None
    """The motions that happen in it."""
    audience: AudienceName = "public"
    """Who may know of it; `public` is everyone."""


class TermShape(Shape):
    """A word of the company's language."""

    name: Line = ""
    """How it is written, where the id is not."""

    means: Text
    """What it means here."""
    aka: Texts = ()
    """Other forms."""
    covers: Conditions = Field(default_factory=dict)
    """Which customers it stands for, where it is a word for several segments or the like."""
    not_to_be_confused_with: dict[Text, Text] = Field(default_factory=dict)
    """What the same word means elsewhere."""
    source: Text = ""
    """Where it was published."""
    kept_by: Keeper = ""
    """Who maintains this entry."""
    verified: VerifiedField | None = None
    """When it was last verified."""
    audience: AudienceName = "public"
    """Who may see it; `public` is everyone."""


class PodShape(Named):
    """Roles that share accounts."""

    roles: Parties
    """Who is in it."""
    covers: Conditions = Field(default_factory=dict)
    """Which customers it is for."""
    audience: AudienceName = "public"
    """Who may see it; `public` is everyone."""


class AudienceShape(Shape):
    """Those who may see what is restricted."""

    name: Line = ""
    """How it is called."""
    who: Texts = ()
    """Slack user ids (U…) and user group ids (S…)."""


class LinkShape(Named):
    """Where something is: a page, a form, a system."""

    url: Text
    """Its address."""
    for_: Texts = ()
    """What people look for it by."""
    audience: AudienceName = "public"
    """Who may see it; `public` is everyone."""
