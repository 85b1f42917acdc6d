"""The document model of a report, with its HTML and Typst renderings."""

from balanstest_analysis.document.blocks.fragment import Fragment, Shown
from balanstest_analysis.document.blocks.inline import literal
from balanstest_analysis.document.blocks.model import (
    Block,
    BulletList,
    Contents,
    Definitions,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    Picture,
    Prose,
    SignatureLines,
    Table,
)
from balanstest_analysis.document.blocks.reference import Reference
from balanstest_analysis.errors import BlockError

__all__ = [
    "Block",
    "BlockError",
    "BulletList",
    "Contents",
    "Definitions",
    "Fragment",
    "Heading",
    "Notice",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Prose",
    "Reference",
    "Shown",
    "SignatureLines",
    "Table",
    "literal",
]
