"""Pages on claims: a site that needs no server, and the same pages in a live service."""
