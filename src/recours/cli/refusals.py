"""A refusal on the screen: what happened, where, what to do; in the person's language where it is a legal reason."""

from __future__ import annotations

from recours.errors import RecoursError
from recours.words import Language, say


def told(error: RecoursError, language: Language) -> str:
    """The lines for standard error."""
    from recours.app.write_paper import PaperRefusedError

    if isinstance(error, PaperRefusedError):
        lines = [say(language, "paper.not_ready", paper=error.paper)]
        lines += [f"  {reason[language]}" for reason in error.reasons]
        if error.first:
            lines.append("  " + say(language, "step.first", first=error.first_says[language]))
            lines += [
                "    " + say(language, "step.write", case=error.case, paper=paper)
                for paper in error.first_papers
            ]
        lines += [
            "  " + say(language, "paper.ground", case=error.case, paper=error.paper, reason=ground)
            for ground in error.grounds
        ]
        lines += [
            "  " + say(language, "paper.missing", what=name, name=name, case=error.case)
            for name in error.missing
        ]
        return "\n".join(lines)
    return f"{say(language, 'error')}: {error.told(language)}"
