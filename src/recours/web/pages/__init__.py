"""One module for each part of the walk: what its pages show and what its forms do."""
