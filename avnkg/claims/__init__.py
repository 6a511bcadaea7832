"""Claims: who says what, in which words, with which force, under which conditions."""
