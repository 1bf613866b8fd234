"""The types of a form's fields, one file each, and the registry that knows them all."""
