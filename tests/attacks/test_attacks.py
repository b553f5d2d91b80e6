"""Audiences under attack: whatever is asked, a model and its twin without the restricted parts cannot be told apart.

The twin is made from the text of the files (`twins.py`), the attacks are data (`attacks.yaml`). `vault` is a company that keeps a part
of everything from most of its people.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conversations import COMPANIES, FILE, PUBLIC, TODAY, Attack, attacks_on, converse, flat, seen_of
from twins import make_twin

from bot.cli import main
from bot.cli.batch import answer_lines
from bot.cli.diff import COMPARED
from bot.cli.opening import open_company as open_then
from bot.domain.questions import Question
from bot.load import example_folder, example_names, guidance_folder, load_company, load_shipped
from bot.pipeline import Engine, open_engine
from bot.suggest import suggest

HERE = Path(__file__).parent
SUGGESTED = 15
"""With so many hidden words it is tried whether suggestions know them."""
PAY, BOARD = PUBLIC | {"compensation"}, PUBLIC | {"board"}
FEW = ("direct", "two-in-one", "typical-then-ours")
ATTACKED = {
    "vault": tuple(FILE["attacks"]),
    "every-feature": (*FEW, "follow-up", "comparison", "point-of-view"),
    "consumption-pods": FEW,
    "acme": FEW,
}
"""Company -> the groups of attacks that are put to it, beside those that aim at it."""
KNOWN: dict[tuple[str, str], str] = {}
"""Company and first turn of attacks that still tell the two apart -> why, and where it is to be mended."""
REFUSAL = (
    "Compensation is shown only to those whom the model lists, and never in a channel.\nAsk your manager or RevOps.",
    "not-allowed",
    None,
    None,
    "none",
    [],
)
"""Text, outcome, result, rule, basis and sources of the one refusal."""


@dataclass(frozen=True)
class Pair:
    """A model, its twin for some audiences, and the texts that only the model has."""

    model: Engine
    twin: Engine
    hidden: tuple[str, ...]
    said_anyway: str
    """Everything that the twin, the guidance and the templates say, and the common words by which slips are mended."""


def folder_of(company: str) -> Path:
    """Where a company's model stands."""
    if company == "vault":
        return HERE / "vault"
    return example_folder(company) if company in example_names() else HERE.parent / "companies" / company


def open_folder(folder: Path) -> Engine:
    """The engine of a model without errors."""
    engine, problems = open_engine(load_company(folder, guidance_folder(), TODAY), load_shipped())
    assert not [found for found in problems if found.severity == "error"], problems
    return engine


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, frozenset[str]], Pair]:
    """Opens each model and each twin once."""
    models: dict[str, Engine] = {}
    pairs: dict[tuple[str, frozenset[str]], Pair] = {}

    def opened(company: str, audiences: frozenset[str] = PUBLIC) -> Pair:
        at = (company, audiences)
        if at not in pairs:
            models.setdefault(company, open_folder(folder_of(company)))
            target = tmp_path_factory.mktemp(company)
            hidden = make_twin(folder_of(company), target, audiences)
            shipped = HERE.parents[1]
            others = [*target.rglob("*.yaml"), *guidance_folder().rglob("*.yaml"), *(shipped / "prompts").rglob("*.j2")]
            others.append(shipped / "knowledge" / "language" / "wording.json")
            said = "\n".join(file.read_text(encoding="utf-8").lower() for file in others)
            pairs[at] = Pair(models[company], open_folder(target), tuple(hidden), said)
        return pairs[at]

    return opened


def differences(two: Pair, attack: Attack, audiences: frozenset[str]) -> Iterator[str]:
    """What somebody could tell the model from its twin by."""
    answers = converse(two.model, attack, audiences), converse(two.twin, attack, audiences)
    for turn, done, other in zip(attack.turns, *answers, strict=True):
        seen, twin = seen_of(done, two.model), seen_of(other, two.twin)
        yield from (f"{turn}: {name}\n  {seen[name]}\n  {twin[name]}" for name in seen if seen[name] != twin[name])
        shown = flat(seen).lower()
        asked = " ".join(attack.turns).lower()
        for text in two.hidden:
            if len(text) > 3 and text.lower() in shown and text.lower() not in two.said_anyway and text.lower() not in asked:
                yield f"{turn}: says {text!r}"


