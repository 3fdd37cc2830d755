"""Schematron (ISO/IEC 19757-3) with XPath 2.0, by way of XSLT: what of it OASIS's rules of XLIFF use.

Each pattern becomes a mode, each rule a template of it, the first that matches a node counts; Saxon runs them.
"""
from lxml import etree
from saxonche import PySaxonProcessor

SCH = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "http://www.w3.org/1999/XSL/Transform"


def stylesheet(path):
    """The rules of a file as XSLT, which gives a line for each that is broken."""
    rules = etree.parse(str(path), etree.XMLParser(no_network=True, remove_comments=True, remove_pis=True)).getroot()
    spaces = {each.get("prefix"): each.get("uri") for each in rules.iter(SCH + "ns")}
    root = etree.Element(f"{{{XSL}}}stylesheet", version="3.0", nsmap={"xsl": XSL, **spaces})

    def add(parent, element, **attributes):
        return etree.SubElement(parent, f"{{{XSL}}}{element}", {key: " ".join(value.split()) for key, value in attributes.items()})

    add(root, "output", method="text")
    start = add(root, "template", match="/")
    for number, pattern in enumerate(rules.iter(SCH + "pattern")):
        mode = f"p{number}"
        add(start, "apply-templates", select="/", mode=mode)
        add(root, "mode", name=mode, **{"on-no-match": "shallow-skip"})
        found = pattern.findall(SCH + "rule")
        for place, rule in enumerate(found):
            template = add(root, "template", match=rule.get("context"), mode=mode, priority=str(len(found) - place))
            for part in rule:
                if part.tag == SCH + "let":
                    add(template, "variable", name=part.get("name"), select=part.get("value"))
                elif part.tag in (SCH + "assert", SCH + "report"):
                    test = part.get("test") if part.tag == SCH + "report" else f"not({part.get('test')})"
                    broken = add(template, "if", test=test)
                    words = etree.SubElement(broken, f"{{{XSL}}}text")
                    words.text = f"{pattern.get('id')}: {' '.join((part.text or '').split())}\n"
            add(template, "apply-templates", mode=mode)
    return etree.tostring(root, encoding="unicode")


class Schematron:
    """The rules of several files."""

    def __init__(self, paths):
        self.processor = PySaxonProcessor(license=False)
        compiler = self.processor.new_xslt30_processor()
        self.sheets = [compiler.compile_stylesheet(stylesheet_text=stylesheet(path)) for path in paths]

    def broken(self, path):
        """A line for each rule that a document breaks."""
        lines = []
        for sheet in self.sheets:
            lines += (sheet.transform_to_string(source_file=str(path)) or "").splitlines()
        return [line for line in lines if line.strip()]
