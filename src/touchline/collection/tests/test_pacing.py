from touchline.collection.rules.pacing import times_to_step_back


def test_it_pauses_half_as_long_as_it_works_while_two_thousand_single_calls_a_second_are_answered():
    assert times_to_step_back(2_000_000, 2000, in_flight=3) == 0.5


def test_it_hardly_pauses_for_as_many_events_in_batches():
    assert times_to_step_back(2_000_000, 20, in_flight=3) == 0.005


def test_it_pauses_twenty_times_as_long_as_it_works_where_more_arrives_than_it_can_store():
    assert times_to_step_back(15_000_000, 150, in_flight=3) == 20


def test_it_pauses_as_long_where_seventeen_wait_for_an_answer():
    assert times_to_step_back(2_000_000, 2000, in_flight=17) == 20


def test_it_pauses_as_long_where_single_calls_take_the_whole_interpreter():
    assert times_to_step_back(2_500_000, 2001, in_flight=3) == 20
