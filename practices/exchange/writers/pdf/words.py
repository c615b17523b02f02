"""The words that the documents say themselves, in the language in force."""

from django.utils.translation import gettext as _


def sheet_words() -> dict[str, str]:
    """By the names that the .typ files use."""
    return {
        "kind": _("Record of a good practice"),
        "page": _("Page"),
        "demonstration": _("Demonstration record"),
        "scan": _("The page of this practice"),
        "figures": _("Main figures"),
        "before": _("Before:"),
        "after": _("After:"),
        "period": _("Period:"),
        "comparison": _("Comparison in"),
        "criterion": _("Criterion"),
        "assessment": _("Assessment"),
        "reason": _("Reason"),
        "compendium": _("Compendium of good practices"),
        "index": _("Contents"),
        "list": _("This selection in the catalogue, as it is today"),
    }


def state_words() -> dict[str, str]:
    """Of an assessment, by its state."""
    return {
        "met": _("Met"),
        "partly": _("Partly met"),
        "not_met": _("Not met"),
        "not_assessed": _("Not assessed"),
    }
