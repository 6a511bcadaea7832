"""Interactive graphs: a view model of nodes and edges, a layout, and one page that holds everything."""
