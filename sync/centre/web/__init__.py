"""The centre's eyes: pages for the people above, and two public ones. Plain HTML, no script, old browsers and phones."""
