"""Messages to render: a few as they are in life, those that somebody would write to do harm, and arbitrary ones."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.domain.answers import Message, Table

HANDBOOK = "https://example.com/handbook/renewals?v=2#who"

RULED = Message(
    headline="The Digital CSM owns renewal (SMB, auto-renew, ARR $40k).",
    lines=("Unless partner-led: not ruled on yet; the VP of Channel decides.",),
    why=("Small ones renew by themselves.", 'Rule "renewal" when segment: smb, kept by RevOps, verified 1 Sep 2026.'),
    label="Acme's rule.",
    next=("When does renewal start?", "Who supports renewal?"),
)
DEPENDS = Message(
    headline="Renewal depends on the segment and the ARR.",
    table=Table(
        ("Segment", "ARR", "Then"),
        (
            ("SMB", "under $50k", "Digital CSM"),
            ("SMB", "$50k or more", "account owner"),
            ("Enterprise", "", "Account Manager + CSM (Account Manager leads)"),
        ),
    ),
    why=('Rule "renewal", kept by RevOps.',),
    label="Acme's rule.",
    options=("SMB", "Enterprise"),
    sources=("RevOps wiki",),
)
TYPICAL = Message(
    headline="An Adopt CSM is best where little comes up for renewal.",
    lines=(
        "It drives:",
        "- onboarding and adoption",
        "- health, and the value that the customer sees",
        "  - measured each quarter",
        "In this order:",
        "1. Kick-off (Customer Success Manager, due 5 days after close)",
        "2. Success plan",
    ),
    label="Industry guidance, not Acme's rule.",
    sources=(f"Handbook of Example, FY24, {HANDBOOK}", "Example Group, Which CSM to deploy (A. Author)", HANDBOOK),
    next=("When should we not use it?",),
)
ASKED_BACK = Message(
    headline="Which do you mean?",
    lines=("- Account Manager", "- Assessment Manager"),
    options=("Account Manager", "Assessment Manager"),
)
SHEET = Message(
    headline="Rules of engagement of Acme, as of 22 Nov 2026.",
    table=Table(
        ("", "Account Executive", "Customer Success Manager"), tuple((f"Motion {number}", "OWNS", "supports*") for number in range(12))
    ),
    lines=(
        "Renewal: account owner*",
        "  SMB, auto-renew: Digital CSM",
        "  support: Customer Success Manager",
        "  quote: Deal Desk, starts 60 days before renewal",
        "Adoption: Customer Success Manager",
        "  informed: Account Executive",
        "* In some cases only.",
    ),
    label="Acme's rules.",
)
SEVERAL = Message(
    headline="The Account Executive owns the upsell.",
    table=Table(("Step", "Who"), (("quote", "Deal Desk"), ("signature", "Account Executive"))),
    label="Acme's rule.",
    also=(DEPENDS, RULED),
)
HOSTILE = Message(
    headline="<!channel> *bold* _italic_ ~gone~ `code` <@U123> {{ 7*7 }} {% raw %}",
    lines=(
        "# Not a heading",
        "- <script>alert(1)</script>",
        "1. [click](javascript:alert(1)) ![x](https://evil.example/x.png)",
        "> quoted & <https://evil.example|your wiki> www.evil.example https://evil.example",
        "=====",
        "<!here> @here @channel @everyone a.b@evil.example",
        "```",
        "+ plus\n- minus\n\n---\n\n<div>",
        "1) one &lt;b&gt; &amp; $x^2$ || \\* \\",
    ),
    table=Table(("a|b", "*c*", "`"), (("| --- |", "<b>\nx", ""), ("<#C1>",), ("1", "2", "3", "4|"))),
    why=("---", "Rule <!subteam^S1|@all> `x`"),
    label="_Acme_'s *rule*.",
    next=("<!channel>?", "x" * 400, "  "),
    sources=(
        "https://user:secret@evil.example/",
        "javascript:alert(1)",
        "A <b>, https://ok.example/a_b*c",
        "https://ok.example/](https://evil.example)",
    ),
    options=("<@U123>", "*", "", "*"),
)
EXAMPLES = {
    "ruled": RULED,
    "depends": DEPENDS,
    "typical": TYPICAL,
    "asked-back": ASKED_BACK,
    "sheet": SHEET,
    "several": SEVERAL,
    "hostile": HOSTILE,
    "empty": Message(""),
}

NASTY = [
    "<!channel>",
    "<@U123ABC>",
    "<https://evil.example|wiki>",
    "*bold*",
    "_it_",
    "`",
    "```",
    "{{ 7*7 }}",
    "&amp;",
    "&",
    "<",
    ">",
    "# x",
    "- ",
    "1. ",
    "2) x",
    "---",
    "===",
    "| a |",
    "\\",
    "[a](b)",
    "<br>",
    "@channel",
    "a@b.example",
    "www.x.example",
    "HTTPS://x.example",
    "$x$",
    "\u202eevil",
    "\u200b",
    "\u2028",
    "\x00",
    "\ud83d",
    "👩‍💻",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "é" * 40,
    "漢字" * 30,
    "لا",
    "…",
    " ",
    "\n",
    "\t",
    HANDBOOK,
]
short = st.text(max_size=30)
modest = st.one_of(
    short,
    st.lists(st.one_of(short, st.sampled_from(NASTY)), max_size=6).map("".join),
    st.lists(st.sampled_from(NASTY), max_size=6).map(" ".join),
)
repeated = st.sampled_from(["word ", "x", "<", "&& ", "👩‍💻", "漢"])
huge = st.builds(lambda text, times: text * times, repeated, st.sampled_from([80, 400, 3_100]))
texts = st.one_of(modest, modest, huge)
many = st.one_of(st.lists(texts, max_size=4), st.builds(lambda text, times: [text] * times, modest, st.sampled_from([15, 120]))).map(tuple)
tables = st.one_of(
    st.none(),
    st.builds(Table, many, st.lists(many, max_size=5).map(tuple)),
    st.builds(
        lambda cell, columns, rows: Table(tuple(f"c{n}" for n in range(columns)), ((cell,) * columns,) * rows),
        modest,
        st.sampled_from([1, 3, 20, 21]),
        st.sampled_from([1, 10, 11, 105]),
    ),
)
plain_messages = st.builds(
    Message, headline=texts, lines=many, table=tables, why=many, next=many, sources=many, label=texts, options=many, also=st.just(())
)
messages = st.builds(
    lambda message, also: Message(**{name: getattr(message, name) for name in Message.__slots__} | {"also": also}),
    plain_messages,
    st.one_of(st.just(()), st.lists(plain_messages, max_size=6).map(tuple)),
)
