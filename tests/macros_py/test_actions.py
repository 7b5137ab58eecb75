"""The one table of what a clerk can press."""

from macros_py.actions import table


def test_the_table_holds_exactly_the_actions_of_the_product():
    tags = [action.tag for action in table().actions]
    own = ["check", "next_error", "overdue", "consolidate", "clear", "explain", "return_slips"]
    assert sorted(tags) == sorted([*own, "restore_lists", "new_register"])


def test_a_tag_can_travel_on_any_command_line():
    assert all(action.tag.isascii() and action.tag.isidentifier() for action in table().actions)


def test_every_action_stands_in_one_group_and_no_group_is_empty():
    grouped = [action for group in table().groups for action in table().of(group)]
    assert sorted(action.tag for action in grouped) == sorted(action.tag for action in table().actions)
    assert all(table().of(group) for group in table().groups)


def test_every_button_has_a_label_a_tip_that_is_a_sentence_and_an_icon():
    for action in table().actions:
        assert action.label
        assert action.tip.endswith(".")
        assert action.icon.isalpha()
