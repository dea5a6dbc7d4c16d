"""Pages that the hub serves to browsers: board and status page."""
