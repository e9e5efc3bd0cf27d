from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.importing.similarity import NearTexts, word_pairs


def share(one, other):
    a, b = word_pairs(one), word_pairs(other)
    return len(a & b) / len(a | b) if a | b else 0


def plainly_nearest(texts, asked):
    """The definition: compare with every one, the first of the best."""
    best, best_share = None, 0.0
    for key, text in texts.items():
        found = share(text, asked)
        if found >= 0.6 and found > best_share:
            best, best_share = key, found
    return best


SOME = ["theo", "luật", "số", "nào", "sau", "đây", "là"]
WORDS = st.lists(st.sampled_from(SOME), max_size=9).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=12), st.lists(WORDS, min_size=1, max_size=5))
def test_the_index_finds_what_comparing_with_everything_finds(texts, asked):
    known = dict(enumerate(texts))
    grown = NearTexts({}, expected=asked)
    for key, text in known.items():
        grown.add(key, text)
    for text in asked:
        assert NearTexts(known).nearest(text) == plainly_nearest(known, text)
        assert grown.nearest(text) == plainly_nearest(known, text)


def test_one_word_more_is_near_another_question_is_not():
    near = NearTexts({"a": "thoi han giai quyet ho so khai sinh la bao nhieu ngay"})
    assert near.nearest("thoi han giai quyet ho so khai sinh la bao nhieu ngay lam viec") == "a"
    assert near.nearest("co quan nao cap giay khai sinh cho cong dan viet nam") is None


def test_usual_words_do_not_hide_a_twin():
    """Five hundred questions that begin alike, of which one is meant."""
    texts = {n: f"theo quy dinh nao sau day thi thu tuc so {n} a{n} b{n} c{n}" for n in range(500)}
    asked = "theo quy dinh nao sau day thi thu tuc so 77 a77 b77 c77 duoc"
    assert NearTexts(texts).nearest(asked) == 77