def cases() -> Iterator[Any]:
    """Each attack on each company that it is put to."""
    for company, groups in ATTACKED.items():
        for attack in attacks_on(company, groups):
            reason = KNOWN.get((company, attack.turns[0]))
            marks = [pytest.mark.xfail(reason=reason)] if reason else []
            yield pytest.param(company, attack, id=f"{company}: {attack}", marks=marks)


@pytest.mark.parametrize(("company", "attack"), [*cases()])
def test_the_public_cannot_tell_a_model_from_its_twin(pair: Callable[..., Pair], company: str, attack: Attack) -> None:
    assert not [*differences(pair(company), attack, PUBLIC)]


@pytest.mark.parametrize("audiences", [PAY, BOARD], ids=["compensation", "board"])
def test_one_audience_opens_nothing_of_another(pair: Callable[..., Pair], audiences: frozenset[str]) -> None:
    two = pair("vault", audiences)

    assert [found for attack in attacks_on("vault", ()) for found in differences(two, attack, audiences)] == []


def slip(text: str) -> str:
    """The text with two letters of its longest word swapped."""
    word = max(text.split(), key=len)
    return text.replace(word, word[:2] + word[3:4] + word[2:3] + word[4:], 1)


def test_no_word_of_what_is_hidden_is_known_or_repaired(pair: Callable[..., Pair]) -> None:
    two = pair("vault")
    wordy = [text for text in two.hidden if any(len(word) > 4 and word.isalpha() for word in text.split())]
    asked = [Attack("word", (turn,)) for text in wordy for turn in (f"who owns the {text}?", slip(text))]

    assert len(asked) > 100
    assert [found for attack in asked for found in differences(two, attack, PUBLIC)] == []


