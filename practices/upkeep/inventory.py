"""What is held of people: where, why, on what ground, who sees it, how long, and how it is erased.

docs/privacy.md tells it in words. Every field of the database in which something about a person could stand is named
here, or named as one that holds nothing of anybody: tests/upkeep/test_inventory.py finds those that nobody thought of.
"""

from collections.abc import Iterator
from dataclasses import dataclass

FUNCTION = "Ley 1581 de 2012, article 10 a: needed by a public body in the exercise of its legal functions"
CONSENT = "Ley 1581 de 2012, article 9: previous, express and informed authorisation of the person"
PROOF = "Ley 1581 de 2012, articles 9 and 17 b: whoever publishes keeps proof of the authorisation"
SECURITY = "Ley 1581 de 2012, articles 4 g and 17 d: security measures against unauthorised access"
PUBLIC = "Ley 1712 de 2014: public information of the institution; what names a person is public by its nature"


@dataclass(frozen=True)
class Holding:
    """Personal data of one kind. `fields` are model.field; `days` names the setting of its period, if it has one."""

    what: str
    fields: tuple[str, ...]
    why: str
    ground: str
    seen_by: str
    days: str = ""
    erased_by: str = ""


def _fields(model: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{model}.{name}" for name in names)


PERSONAL = (
    Holding(
        "contacts of practices",
        _fields("practices.Contact", "as_written", "name", "role", "email", "phone", "consent_given_by"),
        "to ask the author about the practice; to let the public do so, where the person agreed",
        f"{CONSENT} (to publish); {FUNCTION} (to keep)",
        "the public, while a consent holds; the staff that may see the record",
        "RETENTION_CONTACTS_DAYS",
        "purge_personal_data; the form of the record",
    ),
    Holding(
        "register of consents",
        _fields("practices.Consent", "whose", "fingerprint", "evidence", "recorded_by", "ended_by"),
        "to prove that the person agreed",
        PROOF,
        "publishers",
        "RETENTION_CONSENT_PROOF_DAYS",
        "purge_personal_data: the name with the contact, the rest after the period",
    ),
    Holding(
        "files and previews of imports",
        (
            *_fields("practices.ImportBatch", "name", "notes", "made_by"),
            *_fields("practices.ImportRow", "where", "title", "reading", "report", "before", "after"),
            *_fields("practices.StoredFile", "content"),
            *_fields("practices.FileText", "text"),
        ),
        "to read forms into records, to undo that, and to attach files to them",
        FUNCTION,
        "the staff; of attachments the public, once published",
        "RETENTION_IMPORTS_DAYS",
        "purge_personal_data: the batch with its file; an attachment lasts as long as its record",
    ),
    Holding(
        "files that wait for a form",
        _fields("practices.StagedFile", "key", "name", "chosen_by"),
        "to choose no file twice",
        FUNCTION,
        "the person who chose them",
        "",
        "purge_personal_data and clean_staged, after seven days",
    ),
    Holding(
        "links for authors and their answers",
        (
            *_fields("practices.Invitation", "recipient", "answered_for", "created_by"),
            *_fields("practices.SectionComment", "text"),
        ),
        "to have a practice approved by its author",
        FUNCTION,
        "the staff; whoever has the link",
        "RETENTION_INVITATIONS_DAYS",
        "purge_personal_data",
    ),
    Holding(
        "history of the records",
        _fields("practices.Event", "by", "who", "note", "changes"),
        "to answer for who did what",
        FUNCTION,
        "the staff",
        "",
        "purge_personal_data hides in it the names and mail addresses of contacts that it erases",
    ),
    Holding(
        "who wrote, published and withdrew",
        (
            *_fields("practices.Practice", "scheduled_by", "created_by", "changed_by", "last_sent"),
            *_fields("practices.Publication", "published_by", "withdrawn_by"),
            *_fields("practices.CodeAlias", "changed_by"),
        ),
        "to answer for who did what; to know a form that was sent twice",
        FUNCTION,
        "the staff",
        "RETENTION_FORMS_DAYS",
        "purge_personal_data erases the mark of a form; an official's part in a public record stays",
    ),
    Holding(
        "accounts of the staff",
        (
            *_fields("auth.User", "username", "first_name", "last_name", "email", "password"),
            *_fields("auth.User_groups", "user"),
            *_fields("auth.User_user_permissions", "user"),
            *_fields("otp_totp.TOTPDevice", "user", "name", "key"),
            *_fields("otp_static.StaticDevice", "user", "name"),
            *_fields("otp_static.StaticToken", "token"),
            *_fields("admin.LogEntry", "user", "object_repr", "change_message"),
            *_fields("sessions.Session", "session_key", "session_data"),
        ),
        "to let in whom it should, and to know what was done",
        FUNCTION,
        "administrators",
        "RETENTION_STAFF_LOG_DAYS",
        "an account is deactivated, and deleted where no record names it; log and sessions by purge_personal_data",
    ),
    Holding(
        "attempts to sign in",
        tuple(
            f"axes.{model}.{name}"
            for model in ("AccessAttempt", "AccessLog", "AccessFailureLog")
            for name in ("username", "ip_address", "user_agent", "http_accept", "path_info")
        )
        + _fields("axes.AccessAttempt", "get_data", "post_data")
        + _fields("axes.AccessLog", "session_hash"),
        "to stop who guesses passwords",
        SECURITY,
        "administrators",
        "",
        "the next failure after the pause, and purge_personal_data",
    ),
    Holding(
        "searches that found nothing",
        _fields("practices.FailedSearch", "words"),
        "to learn what words people use; addresses, numbers and codes are left out, and who searched is not known",
        FUNCTION,
        "publishers",
        "RETENTION_SEARCHES_DAYS",
        "purge_personal_data",
    ),
    Holding(
        "texts of practices in which somebody may be named",
        (
            *_fields("practices.Practice", "title", "author_text", "distinction", "population", "summary", "impact"),
            *_fields("practices.Practice", "coverage_text", "validation", "replicability", "limitations"),
            *_fields("practices.Practice", "conclusion", "implemented_text", "publish_note", "withdraw_reason"),
            *_fields("practices.Publication", "document", "title", "title_key", "note", "withdrawal_reason"),
            *_fields("practices.CodeAlias", "reason"),
            *_fields("practices.Authorship", "as_written"),
            *_fields("practices.Metric", "text", "label"),
            *_fields("practices.SuccessFactor", "text"),
            *_fields("practices.Assessment", "reason"),
            *_fields("practices.Attachment", "name", "description", "keywords"),
            *_fields("practices.Link", "address", "label"),
            *_fields("practices.Organization", "name", "key", "slug", "acronym", "aliases"),
            *_fields("practices.Drawn", "content"),
            *_fields("practices.FacetTerm", "value", "label"),
            *_fields("practices.SearchIndex", "tokens"),
            *_fields("practices.SearchWord", "word", "stem"),
        ),
        "the catalogue itself; an author may be a team or a person",
        PUBLIC,
        "the staff; the public, once published",
        "",
        "corrected and published again, or withdrawn; purge_personal_data --person tells where",
    ),
)

NOBODYS = frozenset(
    (
        *_fields("admin.LogEntry", "object_id"),
        *_fields("auth.Permission", "name", "codename"),
        *_fields("auth.Group", "name"),
        *_fields("contenttypes.ContentType", "app_label", "model"),
        *_fields("sites.Site", "domain", "name"),
        *_fields("flatpages.FlatPage", "url", "title", "content", "template_name"),
        *_fields("practices.Page", "url", "title", "content", "template_name", "title_en", "content_en"),
        *_fields("practices.Practice", "code", "implemented_start", "implemented_end", "implemented_precision"),
        *_fields("practices.Practice", "state", "form_key"),
        *_fields("practices.Publication", "code", "code_key", "first_code", "implemented_start", "status"),
        *_fields("practices.FacetTerm", "facet", "parent"),
        *_fields("practices.Invitation", "answer", "document_sha256"),
        *_fields("practices.SectionComment", "section"),
        *_fields("practices.StoredFile", "sha256", "media_type"),
        *_fields("practices.ImportBatch", "state"),
        *_fields("practices.ImportRow", "code", "status"),
        *_fields("practices.CodeAlias", "code", "code_key"),
        *_fields("practices.Consent", "code", "scope", "ending"),
        *_fields("practices.Drawn", "part", "build"),
        *_fields("practices.Event", "code", "kind"),
        *_fields("practices.Organization", "kind", "website"),
        *_fields("practices.Metric", "unit", "period", "better"),
        *_fields("practices.Assessment", "state"),
        *_fields("practices.Attachment", "language"),
    )
)
"""Fields of models that hold something of people elsewhere, and hold nothing of anybody themselves."""

NOBODYS_MODELS = frozenset(
    {
        # Words of the catalogue and of the institution, which publishers keep.
        *(f"practices.{name}" for name in ("Category", "Service", "Department", "Municipality", "Call", "Criterion")),
        *(f"practices.{name}" for name in ("CodeSeries", "Identity", "IdentityLink", "Requirement", "SynonymGroup")),
        *(f"practices.{name}" for name in ("CatalogueVersion", "LinkCheck", "MissingFile")),
        "axes.AccessAttemptExpiration",
    }
)


def declared() -> Iterator[str]:
    """Every field that is named here, as often as it is named."""
    for holding in PERSONAL:
        yield from holding.fields
    yield from NOBODYS
