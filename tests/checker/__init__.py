"""The checker of exports."""
