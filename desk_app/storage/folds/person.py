"""Fold of an erasure: wherever a read table repeated the person, it stands empty; the subject itself goes too."""

from __future__ import annotations

from desk_app.storage.folds.context import NOBODY, Folding, Placed
from desk_app.storage.folds.dossier import search_key
from sync.protocol.facts import SubjectErased
from sync.protocol.subject import SubjectRef


def erased(db: Folding, _at: Placed, fact: SubjectErased) -> None:
    subject = fact.subject
    db.execute("INSERT OR IGNORE INTO erased VALUES (?)", (subject,))
    db.execute("DELETE FROM subject WHERE id = ?", (subject,))
    db.forget(subject)
    db.execute(
        "UPDATE dossier SET name = '', birth_year = NULL, phone = '', id_number = '' WHERE applicant = ?", (subject,)
    )
    db.execute("UPDATE dossier SET submitter_name = '' WHERE submitter = ?", (subject,))
    rows = db.execute(
        "SELECT n, search_key, code, applicant, submitter FROM dossier WHERE applicant = ? OR submitter = ?",
        (subject, subject),
    ).fetchall()
    for n, old, code, applicant, submitter in rows:
        people = (db.person(SubjectRef(id, "")) if id else NOBODY for id in (applicant, submitter))
        new = search_key(code, *people)
        db.execute("UPDATE dossier SET search_key = ? WHERE n = ?", (new, n))
        db.index(n, new, old=old)
    db.execute("UPDATE guidance SET name = '', id_number = '' WHERE citizen = ?", (subject,))
    db.execute("UPDATE receipt SET name = '', id_number = '' WHERE payer = ?", (subject,))
    db.execute("UPDATE feedback SET name = '' WHERE person = ?", (subject,))
