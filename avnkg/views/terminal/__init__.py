"""What the terminal shows: tables and lines for people, JSON and CSV for programs."""
