"""Reminding organisations of documents that run out."""

from flask import current_app
from sqlalchemy import select

from portal.core import outbox, reminding
from portal.core.db import db
from portal.people.lists import members_of
from portal.people.models import Organisation, Paper
from portal.people.policy import PAPERS_ADDED_BY

AT_ONCE = 100  # so that nobody waits long for the lock


def remind_of_papers() -> int:
    """Write to those who can replace a document, once for each reminder that has come; how many documents. Safe to run again."""
    steps = current_app.extensions["settings"].remind_papers
    waiting = db.session.execute(
        select(Paper, Organisation)
        .join(Organisation, Organisation.id == Paper.organisation_id)
        .where(Paper.replaced_at.is_(None), Organisation.merged_into_id.is_(None))
        .where(reminding.is_time(Paper.expires_on, Paper.reminded_days, steps))
        .order_by(Paper.id)
        .limit(AT_ONCE)
        .with_for_update(of=Paper, skip_locked=True)
    ).all()
    for paper, organisation in waiting:
        if (day := paper.expires_on) is None:
            continue
        paper.reminded_days = reminding.step_for(day, steps)
        outbox.send("people/paper_ends", to=members_of(organisation.id, *PAPERS_ADDED_BY), case=organisation.case, paper=paper,
                    organisation=organisation, when=reminding.in_words(day))  # fmt: skip
    return len(waiting)
