"""What each section of a model may contain. Names are maps from id to shape; rulings are lists, each with an id."""

from __future__ import annotations

from collections.abc import Mapping

from bot.load.shapes import guidance, names, rules, rulings
from bot.load.shapes.base import Shape

NAMES: Mapping[str, type[Shape]] = {
    "roles": names.RoleShape,
    "teams": names.TeamShape,
    "positions": names.PositionShape,
    "segments": names.SegmentShape,
    "attributes": names.AttributeShape,
    "motions": names.SubjectShape,
    "activities": names.SubjectShape,
    "requests": names.SubjectShape,
    "steps": names.StepNameShape,
    "stakeholders": names.StakeholderShape,
    "stages": names.StageShape,
    "terms": names.TermShape,
    "pods": names.PodShape,
    "audiences": names.AudienceShape,
    "links": names.LinkShape,
}
RULINGS: Mapping[str, type[Shape]] = {
    "rules": rules.RuleShape,
    "handoffs": rulings.HandoffShape,
    "transfers": rulings.TransferShape,
    "alignment": rulings.AlignmentShape,
    "boundaries": rulings.BoundaryShape,
    "routes": rulings.RouteShape,
    "permissions": rulings.PermissionShape,
    "processes": rulings.ProcessShape,
    "escalations": rulings.EscalationShape,
    "disputes": rulings.DisputeShape,
    "coverage": rulings.CoverageShape,
    "plans": rulings.PlanShape,
    "faqs": rulings.FaqShape,
}
PLAIN = ("company", "currency", "verify-every", "assume", "maintainers")
"""Keys of `company.yaml` that are no sections: its name, its currency, how long a verification is good, assumptions."""

GUIDANCE_NAMES: Mapping[str, type[Shape]] = {
    **{name: NAMES[name] for name in ("attributes", "motions", "activities", "requests", "steps", "stakeholders", "stages", "positions")},
    "jobs": guidance.JobShape,
    "archetypes": guidance.ArchetypeShape,
    "sources": guidance.SourceShape,
    "signals": guidance.SignalShape,
    "terms": guidance.TermShape,
}
GUIDANCE_LISTS: Mapping[str, type[Shape]] = {"typical": guidance.TypicalShape, "findings": guidance.FindingShape}
