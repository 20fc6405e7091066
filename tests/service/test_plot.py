"""The drawing of the timeline: nothing covers anything else, and doubt shows as a range."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hostagegraph.service.accounts.chains import Told
from hostagegraph.service.accounts.days import Day, day_of
from hostagegraph.service.accounts.names import Name
from hostagegraph.service.drawing.plot import LEFT, ROW, WIDTH, Mark, draw
from hostagegraph.service.drawing.timeline import LANES, Entry, Timeline

FIRST = date(1900, 1, 1)
CLAIM = Told("c", "1", "/c", "gist", "en", Name("s", "S"), Name("w", "W"), False, "", "", (), ())


def entry(lane: str, label: str, start: date | None, end: date | None) -> Entry:
    day = Day("x", "x", "", "x", start, start, end, end)
    return Entry(lane, "Meeting", Name("i", label), None, "/i", day, CLAIM, "", "")


def span(mark: Mark) -> tuple[float, float]:
    left = mark.label_x - mark.width if mark.before else mark.label_x
    return min(mark.low, mark.at - 7, left), max(mark.high, mark.at + 7, left + mark.width)


days = st.integers(0, 190).map(lambda n: FIRST + timedelta(n))
entries = st.builds(
    lambda lane, label, start, length, open_: entry(
        lane,
        label,
        None if open_ == "start" else start,
        None if open_ == "end" else start + timedelta(length),
    ),
    st.sampled_from(list(LANES)),
    st.text("abcmiW ", min_size=1, max_size=50),
    days,
    st.integers(0, 60),
    st.sampled_from(["", "", "start", "end"]),
)


@given(st.lists(entries, min_size=1, max_size=40))
def test_marks_and_labels_of_one_row_never_overlap(found: list[Entry]) -> None:
    plot = draw(Timeline(found, FIRST + timedelta(195)))
    assert plot
    assert sum(len(lane.marks) for lane in plot.lanes) == len(found)
    for lane in plot.lanes:
        for mark in lane.marks:
            assert (mark.row + mark.rows) * ROW < lane.height
            assert LEFT - 60 <= mark.low <= mark.high <= WIDTH
        for one in lane.marks:
            for other in lane.marks:
                if (
                    one is other
                    or one.row + one.rows <= other.row
                    or other.row + other.rows <= one.row
                ):
                    continue
                assert span(one)[1] <= span(other)[0] or span(other)[1] <= span(one)[0]


@given(st.lists(entries, min_size=1, max_size=20))
def test_nothing_crosses_the_day_on_which_the_source_appeared(found: list[Entry]) -> None:
    plot = draw(Timeline(found, FIRST + timedelta(260)))
    assert plot
    assert plot.issued
    for lane in plot.lanes:
        for mark in lane.marks:
            assert mark.high <= plot.issued
            assert mark.before or mark.label_x + mark.width <= plot.issued


def test_an_act_on_a_mandate_has_its_sign_above_its_day() -> None:
    def built(act: str, completion: str = "") -> Mark:
        day = Day("x", "x", "", "x", FIRST, FIRST, FIRST, FIRST)
        made = Entry("mandates", "", Name("i", "n"), None, "/i", day, CLAIM, act, completion)
        plot = draw(Timeline([made], None))
        assert plot
        ((mark,),) = [lane.marks for lane in plot.lanes]
        assert plot.used == {
            "day",
            *([act] if act == "revoked" else []),
            *(["tried"] * bool(completion)),
        }
        return mark

    assert built("revoked", "blocked").build == "act"
    assert built("revoked").rows == 2
    assert built("").rows == 1


def test_a_range_with_no_room_beside_it_has_its_label_below() -> None:
    wide = entry("named", "a name that is long enough", FIRST, FIRST + timedelta(190))
    plot = draw(Timeline([wide], FIRST + timedelta(195)))
    assert plot
    (mark,) = plot.lanes[0].marks
    assert mark.build == "bar"
    assert mark.label_x == mark.low


def test_the_shape_of_a_date_tells_how_sure_it_is() -> None:
    def shape(when: str, **bounds: str) -> str:
        row = {"startMin": "", "startMax": "", "endMin": "", "endMax": ""} | bounds
        return day_of({"when": when, "basis": "x#stated", **row}).shape

    day = "1900-01-03"
    assert shape(day, startMin=day, startMax=day, endMin=day, endMax=day) == "day"
    assert shape("[1900-01-03..1900-01-09]", startMin=day, endMax="1900-01-09") == "within"
    assert shape("../1900-01-03", endMin=day, endMax=day) == "by"
    assert shape("1900-01-03/..", startMin=day, startMax=day) == "from"
    later = "1900-01-09"
    assert shape(f"{day}/{later}", startMin=day, startMax=day, endMin=later, endMax=later) == "span"
    assert shape("") == "none"


def test_there_is_no_drawing_of_nothing() -> None:
    assert draw(Timeline((), None)) is None
