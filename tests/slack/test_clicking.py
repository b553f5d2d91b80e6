"""People go on from an answer by its buttons."""

from __future__ import annotations

from fakeslack.people import Act
from fakeslack.state import Message
from office import Office

NEXT = "Who supports renewal (SMB, ARR $40k)?"
"""What a question about such a renewal offers to ask next."""


def asks(office: Office, text: str = "who owns a 40k smb renewal?") -> Act:
    """Alice asks in a channel."""
    asked = office.alice.mentions(office.bot, "#deals", text)
    assert asked.answer
    return asked


def test_why_tells_the_rule_and_what_lost_for_whoever_wants_to_know(office: Office) -> None:
    said = asks(office).answer
    why = office.bob.clicks("Why?", on=said).answer

    assert why.ephemeral_to == office.bob.id
    assert why.thread_ts == said.thread_ts
    assert 'Rule "renewal" (SMB, ARR under $50k)' in why.reads
    assert "kept by RevOps, verified 1 Sep 2026" in why.reads
    assert "Otherwise: the Account Executive. An exception of the same rule comes first." in why.reads


def test_why_in_direct_messages_and_after_a_command(office: Office) -> None:
    said = office.alice.writes("who owns a 40k smb renewal?", to=office.bot).answer
    assert "kept by RevOps" in office.alice.clicks("Why?", on=said).answer.reads
    office.alice.types("/roe", "who owns a 40k smb renewal?", "#deals")
    why = office.alice.clicks("Why?").answer

    assert why.ephemeral_to == office.alice.id
    assert "kept by RevOps" in why.reads


def test_a_question_to_ask_next_is_answered_in_the_thread(office: Office) -> None:
    asked = asks(office)
    then = office.alice.clicks(NEXT, on=asked.answer).answer

    assert then.reads.startswith(f"Asked: {NEXT}\nThe Customer Success Manager supports renewal")
    assert then.thread_ts == asked.message.ts
    assert then.ephemeral_to == ""


def test_what_only_one_sees_goes_on_for_them_alone(office: Office) -> None:
    office.alice.types("/roe", "who owns a 40k smb renewal?", "#deals")
    then = office.alice.clicks(NEXT).answer

    assert then.ephemeral_to == office.alice.id
    assert office.bob.sees("#deals") == []


def test_only_who_asked_chooses(office: Office) -> None:
    asked = asks(office, "is this renewal mine?")
    said = asked.answer
    assert "Customer Success Manager" in said.buttons
    refused = office.bob.clicks("Customer Success Manager", on=said).answer
    chosen = office.alice.clicks("Customer Success Manager", on=said).answer

    assert refused.ephemeral_to == office.bob.id
    assert refused.reads.startswith("Only the person who asked can choose here.")
    assert chosen.thread_ts == asked.message.ts
    assert chosen.reads.startswith("Chosen: Customer Success Manager\nNo: the Customer Success Manager never owns renewal.")


UPSELL = """
  - id: seats
    of: upsell
    over: [upsell, upsell-ent]
    when: {expansion: seats}
    own: disputed
    kept-by: revops
    statements: [{says: The CSM owns seats., own: csm, source: one page}, {says: The AE owns seats., own: ae, source: another page}]
plans:
"""


def test_the_roles_that_somebody_may_have_are_offered_and_the_title_first(office: Office) -> None:
    said = office.bob.writes("is this renewal mine?", to=office.bot).answer

    assert [each for each in said.buttons if each in ("Customer Success Manager", "Account Executive", "Digital CSM")] == [
        "Customer Success Manager",
        "Account Executive",
        "Digital CSM",
    ]
    assert office.bob.clicks("Customer Success Manager", on=said).answer.reads.startswith("Chosen: Customer Success Manager\nNo:")


def test_any_other_role_is_chosen_in_a_window_and_answered_where_it_was_asked(office: Office) -> None:
    asked = asks(office, "is this upsell mine?")
    office.bob.clicks("Another role…", on=asked.answer)
    assert office.bob.modal.reads.startswith("Only the person who asked can choose here.")
    office.alice.clicks("Another role…", on=asked.answer)
    told = office.alice.submits(values={"Your role": "Digital CSM"}).answer

    assert told.thread_ts == asked.message.ts
    assert told.reads.startswith("Chosen: Digital CSM\nNo: the Digital CSM never owns upsell.")


def test_where_a_dispute_is_open_nobody_who_claims_it_is_told_never(office: Office) -> None:
    office.model.write_text(office.model.read_text().replace("plans:\n", UPSELL.lstrip("\n")))
    loading = office.edge.reload()
    assert loading.ok, loading.told
    office.alice.types("/roe", "me csm ent", "#deals")
    said = office.alice.types("/roe", "is this upsell mine?", "#deals").ack["text"]

    assert said.startswith("Whether the Customer Success Manager owns upsell depends on kind of expansion")
    assert "Where it is disputed, one of the statements says that it is the Customer Success Manager." in said
    assert "never" not in said


