"""Where things meet: the parts of the machine, the use cases and the window. Imported by ``main`` alone."""
