"""Reading the data folder: the model out, and every mistake with its place."""

from pathlib import Path

import pytest

from hostagegraph import model
from hostagegraph.records import Reading, read_records
from tests.projects import FIRST, FOURTH, SECOND, THIRD, append, edit, sample_project


def claims_of(reading: Reading) -> dict[str, model.Claim]:
    return {
        claim.id: claim
        for section in reading.sections.values()
        for claim in section.claims
        if isinstance(claim, model.Claim)
    }


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return read_records(sample_project(tmp_path_factory.mktemp("sample")))


def test_the_sample_reads_without_mistakes(sample: Reading) -> None:
    assert sample.problems == ()
    assert list(sample.sections) == [FIRST, SECOND, THIRD, FOURTH]
    assert len(claims_of(sample)) == 30


def test_a_claim_says_what_its_record_says(sample: Reading) -> None:
    claim = claims_of(sample)["0103-06"]
    assert isinstance(claim.content, model.Leak)
    assert claim.content.discloser == ("basil-thrumm",)
    assert claim.against == (model.Accusation("basil-thrumm", "denied"),)
    assert [link.who for link in claim.says] == ["unnamed/diplomats-0103"]
    assert [link.stance for link in claim.denied[0].says] == ["denies"]


class TestWhatARecordLeavesUnsaid:
    def test_the_kind_follows_from_the_content(self, sample: Reading) -> None:
        kinds = {name: claim.kind for name, claim in claims_of(sample).items()}
        assert kinds["0103-02"] == "ofEvaluation"
        assert kinds["0103-03"] == "ofOrigin"
        assert kinds["0105-06"] == "ofCause"
        assert kinds["0101-01"] == "ofFact"

    def test_the_outlet_asserts_in_its_own_voice_or_reports(self, sample: Reading) -> None:
        found = claims_of(sample)
        own = model.OuterLink(stance="asserts", form="ownVoice")
        relayed = model.OuterLink(stance="reports", form="paraphrase")
        assert (found["0101-01"].own, found["0101-05"].own) == (own, relayed)

    def test_the_mode_follows_from_the_speaker(self, sample: Reading) -> None:
        modes = {
            claim.content.slug: claim.content.attributionMode
            for claim in claims_of(sample).values()
            if isinstance(claim.content, model.Statement)
        }
        assert modes == {
            "stmt-official-0103": "anonymous",
            "speech-0106": "named",
            "stmt-quill-0107": "named",
        }

    def test_an_event_takes_the_date_of_the_heading(self, sample: Reading) -> None:
        leak = claims_of(sample)["0105-04"].content
        assert isinstance(leak, model.Leak)
        assert (leak.when, leak.dateBasis) == ("1900-01-05", "heading")

    def test_a_voice_is_dated_by_its_statement(self, sample: Reading) -> None:
        (link,) = claims_of(sample)["0105-09"].says
        assert (link.when, link.basis) == ("1900-01-06", "stated")

    def test_a_voice_without_statement_spoke_between_the_event_and_publication(
        self, sample: Reading
    ) -> None:
        (link,) = claims_of(sample)["0103-05"].says
        assert (link.when, link.basis) == ("[1899-12-31..1900-01-08]", "inferred")

    def test_a_voice_on_an_event_without_first_day_spoke_before_publication(
        self, sample: Reading
    ) -> None:
        (link,) = claims_of(sample)["0103-06"].says
        assert link.when == "../1900-01-08"

    def test_a_supposed_event_takes_no_date_from_the_heading(self, tmp_path: Path) -> None:
        root = sample_project(tmp_path)
        supposed = (
            "{type: ReportedEvent, slug: supposed, label: A meeting, completion: hypothetical}"
        )
        edit(root, THIRD, "effect: s/second-meeting", f"effect: {supposed}")
        content = claims_of(read_records(root))["0105-06"].content
        assert isinstance(content, model.CausalLink)
        (effect,) = content.effect
        assert isinstance(effect, model.ReportedEvent)
        assert effect.when is None


