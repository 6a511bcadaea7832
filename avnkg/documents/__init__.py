"""Documents: texts at a moment, their units, their passages, and the gate that quotes must pass."""