def test_what_depends_is_narrowed_by_a_click(office: Office) -> None:
    asked = asks(office, "who owns upsell?")
    said = asked.answer
    assert {"SMB", "Enterprise"} <= set(said.buttons)
    narrowed = office.alice.clicks("Enterprise", on=said).answer

    assert narrowed.reads.startswith("Chosen: Enterprise\nThe Account Executive owns upsell (Enterprise).")
    assert office.alice.mentions(office.bot, "#deals", "and for smb?", thread=asked).answer.reads.startswith("The Customer Success Manager")


def test_a_choice_after_a_command_stays_private(office: Office) -> None:
    office.alice.types("/roe", "who owns upsell?", "#deals")
    narrowed = office.alice.clicks("SMB").answer

    assert narrowed.ephemeral_to == office.alice.id
    assert "The Customer Success Manager owns upsell (SMB)." in narrowed.reads


def test_a_button_from_somewhere_else_says_to_ask_again(office: Office) -> None:
    office.edge.desk.key = b"another key"
    said = asks(office).answer
    office.edge.desk.key = b"the key of today"

    assert office.alice.clicks("Why?", on=said).answer.reads == "This button is from an older version of me. Please ask again."


def test_a_vote_is_stored(office: Office) -> None:
    office.alice.clicks("Helpful", on=asks(office).answer)
    office.slack.settle()

    votes = office.store.votes(office.bot.team.id, office.edge.desk.now().replace(year=2020))
    assert [(vote.vote, vote.intent, vote.rule, vote.outcome) for vote in votes] == [("up", "who", "renewal", "answered")]


def test_a_no_asks_why_and_stores_it(office: Office) -> None:
    said = asks(office).answer
    office.alice.clicks("Not helpful", on=said)
    office.alice.selects("What is wrong with the answer?", "It is out of date", on=office.alice.modal)
    office.alice.submits(values={"What should it say?": "Ask Bob."})
    office.slack.settle()
    assert office.alice.modal.reads.startswith("Thank you, that is noted.\nThose who maintain the rules can see it, with the question")

    votes = office.store.votes(office.bot.team.id, office.edge.desk.now().replace(year=2020))
    assert [(vote.vote, vote.reason) for vote in votes] == [("down", "outdated")]
    assert votes[0].text == "who owns a 40k smb renewal? -- Ask Bob."


def test_an_answer_is_shared_to_the_channel_after_a_look_at_it(office: Office) -> None:
    office.alice.types("/roe", "who owns a 40k smb renewal?", "#deals")
    office.slack.allows("C*")
    office.alice.clicks("Share to channel")
    assert "The Digital CSM owns renewal" in office.alice.modal.reads
    assert office.bob.sees("#deals") == []
    office.alice.submits()
    shared = office.bob.sees("#deals")

    assert len(shared) == 1
    assert shared[0].reads.startswith("Shared by alice\nAsked: who owns a 40k smb renewal?\nThe Digital CSM owns renewal")


def revops(office: Office) -> None:
    """The channel of those who keep the rules."""
    office.slack.channel("#revops", members=[office.rita, office.bot])
    office.slack.allows("C*")


def asks_human(office: Office, said: Message | None = None) -> Act:
    """Alice asks a human."""
    office.alice.clicks("Ask a human", on=said or asks(office).answer)
    assert "#revops" in office.alice.modal.reads
    return office.alice.submits(values={"Anything to add?": "It is Contoso & <!channel>."})


def test_a_human_is_asked_and_answers(office: Office) -> None:
    revops(office)
    asks_human(office)
    posted = office.rita.sees("#revops")[-1]
    assert "Alice asks RevOps" in posted.reads or "alice asks RevOps" in posted.reads
    assert "It is Contoso & <!channel>." in posted.reads
    office.slack.allows("https://example.com*")
    office.rita.replies(posted, "The Digital CSM; see <https://example.com|this> &lt;!here&gt;", raw=True)
    answered = office.alice.last_message()

    assert "answers your question:" in answered.reads
    assert "The Digital CSM; see this (https://example.com) <!here>" in answered.reads
    assert answered.channel.kind == "im"


def test_a_team_that_cannot_be_reached_is_told(office: Office) -> None:
    office.slack.channel("#revops", members=[office.rita])
    office.slack.allows("C*")
    told = asks_human(office).answer

    assert told.reads == "I could not post in #revops, the channel of RevOps. Please ask there yourself."


def test_a_channel_shared_with_others_is_no_place_to_ask(office: Office) -> None:
    revops(office)
    office.slack.shares("#revops", office.slack.team("Contoso"))
    told = asks_human(office).answer

    assert told.reads == "I could not post in #revops, the channel of RevOps. Please ask there yourself."
    assert office.rita.sees("#revops") == []
