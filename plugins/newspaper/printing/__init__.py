"""PageGroups → output/ (付印): what changed only, whole files, remembered in a record; and how the paper is set for templates."""
