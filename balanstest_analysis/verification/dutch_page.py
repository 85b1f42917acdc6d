"""What the check found, as a page in plain Dutch for a member of a committee."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from balanstest_analysis.verification.findings import Checked, Verification
from balanstest_analysis.verification.series import quarter_of
from balanstest_analysis.verification.words import (
    COUNTED,
    LEVEL_WORDS,
    LIMITS,
    NOT_CHECKED,
    UNCOMPUTED,
    meaning_of,
)

_STYLE = """
body{font:1.05rem/1.5 system-ui,sans-serif;color:#1c2530;max-width:46rem;margin:2rem auto;
padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;
padding:.4rem .6rem;border-bottom:1px solid #c9d0d8}
.sound,.faulty{padding:.8rem 1rem;border-left:.4rem solid}
.sound{border-color:#2b6e3f;background:#eef6f0}.faulty{border-color:#9b2c2c;background:#fbeeee}
code{overflow-wrap:anywhere}
"""
_KINDS = {"pdf": "één PDF", "zip": "een zip", "directory": "de map van een rapport"}


def dutch_page(found: Verification) -> str:
    """Return what was found as a whole web page, without anything that it would have to load.

    Args:
        found: by `verify`.
    """
    title = "Controle van een onderbouwing van de klanttermijn"
    return (
        '<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{chr(10).join(_parts(found))}\n</main>\n</body>\n</html>\n"
    )


def _parts(found: Verification) -> Iterator[str]:
    yield _verdict(found)
    yield from _about(found)
    yield "<h2>Wat is nagegaan</h2>\n<table>"
    yield '<tr><th scope="col">Niveau</th><th scope="col">Wat het betekent</th>'
    yield '<th scope="col">Uitkomst</th></tr>'
    yield from (_level(level, found.about.kind) for level in found.levels)
    yield "</table>"
    if found.findings:
        yield "<h2>Wat niet klopt</h2>\n<ul>"
        yield from (f"<li>{escape(one.sentence('nl'))}</li>" for one in found.findings)
        yield "</ul>"
    yield from _not_read(found)
    yield "<h2>Wat niet is na te rekenen</h2>"
    yield "<p>Dit volgt niet uit wat het rapport publiceert; daarover zegt deze controle niets.</p>"
    yield "<ul>"
    yield from (f"<li>{escape(UNCOMPUTED[name][1])}</li>" for name in found.not_recomputed)
    yield "</ul>\n<h2>Wat deze controle bewijst, en wat niet</h2>"
    yield from (f"<p>{escape(text)}</p>" for text in LIMITS["nl"])


def _verdict(found: Verification) -> str:
    if found.sound:
        words = "Er is niets gevonden dat niet klopt."
        if not found.known_version or found.not_read:
            words += " Niet alles kon worden gelezen; zie hieronder."
        return f'<p class="sound"><strong>{words}</strong></p>'
    number = len(found.findings)
    times = (
        "Er is één ding gevonden dat" if number == 1 else f"Er zijn {number} dingen gevonden die"
    )
    verb = "klopt" if number == 1 else "kloppen"
    words = f"<strong>{times} niet {verb}.</strong> Vraag de organisatie om uitleg."
    return f'<p class="faulty">{words}</p>'


def _about(found: Verification) -> Iterator[str]:
    about = found.about
    facts = {
        "Gecontroleerd": f"{about.name} ({_KINDS[about.kind]})",
        "Organisatie": about.organisation,
        "Categorie": about.category,
        "Periode": quarter_of(about.period),
        "Versie van het programma": about.version,
    }
    yield "<table>"
    for name, value in facts.items():
        if value:
            yield f'<tr><th scope="row">{name}</th><td>{escape(value)}</td></tr>'
    of = "van het manifest" if about.kind == "directory" else "van het bestand"
    yield f'<tr><th scope="row">SHA-256 {of}</th><td><code>{about.digest}</code></td></tr>'
    yield "</table>"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _level(level: Checked, kind: str) -> str:
    name, meaning = LEVEL_WORDS[level.level]["nl"][0], meaning_of(level.level, kind, "nl")
    if level.skipped:
        outcome = NOT_CHECKED["nl"]
    else:
        counted = ", ".join(
            f"{_grouped(number)} {COUNTED[what][1]}" for what, number in level.counted
        )
        word = "klopt" if level.sound else f"klopt niet ({len(level.findings)})"
        outcome = f"{word}; bekeken: {counted}"
    return (
        f'<tr><th scope="row">{name}</th><td>{escape(meaning)}</td><td>{escape(outcome)}</td></tr>'
    )


def _not_read(found: Verification) -> Iterator[str]:
    if not found.known_version:
        yield "<h2>Een andere versie</h2>"
        yield (
            f"<p>Het rapport is gemaakt met versie {escape(found.about.version or 'onbekend')} van "
            "het programma, en deze controle hoort bij een andere versie. Zinnen die deze versie "
            "niet kent, zijn niet gelezen. Controleer het rapport ook met zijn eigen versie.</p>"
        )
    if found.not_read:
        yield f"<h2>Niet gelezen zinnen ({len(found.not_read)})</h2>\n<ul>"
        yield from (f"<li>{escape(text)}</li>" for text in found.not_read)
        yield "</ul>"
    if found.own_words:
        yield (
            f"<p>{found.own_words} tekstdelen zijn woorden van de organisatie zelf. Die zijn niet "
            "op juistheid gecontroleerd.</p>"
        )
