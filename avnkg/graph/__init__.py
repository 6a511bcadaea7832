"""The graph: from claims to quads, the store, queries, checks and exports. Only this folder touches RDF libraries."""
