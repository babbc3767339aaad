"""One module a paper: a Writer in, the JSON model that its template is fed out."""
