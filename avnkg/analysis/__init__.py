"""What claims do to each other: relations, voices, disputes, conflicts. It knows claims and terms, and no RDF."""
