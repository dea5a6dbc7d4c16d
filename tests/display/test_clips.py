import pytest
from display_packs import CLIP_S, HERTZ, make_pack, wav
from sound_hearing import power_at, silent_stretches

from display.clips import Pack, open_pack, open_packs
from display.recorded import loudness
from smartqueue.errors import SoundFault
from smartqueue.sound import pcm
from smartqueue.sound.voice import LEVEL
from smartqueue.terms import RoomKind


def words_heard(sound: bytes) -> list[str]:
    """Names of the clips in it, by their tones."""
    edges = [0.0, *(moment for stretch in silent_stretches(sound, 0.02) for moment in stretch), pcm.seconds(sound)]
    parts = [cut(sound, edges[n], edges[n + 1]) for n in range(0, len(edges), 2)]
    return [max(HERTZ, key=lambda name: power_at(one, HERTZ[name])) for one in parts]


def cut(sound: bytes, from_s: float, to_s: float) -> bytes:
    return sound[2 * round(from_s * pcm.RATE_HZ) : 2 * round(to_s * pcm.RATE_HZ)]


def say(pack: Pack, label: str = "A012", number: str = "3", kind: RoomKind = RoomKind.ROOM) -> bytes:
    return pack.spoken(pack.names(label, kind, number))


@pytest.fixture
def pack(tmp_path) -> Pack:
    return open_pack(make_pack(tmp_path) / "en")


def test_a_sentence_is_its_clips_in_their_order(pack):
    assert words_heard(say(pack)) == ["number", "a", "0", "1", "2", "room", "3"]
    assert words_heard(say(pack, "K007", "1", RoomKind.WINDOW)) == ["number", "k", "0", "0", "7", "window", "1"]


def test_a_rooms_number_is_said_whole_where_there_is_a_clip_of_it(pack):
    assert words_heard(say(pack, number="12B"))[-3:] == ["room", "12", "b"]
    assert words_heard(say(pack, number="13"))[-3:] == ["room", "1", "3"]


def test_between_clips_it_is_silent_for_the_gap_and_at_a_comma_for_the_pause(tmp_path):
    pack = open_pack(make_pack(tmp_path, manifest="gap_ms = 90\npause_ms = 400") / "en")
    gaps = [to_s - from_s for from_s, to_s in silent_stretches(say(pack), 0.02)]
    assert gaps == pytest.approx([0.09, 0.09, 0.09, 0.09, 0.4, 0.09], abs=0.008)


def test_silence_around_a_clip_is_cut_off(pack):
    assert pcm.seconds(say(pack)) == pytest.approx(7 * CLIP_S + 5 * 0.07 + 0.3, abs=0.02)


def test_clips_are_equally_loud_whatever_they_were_recorded_at(tmp_path):
    pack = open_pack(make_pack(tmp_path, number=0.9, a=0.03) / "en")
    sound = say(pack)
    number, letter = cut(sound, 0.02, CLIP_S - 0.02), cut(sound, CLIP_S + 0.09, 2 * CLIP_S + 0.05)
    assert loudness(number) == pytest.approx(loudness(letter), rel=0.03)


def test_a_sentence_of_clips_is_as_loud_as_the_voice(pack):
    assert pcm.peak(say(pack)) == pytest.approx(LEVEL, abs=0.01)


def test_a_pack_with_a_missing_digit_refuses_the_sentences_with_it_and_speaks_the_others(tmp_path):
    pack = open_pack(make_pack(tmp_path, without="2") / "en")
    with pytest.raises(SoundFault, match=r"2\.wav is missing"):
        say(pack, "A012")
    assert words_heard(say(pack, "A013"))[1:5] == ["a", "0", "1", "3"]


def test_all_that_is_missing_in_a_sentence_is_told_at_once(tmp_path):
    pack = open_pack(make_pack(tmp_path, without="2 a room") / "en")
    with pytest.raises(SoundFault, match=r"a\.wav is missing, 2\.wav is missing, room\.wav is missing"):
        say(pack)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"no sound", "2.wav is not a plain WAV"), (wav(600, level=0), "2.wav is silent"), (wav(600)[:-99], "cut short")],
)
def test_a_clip_that_can_not_be_heard_is_as_good_as_missing(tmp_path, content, why):
    make_pack(tmp_path)
    (tmp_path / "en" / "2.wav").write_bytes(content)
    with pytest.raises(SoundFault, match=why):
        say(open_pack(tmp_path / "en"))


def test_a_sentence_that_takes_longer_than_seven_seconds_is_refused(tmp_path):
    make_pack(tmp_path)
    (tmp_path / "en" / "number.wav").write_bytes(wav(600, seconds=6))
    with pytest.raises(SoundFault, match="more than 7"):
        say(open_pack(tmp_path / "en"))


def test_the_order_of_words_is_the_manifests(tmp_path):
    manifest = 'room = "room {room} , number {label} number"\nwindow = "{label} , window {room}"'
    pack = open_pack(make_pack(tmp_path, manifest=manifest) / "en")
    assert words_heard(say(pack)) == ["room", "3", "number", "a", "0", "1", "2", "number"]
    assert words_heard(say(pack, kind=RoomKind.WINDOW)) == ["a", "0", "1", "2", "window", "3"]


def test_a_file_may_have_another_name(tmp_path):
    make_pack(tmp_path, without="number", manifest='[files]\nnumber = "please.WAV"')
    (tmp_path / "en" / "please.WAV").write_bytes(wav(HERTZ["number"]))
    assert words_heard(say(open_pack(tmp_path / "en")))[0] == "number"


def test_a_manifest_that_names_a_file_which_is_not_there_lacks_that_clip(tmp_path):
    pack = open_pack(make_pack(tmp_path, manifest='[files]\n2 = "two.wav"') / "en")
    assert pack.absent(pack.expected()) == ("2",)


def test_what_a_pack_needs_is_known_before_anything_is_said(tmp_path):
    pack = open_pack(make_pack(tmp_path, without="2 7 window") / "en")
    assert pack.absent(pack.expected("ABC")) == ("2", "7", "c", "window")


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        ("gap_ms = 900", "gap_ms must be 0 to 500"),
        ("gap = 90", "did you mean gap_ms"),
        ('room = "number {label}"', "{room} must stand in it once"),
        ("gap_ms = = 1", "is not TOML"),
    ],
)
def test_a_manifest_with_a_mistake_is_refused_with_its_line(tmp_path, manifest, why):
    make_pack(tmp_path, manifest=manifest)
    with pytest.raises(SoundFault, match=why):
        open_pack(tmp_path / "en")


def test_a_folder_without_a_manifest_is_no_pack_and_that_is_said(tmp_path):
    make_pack(tmp_path, "hi")
    (tmp_path / "en").mkdir()
    (tmp_path / "Old recordings").mkdir()
    packs, wrong = open_packs(tmp_path)
    assert list(packs) == ["hi"]
    assert len(wrong) == 2
    assert wrong[0].startswith("clips Old recordings: is not named after a language")
    assert wrong[1].startswith("clips en: has no clips.toml")


def test_a_folder_that_is_not_there_is_said(tmp_path):
    packs, (wrong,) = open_packs(tmp_path / "nowhere")
    assert packs == {}
    assert "can't be read" in wrong


def test_new_recordings_are_another_pack(tmp_path):
    before = open_pack(make_pack(tmp_path) / "en").fingerprint()
    assert open_pack(tmp_path / "en").fingerprint() == before
    (tmp_path / "en" / "2.wav").write_bytes(wav(900))
    assert open_pack(tmp_path / "en").fingerprint() != before
