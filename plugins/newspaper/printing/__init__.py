"""PageGroups → output/ (付印): only what changed, in whole files, kept in a record; and filters for templates."""
