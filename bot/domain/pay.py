"""What rules say about pay: the key `paid`, which is for the audience `compensation` whatever the rule around it is for."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.rules import Node, Rule, split_key

COMPENSATION = "compensation"
"""The audience of plans and of pay; it is built in."""
PAID = "paid"


def states_pay(rule: Rule) -> bool:
    """Whether a rule says anything about pay."""
    return any(split_key(key)[1] == PAID for node in rule.node.walk() for key in node.says)


def without_pay(rule: Rule) -> Rule | None:
    """The rule as if it had never spoken of pay: without exceptions and steps that are about nothing else; None when nothing is left."""
    if not states_pay(rule):
        return rule
    node = silenced(rule.node)
    if node is None:
        return None
    lost = rule.node.steps() - node.steps()
    return replace(rule, node=node, step_words=tuple(words for words in rule.step_words if words.id not in lost))


def silenced(node: Node) -> Node | None:
    """A body or an exception without pay; None when it spoke of nothing else."""
    says = {key: said for key, said in node.says.items() if split_key(key)[1] != PAID}
    inner = tuple(kept for each in node.exceptions if (kept := silenced(each)) is not None)
    return replace(node, says=says, exceptions=inner) if says or inner else None
