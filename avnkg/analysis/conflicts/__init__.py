"""Conflicts that need the ontology, or more than two claims: clusters, a reasoner as oracle, smallest sets, repairs."""
