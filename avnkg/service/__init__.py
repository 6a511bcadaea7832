"""The service: pages, SPARQL, search and a small API over one graph that is only read (needs avnkg[web])."""
