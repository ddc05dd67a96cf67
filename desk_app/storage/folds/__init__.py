"""Facts → read tables: one function per kind, the same for what is written now and for a rebuild.

A fold reads only the fact, its place, subjects and read tables, so the journal alone decides what the screens show.
To add a kind: its function in the file of its subject, its line in ``FOLDS``, FOLD_VERSION + 1.
"""

from collections.abc import Callable
from typing import Any

from desk_app.storage.folds import (
    cash,
    catalogue,
    daymatch,
    dossier,
    feedback,
    guidance,
    life,
    office,
    paper,
    parked,
    person,
    receipt,
    scan,
    survey,
    undo,
    voice,
)
from desk_app.storage.folds.context import Folding, Placed
from desk_app.storage.folds.series import use_numbers
from sync.protocol.catalogue_facts import (
    CatalogueActivated,
    CatalogueKeyNamed,
    CatalogueMistakeReported,
    PosterPosted,
)
from sync.protocol.dossier_facts import (
    ApologyMade,
    DossierCorrected,
    DossierHandedOver,
    DossierRefused,
    DossierStopped,
    DossierTakenBack,
    DossierTakenOver,
    DueMoved,
    HandoverListed,
    PaymentFulfilled,
    PaymentRequested,
    SupplementCompleted,
    SupplementRequested,
    WithdrawalAsked,
    WithdrawalDeclined,
)
from sync.protocol.facts import (
    DossierReceived,
    DossierSettled,
    Fact,
    GrantAccepted,
    GuidanceGiven,
    IncidentRaised,
    LineOpened,
    OfficerRegistered,
    PaperMade,
    PaperPrinted,
    ReceiptIssued,
    ResultReturned,
    SubjectErased,
    UnitProfiled,
)
from sync.protocol.feedback_facts import (
    FeedbackAnswered,
    FeedbackAssigned,
    FeedbackClassified,
    FeedbackExtended,
    FeedbackKeptAsInformation,
    FeedbackPublished,
    FeedbackReceived,
    FeedbackReferred,
    FeedbackRefused,
    FeedbackTransferred,
    SurveyReleased,
)
from sync.protocol.money_facts import (
    DayClosed,
    ReceiptEntered,
    ReceiptErrorNoted,
    ReceiptReplaced,
    ReceiptSigned,
    ReceiptVoided,
    RemittanceMade,
    SecondConfirmed,
    TaxDataMade,
    TransferSeen,
)
from sync.protocol.sync_facts import DayMatched, ScanAttached
from sync.protocol.voice_facts import (
    ConductApologyWritten,
    FeedbackLinked,
    FeedbackNotified,
    FeedbackTakenIn,
    SenderViewed,
)

Fold = Callable[[Folding, Placed, Any], None]

FOLDS: dict[type[Fact], Fold] = {
    LineOpened: office.line_opened,
    UnitProfiled: office.unit_profiled,
    GrantAccepted: office.grant_accepted,
    OfficerRegistered: office.officer_registered,
    IncidentRaised: office.incident_raised,
    PosterPosted: catalogue.posted,
    CatalogueActivated: catalogue.activated,
    CatalogueKeyNamed: catalogue.key_named,
    CatalogueMistakeReported: catalogue.mistake,
    GuidanceGiven: guidance.given,
    DossierReceived: dossier.received,
    DossierSettled: dossier.settled,
    ResultReturned: dossier.returned,
    HandoverListed: life.listed,
    DossierHandedOver: life.handed_over,
    DossierTakenOver: life.taken_over,
    SupplementRequested: life.supplement,
    SupplementCompleted: life.completed,
    PaymentRequested: life.payment_asked,
    PaymentFulfilled: life.payment_done,
    DossierRefused: life.refused,
    WithdrawalAsked: life.withdrawal_asked,
    WithdrawalDeclined: life.withdrawal_declined,
    DossierStopped: life.stopped,
    ApologyMade: life.apologised,
    DossierCorrected: life.corrected,
    DossierTakenBack: life.taken_back,
    DueMoved: life.due_moved,
    ReceiptIssued: receipt.issued,
    ReceiptEntered: undo.entered,
    ReceiptErrorNoted: undo.noted,
    ReceiptReplaced: undo.replaced,
    ReceiptVoided: undo.voided,
    ReceiptSigned: undo.signed,
    TransferSeen: undo.transfer_seen,
    DayClosed: cash.closed,
    SecondConfirmed: cash.confirmed,
    TaxDataMade: cash.tax_data_made,
    RemittanceMade: cash.remitted,
    PaperMade: paper.made,
    PaperPrinted: paper.printed,
    SubjectErased: person.erased,
    DayMatched: daymatch.matched,
    ScanAttached: scan.attached,
    FeedbackReceived: feedback.received,
    FeedbackClassified: feedback.classified,
    FeedbackAssigned: feedback.assigned,
    FeedbackTransferred: feedback.transferred,
    FeedbackExtended: feedback.extended,
    FeedbackAnswered: feedback.answered,
    FeedbackRefused: feedback.refused,
    FeedbackPublished: feedback.published,
    FeedbackKeptAsInformation: feedback.kept_as_information,
    FeedbackReferred: feedback.referred,
    SurveyReleased: survey.released,
    FeedbackTakenIn: voice.taken_in,
    FeedbackLinked: voice.linked,
    FeedbackNotified: voice.notified,
    SenderViewed: voice.viewed,
    ConductApologyWritten: voice.apologised,
}

_NUMBERED = (
    ReceiptIssued, GuidanceGiven, DossierReceived, DossierSettled, SupplementRequested, DossierRefused, DossierStopped,
    ApologyMade, DossierCorrected, ReceiptErrorNoted, ReceiptVoided,
    FeedbackReceived, FeedbackTransferred, FeedbackAnswered, FeedbackNotified, ConductApologyWritten,
)  # fmt: skip


def apply(db: Folding, at: Placed, fact: Fact) -> None:
    """Fold one fact; a kind without a fold (of a newer program) is kept in the journal and shown nowhere."""
    fold = FOLDS.get(type(fact))
    if fold is None or (not at.ours and parked.waits(db, at, fact)):
        return
    fold(db, at, fact)
    if isinstance(fact, _NUMBERED):
        use_numbers(db, at, fact)
    if isinstance(fact, DossierReceived) and not at.ours:
        for late_at, late in parked.release(db, fact.dossier):
            if isinstance(late, ReceiptIssued):
                receipt.pay_late(db, late, fact.dossier)
            else:
                apply(db, late_at, late)
