"""The drawing of dealings: each name once, each line to its own level, always the same."""

from hypothesis import given
from hypothesis import strategies as st

from hostagegraph.service.accounts.names import Name
from hostagegraph.service.drawing.plot import measure
from hostagegraph.service.drawing.ways import LEVEL, Dealing, Drawing, draw

PEOPLE = [Name(f"i{n}", f"Person {n} of a longer name", sign="person") for n in range(7)]
dealings = st.lists(
    st.builds(
        Dealing,
        st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
        st.sampled_from(["met", "told · 4–10 Feb", "disclosed to · by 2 Jul · denied"]),
        st.booleans(),
    ).filter(lambda each: each.source != each.target),
    min_size=1,
    max_size=25,
)


def drawn(found: list[Dealing]) -> Drawing:
    drawing = draw(found)
    assert drawing
    return drawing


@given(dealings)
def test_each_name_is_drawn_once_and_each_dealing_has_its_line(found: list[Dealing]) -> None:
    drawing = drawn(found)
    named = {name for each in found for name in (each.source, each.target)}
    assert sorted(place.name.iri for place in drawing.places) == sorted(name.iri for name in named)
    assert len(drawing.ways) == len(found)


@given(dealings)
def test_the_words_of_lines_cover_neither_each_other_nor_a_name(found: list[Dealing]) -> None:
    drawing = drawn(found)
    words = [
        (way.x, way.x + measure(each.words) + 22, way.y)
        for way, each in zip(drawing.ways, found, strict=True)
    ]
    for place, (left, right, y) in enumerate(words):
        for other_left, other_right, other in words[place + 1 :]:
            assert abs(y - other) >= LEVEL - 0.01 or left >= other_right or other_left >= right
        for each in drawing.places:
            assert each.x + 2 >= right or each.x < left
    for one in drawing.places:
        assert 0 < one.y < drawing.height
        for two in drawing.places:
            if one is not two and one.x == two.x:
                assert abs(one.y - two.y) >= 9 * (len(one.lines) + len(two.lines))


@given(dealings)
def test_the_same_dealings_give_the_same_picture(found: list[Dealing]) -> None:
    assert draw(found) == draw(list(found))


def test_who_passes_on_stands_between_and_lines_lead_to_the_right() -> None:
    one, two, three, *_ = PEOPLE
    drawing = drawn([Dealing(one, two, "told", False), Dealing(two, three, "told", False)])
    assert [place.name for place in sorted(drawing.places, key=lambda each: each.x)] == [
        one,
        two,
        three,
    ]
    assert not any(way.back for way in drawing.ways)


def test_a_line_that_leads_back_has_its_tip_on_the_left() -> None:
    one, two, *_ = PEOPLE
    drawing = drawn([Dealing(one, two, "told", False), Dealing(two, one, "told", False)])
    there, back = drawing.ways
    assert (there.back, back.back) == (False, True)
    assert back.tip[0] < back.x < there.tip[0]


def test_a_meeting_joins_two_of_whom_neither_comes_first() -> None:
    one, two, three, *_ = PEOPLE
    found = [Dealing(two, one, "met", True), Dealing(three, one, "met", True)]
    drawing = drawn(found)
    left = min(drawing.places, key=lambda place: place.x)
    assert left.name == one  # who has most dealings
    assert not any(way.back for way in drawing.ways)


def test_of_nothing_there_is_no_drawing() -> None:
    assert draw([]) is None
