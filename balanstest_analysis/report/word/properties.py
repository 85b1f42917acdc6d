"""Properties of our own in a Word file, which stay there when an office saves it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

_SPACE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CONTENT: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def set_properties(document: Document, properties: Mapping[str, str]) -> None:
    """Write properties into a document that has none of its own.

    Args:
        document: to write in.
        properties: texts by name.
    """
    root = etree.Element(f"{{{_SPACE}}}Properties", nsmap={None: _SPACE, "vt": _TYPES})
    for number, (name, text) in enumerate(properties.items(), start=2):
        about = {"fmtid": _FORMAT, "pid": str(number), "name": name}
        one = etree.SubElement(root, f"{{{_SPACE}}}property", about)
        etree.SubElement(one, f"{{{_TYPES}}}lpwstr").text = text
    package = document.part.package
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/docProps/custom.xml"), _CONTENT, content, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def properties_of(document: Document) -> dict[str, str]:
    """Return the properties of a document that are not those of every document.

    Args:
        document: of ours or of somebody else.

    Examples:
        >>> from docx import Document as new
        >>> document = new()
        >>> set_properties(document, {"soort": "antwoorden"})
        >>> properties_of(document)
        {'soort': 'antwoorden'}
    """
    for relation in document.part.package.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES and not relation.is_external:
            return _read(relation.target_part.blob)
    return {}


def _read(content: bytes) -> dict[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.LxmlError:
        return {}
    found = (
        (one.get("name"), "".join(one.itertext())) for one in root.iter(f"{{{_SPACE}}}property")
    )
    return {name: text for name, text in found if name}
