"""The ontology: read into what claims need of it, and reasoned over. Nobody else reads OWL."""