@pytest.mark.parametrize(
    ("file", "old", "new", "spot", "message"),
    [
        (
            FIRST,
            "changeType: granted",
            "changeType: grant",
            "grant",
            'claims[0].content.changeType: unknown value "grant" (did you mean "granted"?)',
        ),
        (
            FIRST,
            "at: mandate\n    gist: The Example Gazette reports a",
            "at: mandat\n    gist: The Example Gazette reports a",
            "mandat",
            'claims[1].at: unknown passage "mandat" (did you mean "mandate"?)',
        ),
        (
            FIRST,
            "whenText: That",
            "whentext: That",
            "whentext",
            'claims[2].content.whentext: unknown field (did you mean "whenText"?)',
        ),
        (
            FIRST,
            "when: 1900-01-02",
            "when: 2 January",
            "2 January",
            "claims[4].content.when: '2 January' is not an accepted date; write YYYY",
        ),
        (
            FIRST,
            "place: port-example\n      ofProposal",
            "place: port-exampel\n      ofProposal",
            "port-exampel",
            'claims[2].content.place: nothing is called "port-exampel" '
            '(did you mean "port-example"?); define it or mend the name',
        ),
        (
            FIRST,
            "participant: [fr-team, ottilie-quill, sy-team]",
            "participant: [fr-team, place/port-example]",
            "place/",
            'claims[2].content.participant[1]: "place/port-example" is a Place; '
            "this field takes Agent",
        ),
        (
            SECOND,
            "against: [{who: basil-thrumm, reply: denied}]",
            "against: [unnamed/diplomats-0103]",
            "unnamed/",
            'claims[5].against[0]: "unnamed/diplomats-0103" is an AnonymousSource, '
            "which this field never takes",
        ),
        (
            SECOND,
            "id: 0103-08\n    at: [",
            "id: 0103-07\n    at: [",
            "id: 0103-07",
            "claims[7]: example-gazette-1900/c0103-07 is defined at ",
        ),
        (
            SECOND,
            "slug: orig-official-0103\n      label: Alleged",
            "slug: stmt-official-0103\n      label: Alleged",
            "@type: Origination",
            "claims[2].content: example-gazette-1900/s-stmt-official-0103 is defined at ",
        ),
        (
            SECOND,
            "id: 0103-08",
            "id: 0104-08",
            "id: 0104-08",
            'claims[7].id: "0104-08" does not begin with "0103-"',
        ),
        (
            SECOND,
            'section: "0103"',
            'section: "0104"',
            "@source:",
            "section: name the file 0104-<slug>.yaml, or mend the section",
        ),
        (
            SECOND,
            "source: example-gazette-1900\n",
            "source: example-courier-1900\n",
            "source:",
            'source: "example-courier-1900" is not the name of the folder (example-gazette-1900)',
        ),
        (
            SECOND,
            "denial: [1081, 1098,",
            "denial: [1098, 1081,",
            "[1098",
            "passages.denial: start 1098 is not before end 1081",
        ),
        (
            SECOND,
            "article: [1099, 1167, 5",
            "article: [1099, 1167, X",
            "X",
            'passages.article.digest: "X2',
        ),
        (
            SECOND,
            "article: [1099, 1167, 5",
            "article: [01099, 1167, 5",
            "01099",
            'passages.article.start: "01099" is not a whole number',
        ),
        (
            THIRD,
            "type: Meeting, slug: second",
            "type: Meting, slug: second",
            "Meting",
            'claims[4].content.type: unknown value "Meting" (did you mean "Meeting"?)',
        ),
        (
            THIRD,
            "{type: Meeting, slug: second",
            "{slug: second",
            "{slug",
            "claims[4].content: type: missing; it names a class such as Statement",
        ),
        (
            THIRD,
            ", causalRole: delayedEffect}",
            ", completion: completed}",
            "@{type: CausalLink",
            "claims[5].content.causalRole: missing; add causalRole: …",
        ),
        (
            THIRD,
            "information: info/lowest-number\n      when",
            "information: lowest-number\n      when",
            "lowest-number",
            'claims[2].content.information: "lowest-number" needs its folder here',
        ),
        (
            THIRD,
            "gist: The Example Gazette reports a speech",
            "gist: {english: x}\n    note: The Example Gazette reports a speech",
            "english",
            'claims[7].gist.english: "english" is not a language tag such as en',
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, spot: str, message: str
) -> None:
    """`spot` is the text where the mistake stands: in the new text, or with @ the last before."""
    root = sample_project(tmp_path, {file: (old, new)})
    text = (root / file).read_text(encoding="utf-8")
    begin = text.index(new)
    place = text.rindex(spot[1:], 0, begin) if spot[0] == "@" else text.index(spot, begin)
    line = text.count("\n", 0, place) + 1
    column = place - text.rfind("\n", 0, place)
    found = [str(problem) for problem in read_records(root).problems]
    assert any(p.startswith(f"{file}:{line}:{column}: {message}") for p in found), found


def test_a_file_with_a_mistake_is_left_out_and_the_others_are_kept(tmp_path: Path) -> None:
    root = sample_project(tmp_path, {SECOND: ("reply: denied", "reply: deny")})
    reading = read_records(root)
    assert list(reading.sections) == [FIRST, THIRD, FOURTH]
    assert [problem.file for problem in reading.problems] == [SECOND]


def test_a_reference_into_a_file_with_a_mistake_is_no_second_mistake(tmp_path: Path) -> None:
    root = sample_project(tmp_path, {FIRST: ("changeType: granted", "changeType: grant")})
    assert len(read_records(root).problems) == 1


def test_a_file_that_cannot_be_parsed_hides_no_other_mistake(tmp_path: Path) -> None:
    root = sample_project(tmp_path, {SECOND: ("reply: denied", "reply: deny")})
    (root / FIRST).write_text("source: [", encoding="utf-8")
    files = [problem.file for problem in read_records(root).problems]
    assert files == [FIRST, SECOND]


def test_a_broken_list_of_agents_does_not_make_every_agent_unknown(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    (root / "data/agents/people.yaml").write_text("a: [", encoding="utf-8")
    assert [problem.file for problem in read_records(root).problems] == ["data/agents/people.yaml"]


def test_a_file_that_nobody_reads_is_named(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    append_to = root / "data/records/stray.yaml"
    append_to.write_text("a: b\n", encoding="utf-8")
    (only,) = read_records(root).problems
    assert (only.file, "no place for this file" in only.message) == (
        "data/records/stray.yaml",
        True,
    )


def test_a_source_may_not_be_named_like_a_folder(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    text = (root / "data/sources/example-gazette-1900.yaml").read_text(encoding="utf-8")
    other = text.replace("source: example-gazette-1900", "source: agent")
    (root / "data/sources/agent.yaml").write_text(other, encoding="utf-8")
    assert any("is the name of a folder" in p.message for p in read_records(root).problems)


def test_a_person_takes_no_note(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    edit(
        root,
        "data/agents/people.yaml",
        "{label: Basil Thrumm}",
        "{label: Basil Thrumm, note: tall}",
    )
    (only,) = read_records(root).problems
    assert str(only).startswith("data/agents/people.yaml:2:37: basil-thrumm.note: unknown field")


def test_a_withdrawn_claim_keeps_its_tombstone_alone(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    tomb = "  - {id: 0105-10, review: withdrawn, withdrawn: 1900-02-01, note: Misread}\n"
    append(root, THIRD, tomb)
    reading = read_records(root)
    assert reading.problems == ()
    assert reading.sections[THIRD].claims[-1] == model.Withdrawn(
        id="0105-10", review="withdrawn", withdrawn="1900-02-01", note="Misread"
    )


def test_a_withdrawn_claim_with_a_gist_is_a_mistake(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    tomb = "  - {id: 0105-10, review: withdrawn, withdrawn: 1900-02-01, note: x, gist: y}\n"
    append(root, THIRD, tomb)
    assert ["unknown field" in p.message for p in read_records(root).problems] == [True]


def test_texts_may_come_in_several_languages(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    edit(
        root, FIRST, "label: First meeting in Port Example", "label: {en: Meeting, he-Latn: Pgisha}"
    )
    content = claims_of(read_records(root))["0101-03"].content
    assert isinstance(content, model.Meeting)
    assert content.label == model.Words((("en", "Meeting"), ("he-Latn", "Pgisha")))


def test_a_locator_stands_for_a_text_that_is_not_at_hand(tmp_path: Path) -> None:
    root = sample_project(tmp_path)
    edit(root, FIRST, "  meeting: [197", '  listing: {locator: "page 3"}\n  meeting: [197')
    edit(
        root,
        FIRST,
        "at: [225, 260, 55de31dbbeafd7f6e1c99548788cd1d17769dee897ce3ebcf1000220cf2cb5c2]",
        "at: listing",
    )
    claim = claims_of(read_records(root))["0101-04"]
    assert claim.at == (model.Locator("page 3", "listing"),)


def test_every_place_is_known(sample: Reading) -> None:
    place = sample.place_of("example-gazette-1900/c0103-06-b2", "who")
    assert place is not None
    assert (place.file, place.line, place.path) == (SECOND, 74, "claims[5].denied[0].says[0].who")
    assert sample.place_of("nowhere/at-all") is None
