"""Returns are asked for before they are due and after it, each time once, and not when a letter has just told of the day."""

from datetime import timedelta

from portal.core import clock
from portal.core.db import write
from portal.monitoring import actions
from tests.cast import ADA, BEN
from tests.factories import a_due_return, a_submitted_return, query

KINDS = ("monitoring/due", "monitoring/overdue")


def test_a_return_is_asked_for_at_each_of_the_days_and_each_time_once(outbox, frozen):
    return_ = a_due_return()
    told = []
    frozen.move(days=(return_.due_on - clock.today()).days - 16)
    for _ in range(16 + 30):
        for _ in range(2):  # the worker comes by every minute
            write(actions.count_overdue)
            write(actions.remind_of_returns)
        letters = [mail for mail in outbox() if mail.template in KINDS]
        if len(letters) > sum(len(people) for _, people, _ in told):
            new = letters[sum(len(people) for _, people, _ in told) :]
            told.append(((return_.due_on - clock.today()).days, {mail.to_address for mail in new}, new[0].subject))
        frozen.move(days=1)
    assert [left for left, _, _ in told] == [14, 7, 0, -1, -7, -14, -28]
    assert all(people == {ADA.email, BEN.email} for _, people, _ in told)
    assert [subject.split(":")[0] for _, _, subject in told[:4]] == [
        "A return is due in 14 days", "A return is due in 7 days", "A return is due today", "A return is overdue",
    ]  # fmt: skip


def test_after_a_pause_of_the_worker_only_the_newest_reminder_goes(outbox, frozen):
    return_ = a_due_return()
    frozen.move(days=(return_.due_on - clock.today()).days - 3)
    assert [write(actions.remind_of_returns) for _ in range(2)] == [1, 0]
    assert outbox()[-1].subject.startswith("A return is due in 3 days")


def test_who_was_just_asked_a_question_is_not_reminded_of_it_as_well(app, frozen):
    return_ = a_submitted_return()
    frozen.move(days=(return_.due_on - clock.today()).days)
    query(return_)
    assert return_.due_on == clock.today() + timedelta(days=14)
    assert write(actions.remind_of_returns) == 0
    frozen.move(days=7)
    assert write(actions.remind_of_returns) == 1