def test_what_would_have_a_question_answered_tells_nothing_of_what_is_hidden(pair: Callable[..., Pair]) -> None:
    two = pair("vault")
    words = [word for text in two.hidden for word in text.lower().split() if len(word) > 4 and word.isalpha()]
    asked = [f"who frobnicates the {word}" for word in dict.fromkeys(words)][:: max(1, len(words) // SUGGESTED)]
    changes = [[[each.says for each in suggest(Question(text, TODAY), engine)] for text in asked] for engine in (two.model, two.twin)]

    assert changes[0] == changes[1]
    assert any(changes[0])


# The refusal.


@pytest.mark.parametrize("company", ["vault", "every-feature", "twin"])
def test_pay_is_refused_alike_whether_or_not_there_is_any(pair: Callable[..., Pair], company: str) -> None:
    engine = pair("acme").twin if company == "twin" else pair(company).model
    published = {role for plan in engine.company.section("plans") if plan.audience == "public" for role in plan.fields["role"]}
    asked = [f"what is the {role.name}'s comp plan?" for role in engine.company.roles() if role.id not in published]
    asked += ["who is paid on renewal?", "who is paid on cross-sell?", "who is paid on the business review?"]

    for question in asked:
        said = seen_of(converse(engine, Attack("refusal", (question,)))[0], engine)["json"]
        assert tuple(said[key] for key in ("text", "outcome", "result", "rule", "basis", "sources")) == REFUSAL, question


# Those who may see it.


def told(engine: Engine, question: str, audiences: frozenset[str], as_of: date | None = None) -> dict[str, Any]:
    """The answer to one question, in JSON."""
    answered: dict[str, Any] = seen_of(converse(engine, Attack("told", (question,), as_of=as_of), audiences)[0], engine)["json"]
    return answered


@pytest.mark.parametrize("company", ["vault", "every-feature", "consumption-pods", "acme"])
def test_every_plan_is_told_to_its_audience(pair: Callable[..., Pair], company: str) -> None:
    engine = pair(company).model
    plans = engine.company.section("plans")

    assert plans
    for plan in plans:
        name = engine.company.parties[plan.fields["role"][0]].name
        said = told(engine, f"what is the {name} comp plan?", PUBLIC | {plan.audience})
        assert said["outcome"] == "answered", name
        assert plan.fields["mix"] in said["text"], name


@pytest.mark.parametrize(
    ("question", "audiences", "expected"),
    [
        ("who is paid on renewal?", PAY, "renewals manager"),
        ("who is paid on the lamp review?", PAY, "account manager"),
        ("do red accounts count for my bonus", PAY, "not for two comets"),
        ("where is the tail sheet?", PAY, "example.com/tail"),
        ("who owns renewal for enterprise?", BOARD, "the account manager owns renewal"),
        ("who owns the comet review?", BOARD, "the chief revenue officer owns"),
        ("who makes the cometary offer in an enterprise renewal?", BOARD, "comet quote"),
        ("who owns upsell?", BOARD, "the account manager owns upsell"),
        ("may the AE go down to the comet price?", BOARD, "chief revenue officer"),
        ("show me the skywatch", BOARD, "look up"),
        ("where is the comet kept", BOARD, "in the comet vault"),
        ("what is tail money", BOARD, "what is paid when a comet is gone"),
        ("who is in the night pod", BOARD, "chief revenue officer"),
    ],
)
def test_what_is_restricted_is_told_to_its_audience(
    pair: Callable[..., Pair], question: str, audiences: frozenset[str], expected: str
) -> None:
    assert expected in told(pair("vault").model, question, audiences)["text"].lower()


def test_a_version_for_some_ends_the_one_before_for_them_alone(pair: Callable[..., Pair]) -> None:
    engine, later = pair("vault").model, date(2027, 3, 1)
    owners = {audiences: told(engine, "who owns cross-sell?", audiences, later)["result"]["roles"] for audiences in (PUBLIC, BOARD)}

    assert owners == {PUBLIC: ["ae"], BOARD: ["am"]}


# Threads in which people with different eyes speak.


def in_batch(engine: Engine, *lines: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers to a batch, without how long they took."""
    text = StringIO("\n".join(json.dumps(line) for line in lines))
    return [{**said, "micros": 0} for said in answer_lines(text, engine, {})]


@pytest.mark.parametrize(
    ("audience", "first", "then"),
    [
        ("board", "who makes the perihelion call in an enterprise renewal?", "who owns that?"),
        ("board", "who owns the comet review?", "why?"),
        ("board", "show me the skywatch", "who is that?"),
        ("board", "what is tail money", "and for smb?"),
        ("compensation", "what is the CSM comp plan?", "and the AE's?"),
        ("compensation", "who is paid on the lamp review?", "why?"),
    ],
)
def test_a_follow_up_of_somebody_else_builds_on_nothing_restricted(pair: Callable[..., Pair], audience: str, first: str, then: str) -> None:
    engine = pair("vault").model
    follows = {"question": then, "thread": "t"}
    opened, said = in_batch(engine, {"question": first, "audience": audience, "thread": "t"}, follows)

    assert opened["outcome"] == "answered"
    assert said == in_batch(pair("vault").twin, follows)[0]


def test_a_batch_is_the_same_line_by_line(pair: Callable[..., Pair]) -> None:
    two = pair("vault")
    lines = [
        {"question": turn, "thread": str(number)}
        for number, attack in enumerate(attacks_on("vault", ("follow-up", "typical-then-ours")))
        for turn in attack.turns
    ]

    assert in_batch(two.model, *lines) == in_batch(two.twin, *lines)


# The commands.


@pytest.fixture
def command(pair: Callable[..., Pair], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command on `model` or on `twin` of a company, which are opened already."""

    def run(company: str, *arguments: str) -> str:
        two = pair(company)
        engines = {"model": two.model, "twin": two.twin}
        for module in ("sheet", "diff", "asking"):
            monkeypatch.setattr(f"bot.cli.{module}.open_company", lambda given, when=None: engines[given])
        done = CliRunner().invoke(main, arguments)
        return f"{done.exit_code}\n{done.output}"

    return run


OPTIONS = (
    *(("--format", form) for form in ("text", "md", "html", "csv", "json")),
    ("--segment", "enterprise"),
    ("--motion", "comet-review"),
    ("--motion", "retention-fund"),
    ("--motion", "renew"),
    ("--role", "cro"),
    ("--as-of", "2027-03-01"),
)


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_a_sheet_is_that_of_the_twin(command: Callable[..., str], options: tuple[str, ...]) -> None:
    said, twin = (command("vault", "sheet", "--company", which, *options) for which in ("model", "twin"))

    assert said == twin
    assert "comet" not in said.lower().replace("comet-review", "")


@pytest.mark.parametrize("form", ["html", "json"])
def test_the_sheet_of_the_largest_example_is_that_of_its_twin(command: Callable[..., str], form: str) -> None:
    said, twin = (command("every-feature", "sheet", "--company", which, "--format", form) for which in ("model", "twin"))

    assert said == twin


@pytest.mark.parametrize("company", ["vault", "every-feature", "acme"])
@pytest.mark.parametrize("turn", [("model", "twin"), ("twin", "model")], ids=" -> ".join)
def test_a_model_does_not_differ_from_its_twin(command: Callable[..., str], company: str, turn: tuple[str, str]) -> None:
    assert command(company, "diff", *turn) == f"0\nNo answer changes.\n\n{COMPARED}\n"
    assert json.loads(command(company, "diff", *turn, "--format", "json")[2:]) == {"compared": "public", "answers": [], "entries": []}


@pytest.mark.parametrize(
    "question", ["who is paid on renewal?", "who owns the quote in an enterprise renewal?", "who owns the coment review"]
)
def test_ask_and_why_say_what_the_twin_says(command: Callable[..., str], question: str) -> None:
    for arguments in (("why", question), ("why", question, "--json"), ("ask", question), ("ask", question, "--format", "blocks")):
        said, twin = (command("vault", *arguments, "--company", which) for which in ("model", "twin"))
        assert without_micros(said) == without_micros(twin)
        assert "comet" not in said.lower().replace("coment", "")


def without_micros(said: str) -> list[str]:
    """The lines that do not tell how long it took."""
    return [line for line in said.splitlines() if '"micros"' not in line]


def test_a_wrong_option_names_nothing_restricted(command: Callable[..., str]) -> None:
    for arguments in (
        ("ask", "who owns it?", "--segment", "comet"),
        ("ask", "who owns it?", "--as", "comet"),
        ("sheet", "--motion", "comets"),
    ):
        said, twin = (command("vault", *arguments, "--company", which) for which in ("model", "twin"))
        assert said == twin
        assert "comet-" not in said


def test_the_schema_says_nothing_of_a_model() -> None:
    assert "comet" not in CliRunner().invoke(main, ["schema"]).output


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_the_past_of_a_model_is_restricted_too(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(HERE / "vault", folder)
    for arguments in (("init", "-q"), ("add", "."), ("-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "Rules")):
        subprocess.run(["git", "-C", str(folder), *arguments], check=True)
    (folder / "company.yaml").write_text("company: Vault\nroles: {csm: {name: CSM}}\n", encoding="utf-8")
    engine = open_then(str(folder), last_commit(folder))

    assert told(engine, "what is the CSM comp plan?", PUBLIC)["text"] == REFUSAL[0]
    assert "83/17" in told(engine, "what is the CSM comp plan?", PAY)["text"]


def last_commit(folder: Path) -> str:
    """The last commit."""
    return subprocess.run(["git", "-C", str(folder), "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()


def test_every_company_of_the_attacks_has_its_words() -> None:
    assert set(ATTACKED) == set(COMPANIES) == set(FILE["aimed"])
    assert sum(len(listed) for listed in FILE["attacks"].values()) >= 120
