"""For whoever writes a protocol: descriptions, schema, manual, translation file, diagram, differences."""
