"""Tools for the authors of a protocol: descriptions, schema, manual, translation file, diagram, differences."""
