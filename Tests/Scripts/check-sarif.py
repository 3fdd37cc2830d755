#!/usr/bin/env python3
"""check-sarif.py FILE: reads a SARIF log with sarif-tools, checks it against sarif-om, prints the counts by level.

sarif-om's classes were generated from the published SARIF 2.1.0 schema (`additionalProperties: false`
everywhere), so a property that a class does not know, or a required one that is missing, is a violation.
"""
import json
import sys

import attr
import sarif_om
from sarif import loader

# The class of each property's value; what is not listed is a scalar, a string map or a property bag.
CLASSES = {
    "runs": "Run", "tool": "Tool", "driver": "ToolComponent", "rules": "ReportingDescriptor",
    "shortDescription": "MultiformatMessageString", "fullDescription": "MultiformatMessageString",
    "help": "MultiformatMessageString", "defaultConfiguration": "ReportingConfiguration",
    "artifacts": "Artifact", "location": "ArtifactLocation", "artifactLocation": "ArtifactLocation",
    "results": "Result", "message": "Message", "locations": "Location", "relatedLocations": "Location",
    "physicalLocation": "PhysicalLocation", "region": "Region", "deletedRegion": "Region", "fixes": "Fix",
    "artifactChanges": "ArtifactChange", "replacements": "Replacement", "insertedContent": "ArtifactContent",
}
ENUMS = {
    "level": {"none", "note", "warning", "error"}, "columnKind": {"utf16CodeUnits", "unicodeCodePoints"},
    "version": None, "roles": {"analysisTarget"},
}


def check(value, name, path):
    cls = getattr(sarif_om, name)
    known = {}
    for field in attr.fields(cls):
        known[field.metadata["schema_property_name"]] = field
        if field.default is attr.NOTHING:
            assert field.metadata["schema_property_name"] in value, f"{path}: {field.name} is required"
    for key, inner in value.items():
        assert key in known, f"{path}: {name} has no property {key}"
        here = f"{path}/{key}"
        if key == "description":
            check(inner, "Message", here)
        elif key == "originalUriBaseIds":
            for base, location in inner.items():
                check(location, "ArtifactLocation", f"{here}/{base}")
        elif key in CLASSES:
            for index, item in enumerate(inner if isinstance(inner, list) else [inner]):
                check(item, CLASSES[key], f"{here}/{index}")
        elif key in ENUMS and ENUMS[key]:
            for item in inner if isinstance(inner, list) else [inner]:
                assert item in ENUMS[key], f"{here}: {item}"
        elif key in ("startLine", "startColumn", "endLine", "endColumn"):
            assert isinstance(inner, int) and inner >= 1, f"{here}: {inner}"


document = json.load(open(sys.argv[1], encoding="utf-8"))
assert document["version"] == "2.1.0" and document["$schema"].endswith("sarif-schema-2.1.0.json")
check(document, "SarifLog", "")
for run in document["runs"]:
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result.get("locations", []) + result.get("relatedLocations", []):
            artifact = location["physicalLocation"]["artifactLocation"]
            assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
log = loader.load_sarif_file(sys.argv[1])
levels = [record["Severity"] for record in log.get_records()]
print(" ".join(f"{level} {levels.count(level)}" for level in ("error", "warning", "note")))
