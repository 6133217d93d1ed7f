"""Makes the files of geo/data from packages of the registries; never imported at run time."""
