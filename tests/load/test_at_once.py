"""Mistakes that stand together: each is told in one run, and nothing is told that only follows from another."""

from __future__ import annotations

from collections import Counter

from models_in_memory import problems_of

FIRST_LINES = """company: Acme
verify-every: 12 months
segments:
  smb: {name: SMB, when: {employees: under 100}}
  mid: {name: Mid, when: {employees: 90 to 500}}
  big: {name: Big, when: {employees: over 500}}
attributes:
  employees: {kind: count}
  region: {kind: enum, values: {emea: {within: globe}, apac: {}}}
roles:
  ae: {name: Account Executive, nmae: AE}
  csm: {name: Customer Success Manager, aka: [rep]}
  sdr: {name: Developer, aka: [rep]}
  am: {name: Account Manager}
  Sales Ops: {name: Sales Operations}
teams:
  revops: {name: RevOps}
  am: {name: Another}
rules:
"""
V = "verified: 2026-10-01"
RULES = f"""
  - {{id: party, of: land, own: cms, {V}}}
  - {{id: subject, of: renewel, own: ae, {V}}}
  - {{id: attribute, of: adopt, when: {{segmnt: smb}}, own: csm, {V}}}
  - {{id: value, of: adopt, when: {{segment: small}}, own: csm, {V}}}
  - {{id: amount, of: adopt, when: {{arr: bananas}}, own: csm, {V}}}
  - {{id: range, of: adopt, when: {{employees: 500 to 100}}, own: csm, {V}}}
  - {{id: key, of: adopt, owner: csm, {V}}}
  - {{id: type, of: adopt, own: ae, steps: none at all, {V}}}
  - {{id: day, of: adopt, own: ae, from: 1/9/2026, {V}}}
  - {{id: both, of: bug, own: ae, co-own: [ae, csm], becuase: both, {V}}}
  - {{id: lead, of: incident, co-own: [ae, csm], lead: am, becuase: both, {V}}}
  - {{id: shares, of: deployment-question, credit: {{ae: 50%, csm: 40%}}, {V}}}
  - {{id: one, of: upsell, when: {{handling: auto-renew}}, own: ae, {V}}}
  - {{id: two, of: upsell, when: {{channel: self-serve}}, own: csm, {V}}}
  - {{id: three, of: upsell, when: {{segment: smal}}, own: am, {V}}}
  - {{id: first, of: feature-request, own: ae, over: [second], {V}}}
  - {{id: nothing, of: legal-redlines, {V}}}
  - {{of: escalation, own: nbody, {V}}}
  - {{id: keeper, of: security-review, own: ae, kept-by: rev-opz, verified: 2020-01-01}}
  - {{id: ahead, of: account, own: ae, verified: 2031-01-01}}
  - id: within
    of: discount-request
    own: ae
    {V}
    except: [{{when: {{segment: smb}}, own: csm, except: [{{when: {{segment: mid}}, own: am}}]}}]
  - {{id: twin, of: opportunity, own: ae, {V}}}
  - {{id: twin, of: opportunity, own: ae, {V}}}
  - {{id: asked, of: how-to, own: csm, examples: [{{given: {{segment: smb}}, own: ae}}], {V}}}
  - {{id: gap, of: cross-sell, when: {{arr: under 10k}}, own: ae, steps: {{ngotiate: {{own: ae}}}}, {V}}}
  - {{id: round, of: invoice-question, own: {{as: quote-request}}, {V}}}
  - {{id: and-round, of: quote-request, own: {{as: invoice-question}}, {V}}}
  - {{id: over-one, of: licence-question, own: ae, over: [over-two], {V}}}
  - {{id: over-two, of: licence-question, own: csm, over: [over-one], {V}}}
"""


OTHERS = {
    "links.yaml": "page: &page {url: https://example.com}\n",
    "terms.yaml": "pool: {means: !important text}\n",
    "stages.yaml": "close: {name: Close\n",
    "pods.yaml": "one: {roles: [ae, csmm]}\ntwo: {name: Two, name: Three, roles: [csm]}\n",
    "contacts/all.yaml": "- {id: a}\n",
    "handoffs.yaml": "- {id: over, from-role: [ae, sales-enginer], trigger: the signature}\n",
}


EXPECTED = {
    "alias": 1,
    "bad-condition": 1,
    "bad-id": 1,
    "bad-shares": 1,
    "bad-value": 1,
    "cycle": 1,
    "duplicate-id": 1,
    "duplicate-key": 1,
    "empty-range": 1,
    "example-fails": 1,
    "hole": 1,
    "lead-not-owner": 1,
    "missing-key": 2,
    "not-yaml": 1,
    "nothing-decided": 1,
    "over-cycle": 1,
    "overlap": 1,
    "same-version": 1,
    "segment-hole": 1,
    "segment-overlap": 1,
    "shared-name": 1,
    "similar-step": 1,
    "stale": 1,
    "tag": 1,
    "two-owners": 1,
    "unknown-attribute": 1,
    "unknown-file": 1,
    "unknown-keeper": 1,
    "unknown-key": 4,
    "unknown-name": 1,
    "unknown-party": 3,
    "unknown-subject": 1,
    "unknown-value": 3,
    "unreachable": 1,
    "verified-ahead": 1,
    "wrong-type": 1,
}
"""Slug -> how many there are of it; each is a mistake that was made above."""


def test_a_problem_of_every_kind_is_told_in_one_run() -> None:
    found = problems_of({"company.yaml": FIRST_LINES + RULES, **OTHERS})

    assert Counter(each.slug for each in found) == Counter(EXPECTED)
